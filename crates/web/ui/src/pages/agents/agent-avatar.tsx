import type { Agent } from "@/api/types";
import { Avatar } from "@/ui/avatar";
import { emojiOf } from "./profile";
import { agentTone } from "./status";

interface Props {
  agent: Agent;
  size?: number;
  /** With a dot that says how it is. */
  state?: boolean;
}

/** The picture of an agent: the same everywhere. */
export function AgentAvatar({ agent, size, state }: Props) {
  return <Avatar name={agent.name} size={size} emoji={emojiOf(agent)} tone={state ? agentTone(agent) : undefined} />;
}
