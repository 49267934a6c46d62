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
  panel?: "chat" | "notes";
  sort?: string;
  /** What the cards are grouped by. */
  group?: string;
  /** The columns of the table, with commas between them. */
  cols?: string;
  /** The view that it began with. */
  in?: string;
}

export function boardSearch(search: Record<string, unknown>): BoardSearch {
  return {
    view: search.view === "table" ? "table" : undefined,
    q: word(search.q),
    taskId: text(search.taskId),
    commentId: text(search.commentId),
    panel: search.panel === "chat" || search.panel === "notes" ? search.panel : undefined,
    sort: text(search.sort),
    group: text(search.group),
    cols: text(search.cols),
    in: text(search.in),
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

export const GATEWAY_TABS = ["agents", "messages", "commands", "look", "files", "sessions"] as const;

/** What is shown of a gateway. */
export interface GatewaySearch extends AgentsSearch {
  tab?: (typeof GATEWAY_TABS)[number];
  session?: string;
}

export function gatewaySearch(search: Record<string, unknown>): GatewaySearch {
  const session = text(search.session);
  // An open session is among the sessions, also where an older address says nothing of a part of the page.
  const tab = GATEWAY_TABS.find((name) => name === search.tab) ?? (session ? "sessions" : undefined);
  return { ...agentsSearch(search), tab, session };
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

/** How far back the dashboard looks. */
export const RANGES = ["24h", "7d", "14d", "1m", "3m", "1y"] as const;

export interface DashboardSearch {
  /** A week when it is not given. */
  range?: (typeof RANGES)[number];
  board?: string;
}

export function dashboardSearch(search: Record<string, unknown>): DashboardSearch {
  return { range: RANGES.find((name) => name === search.range), board: text(search.board) };
}

/** Which entries of the record are shown. */
export interface AuditSearch {
  actor?: string;
  action?: string;
  kind?: string;
  object?: string;
  request?: string;
  /** The first and the last day. */
  since?: string;
  until?: string;
}

const day = (value: unknown) => (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    actor: text(search.actor),
    action: text(search.action),
    kind: text(search.kind),
    object: word(search.object),
    request: word(search.request),
    since: day(search.since),
    until: day(search.until),
  };
}

/** Of what the use is shown, how it is put together, and for which time. */
export interface UsageSearch {
  by?: (typeof USAGE_GROUPS)[number];
  unit?: "cost";
  days?: number;
  /** In place of the last days: from the beginning of one day to that of another, UTC. */
  from?: string;
  to?: string;
  agent?: string;
  board?: string;
  task?: string;
  model?: string;
  provider?: string;
}

/** What use is put together by, from the whole to its parts. */
export const USAGE_GROUPS = ["board", "agent", "task", "model", "provider"] as const;

export function usageSearch(search: Record<string, unknown>): UsageSearch {
  const { days } = search;
  const time = (value: unknown) => (Number.isNaN(Date.parse(String(value))) ? undefined : text(value));
  return {
    by: USAGE_GROUPS.find((by) => by === search.by),
    unit: search.unit === "cost" ? "cost" : undefined,
    days: typeof days === "number" && days >= 1 && days <= 366 ? Math.floor(days) : undefined,
    from: time(search.from),
    to: time(search.to),
    agent: text(search.agent),
    board: text(search.board),
    task: text(search.task),
    model: word(search.model),
    provider: word(search.provider),
  };
}

/** Which part of the activity feed is shown. */
export interface ActivitySearch {
  kind?: string;
  board?: string;
  agent?: string;
  task?: string;
  /** Check-ins too. */
  checkins?: true;
  q?: string;
}

export function activitySearch(search: Record<string, unknown>): ActivitySearch {
  return {
    kind: text(search.kind),
    board: text(search.board),
    agent: text(search.agent),
    task: text(search.task),
    checkins: search.checkins === true || undefined,
    q: word(search.q),
  };
}
