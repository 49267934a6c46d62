import { useNavigate } from "@tanstack/react-router";
import { Pause, Play } from "lucide-react";
import type { Agent, Board, Task } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n";
import { AgentAvatar } from "@/pages/agents/agent-avatar";
import { agentWord } from "@/pages/agents/status";
import { pauseBoard } from "@/pages/boards/pause";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";

interface Props {
  agents: Agent[];
  tasks: Task[];
  board: Board;
  canWrite: boolean;
}

/** Who works on the board, and how they are. */
export function AgentStrip({ agents, tasks, board, canWrite }: Props) {
  const navigate = useNavigate();
  const { isAdmin } = useAccess();
  if (agents.length === 0) return null;
  const work = (agent: Agent) =>
    tasks.find((task) => task.assigned_agent_id === agent.id && task.status === "in_progress");
  const sorted = agents.toSorted((a, b) => Number(Boolean(work(b))) - Number(Boolean(work(a))));
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          className="flex h-8 items-center -space-x-1.5 rounded-lg px-1.5 hover:bg-hover max-sm:hidden"
        >
          {sorted.slice(0, 4).map((agent) => (
            <AgentAvatar key={agent.id} agent={agent} size={24} state />
          ))}
          <span className="sr-only">{t("board.agents", { count: agents.length })}</span>
          {agents.length > 4 && <span className="pl-2.5 text-xs text-muted">+{agents.length - 4}</span>}
        </button>
      }
    >
      <MenuLabel>{t("board.agents", { count: agents.length })}</MenuLabel>
      {sorted.map((agent) => (
        <MenuItem
          key={agent.id}
          icon={<AgentAvatar agent={agent} size={18} state />}
          note={work(agent)?.title ?? agentWord(agent)}
          onSelect={() => isAdmin && void navigate({ to: "/agents/$agentId", params: { agentId: agent.id } })}
        >
          {agent.name}
        </MenuItem>
      ))}
      {canWrite && (
        <>
          <MenuLine />
          {board.paused_at ? (
            <MenuItem icon={<Play size={14} />} onSelect={() => void pauseBoard(board, false)}>
              {t("board.resume")}
            </MenuItem>
          ) : (
            <MenuItem icon={<Pause size={14} />} onSelect={() => void pauseBoard(board, true)}>
              {t("board.pause")}
            </MenuItem>
          )}
        </>
      )}
    </Menu>
  );
}
