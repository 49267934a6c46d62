import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { t } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

export function NotFound() {
  return (
    <Page title={t("notFound.title")}>
      <Empty
        icon={<Compass size={20} />}
        title={t("notFound.heading")}
        action={
          <Link to="/dashboard" className={buttonClass({ look: "primary" })}>
            {t("notFound.home")}
          </Link>
        }
      >
        {t("notFound.text")}
      </Empty>
    </Page>
  );
}
