import { AGENT_STATES, type AgentState, JOB_STATES, type JobState, LANES, type Lane } from "@/api/types";

/** A word of the address. */
export const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
/** The same where the router may have read it as a number. */
export const word = (value: unknown) => (typeof value === "number" ? String(value) : text(value));

/** What a board shows: all of it is in the address, so that it can be kept and shared. */
export interface BoardSearch {
  view?: "board" | "table";
  /** Filter words: `assignee:ada -tag:docs login`. */
  q?: string;
  taskId?: string;
  commentId?: string;
  panel?: "chat";
  sort?: string;
}

export function boardSearch(search: Record<string, unknown>): BoardSearch {
  return {
    view: search.view === "table" ? "table" : undefined,
    q: word(search.q),
    taskId: text(search.taskId),
    commentId: text(search.commentId),
    panel: search.panel === "chat" ? "chat" : undefined,
    sort: text(search.sort),
  };
}

/** Which jobs are shown, and which one is open. */
export interface JobsSearch {
  state?: JobState;
  kind?: string;
  lane?: Lane;
  agent?: string;
  board?: string;
  gateway?: string;
  /** How many newer ones are left out. */
  from?: number;
  job?: string;
}

export function jobsSearch(search: Record<string, unknown>): JobsSearch {
  return {
    state: JOB_STATES.find((state) => state === search.state),
    kind: text(search.kind),
    lane: LANES.find((lane) => lane === search.lane),
    agent: text(search.agent),
    board: text(search.board),
    gateway: text(search.gateway),
    from: typeof search.from === "number" && search.from > 0 ? search.from : undefined,
    job: text(search.job),
  };
}

/** Agents of which state are shown. */
export interface AgentsSearch {
  state?: AgentState;
}

export function agentsSearch(search: Record<string, unknown>): AgentsSearch {
  return { state: AGENT_STATES.find((state) => state === search.state) };
}

export const AGENT_TABS = ["activity", "runs", "messages", "files", "sessions"] as const;

/** What is shown of an agent. */
export interface AgentSearch {
  tab?: (typeof AGENT_TABS)[number];
  file?: string;
  session?: string;
}

export function agentSearch(search: Record<string, unknown>): AgentSearch {
  return { tab: AGENT_TABS.find((tab) => tab === search.tab), file: text(search.file), session: text(search.session) };
}

export interface DashboardSearch {
  range?: string;
  board?: string;
}
