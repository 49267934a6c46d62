import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ListChecks, OctagonX, Pause, Pencil, Play, RefreshCw, Sun, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { answer, api } from "@/api/client";
import { agentMessages } from "@/api/messages";
import type { Agent } from "@/api/types";
import { AGENT_TABS } from "@/app/search";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { lazily } from "@/ui/lazily";
import { MenuItem, MenuLine } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { possibleFor, removeAgent } from "../agents/actions";
import { AgentAvatar } from "../agents/agent-avatar";
import { AgentForm } from "../agents/agent-form";
import { AgentRuns } from "../runs/list";
import { About } from "./about";
import { Files } from "./files";
import { Messages } from "./messages";
import { Recent } from "./recent";
import { Rhythm } from "./rhythm";
import { AgentSessions } from "./sessions";
import { State } from "./state";
import { useAction } from "./use-action";

const StopDialog = lazily(() => import("../runs/stop"));

const route = getRouteApi("/agents/$agentId");

const ICONS = {
  wake: <Sun size={14} />,
  pause: <Pause size={14} />,
  resume: <Play size={14} />,
  reprovision: <RefreshCw size={14} />,
};

export default function AgentPage() {
  const { agentId: agent_id } = route.useParams();
  const query = useQuery({
    queryKey: ["agent", agent_id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/agents/{agent_id}", { params: { path: { agent_id } }, signal })),
  });
  return <Loaded query={query}>{(agent) => <AgentView agent={agent} />}</Loaded>;
}

function AgentView({ agent }: { agent: Agent }) {
  const navigate = useNavigate();
  const { tab = "activity" } = route.useSearch();
  const [editing, setEditing] = useState(false);
  const [stopping, setStopping] = useState(false);
  const { busy, run } = useAction(agent);
  return (
    <Page
      title={agent.name}
      crumbs={<AgentAvatar agent={agent} size={26} state />}
      actions={
        <>
          <Button onClick={() => setEditing(true)}>
            <Pencil size={14} />
            {t("common.edit")}
          </Button>
          <RowMenu label={t("common.actionsFor", { name: agent.name })}>
            {possibleFor(agent).map((action) => (
              <MenuItem key={action} icon={ICONS[action]} disabled={busy !== undefined} onSelect={() => run(action)}>
                {t(`agentAction.${action}`)}
              </MenuItem>
            ))}
            <MenuItem icon={<OctagonX size={14} />} onSelect={() => setStopping(true)}>
              {t("runs.stop")}
            </MenuItem>
            <MenuItem
              icon={<ListChecks size={14} />}
              onSelect={() => void navigate({ to: "/jobs", search: { agent: agent.id } })}
            >
              {t("nav.jobs")}
            </MenuItem>
            {!agent.is_gateway_main && (
              <>
                <MenuLine />
                <MenuItem
                  icon={<Trash2 size={14} />}
                  danger
                  onSelect={() =>
                    void removeAgent(agent).then((gone) => (gone ? navigate({ to: "/agents" }) : undefined))
                  }
                >
                  {t("common.delete")}
                </MenuItem>
              </>
            )}
          </RowMenu>
        </>
      }
    >
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="min-w-0">
          <State agent={agent} />
          <div className="mb-4">
            <Segmented
              label={t("agentTab.label")}
              value={tab}
              onChange={(next) =>
                void navigate({ from: "/agents/$agentId", search: { tab: next === "activity" ? undefined : next } })
              }
              options={AGENT_TABS.map((value) => ({ value, label: t(`agentTab.${value}`) }))}
            />
          </div>
          {tab === "activity" && (
            <>
              <Rhythm agent_id={agent.id} />
              <Recent agent_id={agent.id} />
            </>
          )}
          {tab === "runs" && <AgentRuns agent_id={agent.id} />}
          {tab === "messages" && <Messages of={{ id: agent.id, read: agentMessages }} />}
          {tab === "files" && <Files agent={agent} />}
          {tab === "sessions" && <AgentSessions agent={agent} />}
        </div>
        <About agent={agent} />
      </div>
      {editing && <AgentForm agent={agent} close={() => setEditing(false)} />}
      <Suspense>
        {stopping && (
          <StopDialog
            whom={{ agent_id: agent.id }}
            title={t("stop.agent", { name: agent.name })}
            close={() => setStopping(false)}
          />
        )}
      </Suspense>
    </Page>
  );
}
