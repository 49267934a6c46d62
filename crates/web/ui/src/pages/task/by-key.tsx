import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";

const route = getRouteApi("/t/$key");

/** The short address of a task: leads to where it is. */
export default function TaskByKey() {
  const key = route.useParams().key.toUpperCase();
  const query = useQuery(queries.search(key));
  return (
    <Loaded query={query}>
      {(tasks) => {
        const found = tasks.find((task) => task.key === key);
        if (!found?.board_id) return <Missing name={key} />;
        return (
          <Navigate
            replace
            to="/boards/$boardId/tasks/$taskId"
            params={{ boardId: found.board_id, taskId: found.id }}
          />
        );
      }}
    </Loaded>
  );
}

function Missing({ name }: { name: string }) {
  return (
    <Page title={name}>
      <Empty
        icon={<Compass size={20} />}
        title={t("task.gone")}
        action={
          <Link to="/boards" className={buttonClass()}>
            {t("nav.allBoards")}
          </Link>
        }
      >
        {t("task.noKeyText", { key: name })}
      </Empty>
    </Page>
  );
}
