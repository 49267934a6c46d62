import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Bot, OctagonX, Plus, Sparkles } from "lucide-react";
import { Suspense, useState } from "react";
import * as queries from "@/api/queries";
import { t } from "@/i18n/more";
import { Button, buttonClass } from "@/ui/button";
import { lazily } from "@/ui/lazily";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { AgentForm } from "./agent-form";
import { AgentTable } from "./table";

const StopDialog = lazily(() => import("../runs/stop"));

const route = getRouteApi("/agents");

export default function AgentsPage() {
  const query = useQuery(queries.agents);
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  const [stopping, setStopping] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus size={15} />
      {t("agent.new")}
    </Button>
  );
  return (
    <Page
      title={t("nav.agents")}
      actions={
        <>
          <Link to="/souls" className={buttonClass()}>
            <Sparkles size={14} />
            {t("nav.souls")}
          </Link>
          {query.data && query.data.length > 0 && (
            <Button onClick={() => setStopping(true)}>
              <OctagonX size={15} />
              {t("stop.all")}
            </Button>
          )}
          {create}
        </>
      }
    >
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
      <Suspense>
        {stopping && <StopDialog whom="fleet" title={t("stop.fleet")} close={() => setStopping(false)} />}
      </Suspense>
    </Page>
  );
}
