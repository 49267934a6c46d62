import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { boardSnapshot } from "@/api/queries";
import { queryClient } from "@/api/query-client";
import { JOB_STATES, type JobState, LANES, type Lane } from "@/api/types";
import { NotFound } from "./not-found";
import { Shell } from "./shell/shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
/** A word of the address that the router read as a number. */
const word = (value: unknown) => (typeof value === "number" ? String(value) : text(value));

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

function boardSearch(search: Record<string, unknown>): BoardSearch {
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

function jobsSearch(search: Record<string, unknown>): JobsSearch {
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

export const AGENT_TABS = ["activity", "messages", "files", "sessions"] as const;

/** What is shown of an agent. */
export interface AgentSearch {
  tab?: (typeof AGENT_TABS)[number];
  file?: string;
  session?: string;
}

function agentSearch(search: Record<string, unknown>): AgentSearch {
  return { tab: AGENT_TABS.find((tab) => tab === search.tab), file: text(search.file), session: text(search.session) };
}

export interface DashboardSearch {
  range?: string;
  board?: string;
}

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/dashboard", replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/dashboard",
    validateSearch: (search): DashboardSearch => ({ range: text(search.range), board: text(search.board) }),
    component: lazyRouteComponent(() => import("@/pages/dashboard/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/inbox",
    validateSearch: (search): { item?: string; show?: string } => ({ item: text(search.item), show: text(search.show) }),
    component: lazyRouteComponent(() => import("@/pages/inbox/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/activity",
    validateSearch: (search): { kind?: string; board?: string; q?: string } => ({
      kind: text(search.kind),
      board: text(search.board),
      q: word(search.q),
    }),
    component: lazyRouteComponent(() => import("@/pages/activity/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards",
    component: lazyRouteComponent(() => import("@/pages/boards/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/new",
    staticData: { admins: true },
    component: lazyRouteComponent(() => import("@/pages/boards/new")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId",
    validateSearch: boardSearch,
    // Read when the pointer comes near a link, so that the board is there when it is clicked.
    loader: ({ params }) => void queryClient.prefetchQuery(boardSnapshot(params.boardId)),
    component: lazyRouteComponent(() => import("@/pages/board/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/tasks/$taskId",
    validateSearch: (search): { commentId?: string } => ({ commentId: text(search.commentId) }),
    component: lazyRouteComponent(() => import("@/pages/task/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/t/$key",
    component: lazyRouteComponent(() => import("@/pages/task/by-key")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/settings",
    component: lazyRouteComponent(() => import("@/pages/board-settings/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/onboarding",
    component: lazyRouteComponent(() => import("@/pages/onboarding/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/webhooks/$webhookId",
    component: lazyRouteComponent(() => import("@/pages/webhook/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/groups",
    component: lazyRouteComponent(() => import("@/pages/groups/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/groups/$groupId",
    component: lazyRouteComponent(() => import("@/pages/group/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/agents",
    staticData: { admins: true },
    component: lazyRouteComponent(() => import("@/pages/agents/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/agents/$agentId",
    staticData: { admins: true },
    validateSearch: agentSearch,
    component: lazyRouteComponent(() => import("@/pages/agent/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/gateways",
    staticData: { admins: true },
    component: lazyRouteComponent(() => import("@/pages/gateways/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/gateways/$gatewayId",
    staticData: { admins: true },
    validateSearch: (search): { session?: string } => ({ session: text(search.session) }),
    component: lazyRouteComponent(() => import("@/pages/gateway/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/jobs",
    validateSearch: jobsSearch,
    component: lazyRouteComponent(() => import("@/pages/jobs/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/tags",
    component: lazyRouteComponent(() => import("@/pages/tags/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/custom-fields",
    component: lazyRouteComponent(() => import("@/pages/custom-fields/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/skills",
    staticData: { admins: true },
    validateSearch: (search): { q?: string; gateway?: string; pack?: string; risk?: string } => ({
      q: word(search.q),
      gateway: text(search.gateway),
      pack: text(search.pack),
      risk: text(search.risk),
    }),
    component: lazyRouteComponent(() => import("@/pages/skills/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/skills/packs",
    staticData: { admins: true },
    component: lazyRouteComponent(() => import("@/pages/skills/packs")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/organization",
    component: lazyRouteComponent(() => import("@/pages/organization/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/invite",
    validateSearch: (search): { token?: string } => ({ token: word(search.token) }),
    component: lazyRouteComponent(() => import("@/pages/organization/invite")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings",
    component: lazyRouteComponent(() => import("@/pages/settings/page")),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** What the page shows, the server shows to admins alone. */
    admins?: boolean;
  }
  interface Register {
    router: typeof router;
  }
}
