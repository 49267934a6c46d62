import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Bot, Plus } from "lucide-react";
import { useState } from "react";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { AgentForm } from "./agent-form";
import { AgentTable } from "./table";

const route = getRouteApi("/agents");

export default function AgentsPage() {
  const query = useQuery(queries.agents);
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus size={15} />
      {t("agent.new")}
    </Button>
  );
  return (
    <Page title={t("nav.agents")} actions={create}>
      <Loaded query={query}>
        {(agents) => (
          <AgentTable
            gateways
            agents={agents}
            state={state}
            show={(next) => void navigate({ search: { state: next }, replace: true })}
            empty={
              <Empty icon={<Bot size={20} />} title={t("agent.emptyTitle")} action={create}>
                {t("agent.emptyText")}
              </Empty>
            }
          />
        )}
      </Loaded>
      {adding && <AgentForm close={() => setAdding(false)} />}
    </Page>
  );
}
