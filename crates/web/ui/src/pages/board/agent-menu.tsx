import { useNavigate } from "@tanstack/react-router";
import { OctagonX, Pause, Play } from "lucide-react";
import type { Agent, Board } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import type { MenuOnDemandProps } from "@/ui/on-demand-menu";
import { AgentAvatar } from "../agents/agent-avatar";
import { agentWord } from "../agents/status";
import { pauseBoard } from "../boards/pause";

interface Props extends MenuOnDemandProps {
  agents: Agent[];
  /** What an agent works on. */
  work(agent_id: string): string | undefined;
  board: Board;
  canWrite: boolean;
  /** Asks what is to be stopped. */
  stop(): void;
}

/** The agents of a board by name, with what each does, and the way to pause them all. */
export default function AgentMenu({ agents, work, board, canWrite, stop, ...menu }: Props) {
  const navigate = useNavigate();
  const { isAdmin } = useAccess();
  return (
    <Menu align="end" {...menu}>
      {canWrite && (
        <>
          {board.paused_at ? (
            <MenuItem icon={<Play size={14} />} onSelect={() => void pauseBoard(board, false)}>
              {t("board.resume")}
            </MenuItem>
          ) : (
            <MenuItem icon={<Pause size={14} />} onSelect={() => void pauseBoard(board, true)}>
              {t("board.pause")}
            </MenuItem>
          )}
          <MenuItem icon={<OctagonX size={14} />} onSelect={stop}>
            {t("board.stop")}
          </MenuItem>
          <MenuLine />
        </>
      )}
      <MenuLabel>{t("board.agents", { count: agents.length })}</MenuLabel>
      {agents.map((agent) => (
        <MenuItem
          key={agent.id}
          icon={<AgentAvatar agent={agent} size={18} state />}
          note={work(agent.id) ?? agentWord(agent)}
          onSelect={() => isAdmin && void navigate({ to: "/agents/$agentId", params: { agentId: agent.id } })}
        >
          {agent.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
