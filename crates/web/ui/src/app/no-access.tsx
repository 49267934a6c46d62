import { Link } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { t } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

/** In place of a page that the person may not use. */
export default function NoAccess() {
  return (
    <Page title={t("access.title")}>
      <Empty
        icon={<Lock size={20} />}
        title={t("access.heading")}
        action={
          <Link to="/organization" className={buttonClass()}>
            {t("access.who")}
          </Link>
        }
      >
        {t("access.text")}
      </Empty>
    </Page>
  );
}
