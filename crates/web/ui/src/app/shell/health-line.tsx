import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Stethoscope } from "lucide-react";
import { doctor } from "@/api/doctor";
import { t } from "@/i18n";
import { useAccess } from "../access";

/** One line above every page while something does not work; for those who can do something about it. */
export function HealthLine() {
  const { isAdmin } = useAccess();
  const { data } = useQuery({ ...doctor, enabled: isAdmin });
  if (!isAdmin || !data?.errors) return null;
  return (
    <div role="status" className="flex items-center justify-center gap-2 bg-bad-soft px-4 py-1.5 text-sm text-bad">
      <Stethoscope size={14} className="shrink-0" />
      <span className="truncate">{t("health.wrong", { count: data.errors })}</span>
      <Link to="/settings/health" className="shrink-0 font-medium underline">
        {t("health.look")}
      </Link>
    </div>
  );
}
