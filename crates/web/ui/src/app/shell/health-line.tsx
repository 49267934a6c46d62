import { Link } from "@tanstack/react-router";
import { Stethoscope } from "lucide-react";
import { t } from "@/i18n";

/** Says that something does not work, to those who can do something about it. */
export default function HealthLine({ errors }: { errors: number }) {
  return (
    <div role="status" className="flex items-center justify-center gap-2 bg-bad-soft px-4 py-1.5 text-sm text-bad">
      <Stethoscope size={14} className="shrink-0" />
      <span className="truncate">{t("health.wrong", { count: errors })}</span>
      <Link to="/settings/health" className="shrink-0 font-medium underline">
        {t("health.look")}
      </Link>
    </div>
  );
}
