import { useState } from "react";
import type { Agent } from "@/api/types";
import { type AgentAction, act } from "../agents/actions";

/** Runs one action at a time: a gateway may take its time. */
export function useAction(agent: Agent) {
  const [busy, setBusy] = useState<AgentAction>();
  const run = (action: AgentAction, options?: { overwrite?: boolean }) => {
    setBusy(action);
    void act(agent, action, options).finally(() => setBusy(undefined));
  };
  return { busy, run };
}
