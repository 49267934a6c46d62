import clsx from "clsx";
import { Suspense, useMemo, useState } from "react";
import type { Agent, Board, Task } from "@/api/types";
import { t } from "@/i18n";
import { lazily } from "@/ui/lazily";
import { type MenuOnDemandProps, OnDemandMenu } from "@/ui/on-demand-menu";
import { AgentAvatar } from "../agents/agent-avatar";

const AgentMenu = lazily(() => import("./agent-menu"));
const StopDialog = lazily(() => import("../runs/stop"));

interface Props {
  agents: Agent[];
  tasks: Task[];
  board: Board;
  canWrite: boolean;
}

/** Who works on the board, those with work first, and how they are. */
export function AgentStrip({ agents, tasks, board, canWrite }: Props) {
  const [stopping, setStopping] = useState(false);
  const work = useMemo(() => {
    const started = tasks.filter((task) => task.assigned_agent_id && task.status === "in_progress");
    return new Map(started.map((task) => [task.assigned_agent_id, task.title]));
  }, [tasks]);
  const sorted = useMemo(
    () => agents.toSorted((a, b) => Number(work.has(b.id)) - Number(work.has(a.id))),
    [agents, work],
  );
  const menu = useMemo(
    () => (props: MenuOnDemandProps) => (
      <AgentMenu
        {...props}
        agents={sorted}
        work={(id) => work.get(id)}
        board={board}
        canWrite={canWrite}
        stop={() => setStopping(true)}
      />
    ),
    [sorted, work, board, canWrite],
  );
  if (agents.length === 0) return null;
  return (
    <>
      <OnDemandMenu
        menu={menu}
        trigger={
          <button
            type="button"
            className="flex h-8 items-center -space-x-1.5 rounded-lg px-1.5 hover:bg-hover max-sm:hidden"
          >
            {sorted.slice(0, 4).map((agent, position) => (
              // On a narrow page the board's name needs the place.
              <span key={agent.id} className={clsx("flex", position > 1 && "max-lg:hidden")}>
                <AgentAvatar agent={agent} size={24} state />
              </span>
            ))}
            <span className="sr-only">{t("board.agents", { count: agents.length })}</span>
            {agents.length > 4 && <span className="pl-2.5 text-xs text-muted max-lg:hidden">+{agents.length - 4}</span>}
          </button>
        }
      />
      <Suspense>
        {stopping && (
          <StopDialog
            whom={{ board_id: board.id }}
            title={t("board.stopTitle", { name: board.name })}
            close={() => setStopping(false)}
          />
        )}
      </Suspense>
    </>
  );
}
