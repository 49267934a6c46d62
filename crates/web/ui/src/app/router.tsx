import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import * as queries from "@/api/queries";
import { queryClient } from "@/api/query-client";
import { Broken } from "@/ui/boundary";
import { lazily } from "@/ui/lazily";
import { NotFound } from "./not-found";
import {
  activitySearch,
  agentSearch,
  agentsSearch,
  auditSearch,
  boardSearch,
  dashboardSearch,
  gatewaySearch,
  jobsSearch,
  text,
  usageSearch,
  word,
} from "./search";
import { Shell } from "./shell/shell";

const root = createRootRoute({
  // What every page needs is asked for before anything is drawn.
  loader: () => {
    void queryClient.prefetchQuery(queries.member);
    void queryClient.prefetchQuery(queries.boards);
    void queryClient.prefetchQuery(queries.me);
  },
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ reset }) => <Broken retry={reset} />,
});

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
    validateSearch: dashboardSearch,
    loaderDeps: ({ search: { range } }) => ({ range }),
    loader: ({ deps: { range = "7d" } }) => {
      void queryClient.prefetchQuery(queries.metrics(range));
      void queryClient.prefetchQuery(queries.activity());
    },
    component: lazily(() => import("@/pages/dashboard/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/inbox",
    validateSearch: (search): { item?: string; show?: string } => ({
      item: text(search.item),
      show: text(search.show),
    }),
    component: lazily(() => import("@/pages/inbox/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/activity",
    validateSearch: activitySearch,
    component: lazily(() => import("@/pages/activity/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards",
    component: lazily(() => import("@/pages/boards/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/new",
    staticData: { admins: true },
    component: lazily(() => import("@/pages/boards/new")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId",
    validateSearch: boardSearch,
    // Read when the pointer comes near a link, so that the board is there when it is clicked.
    loader: ({ params }) => void queryClient.prefetchQuery(queries.boardSnapshot(params.boardId)),
    component: lazily(() => import("@/pages/board/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/tasks/$taskId",
    validateSearch: (search): { commentId?: string } => ({ commentId: text(search.commentId) }),
    component: lazily(() => import("@/pages/task/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/t/$key",
    component: lazily(() => import("@/pages/task/by-key")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/settings",
    component: lazily(() => import("@/pages/board-settings/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/onboarding",
    component: lazily(() => import("@/pages/onboarding/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/boards/$boardId/webhooks/$webhookId",
    component: lazily(() => import("@/pages/webhook/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/groups",
    component: lazily(() => import("@/pages/groups/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/groups/$groupId",
    component: lazily(() => import("@/pages/group/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/agents",
    staticData: { admins: true },
    validateSearch: agentsSearch,
    component: lazily(() => import("@/pages/agents/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/agents/$agentId",
    staticData: { admins: true },
    validateSearch: agentSearch,
    component: lazily(() => import("@/pages/agent/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/runs/$runId",
    component: lazily(() => import("@/pages/runs/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/budgets",
    component: lazily(() => import("@/pages/budgets/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/exec-policies",
    validateSearch: (search): { from?: string } => ({
      from: typeof search.from === "string" ? search.from : undefined,
    }),
    component: lazily(() => import("@/pages/exec-policies/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/gateways",
    staticData: { admins: true },
    validateSearch: (search): { connect?: true } => ({ connect: search.connect === true || undefined }),
    component: lazily(() => import("@/pages/gateways/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/gateways/$gatewayId",
    staticData: { admins: true },
    validateSearch: gatewaySearch,
    component: lazily(() => import("@/pages/gateway/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/jobs",
    validateSearch: jobsSearch,
    component: lazily(() => import("@/pages/jobs/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/tags",
    component: lazily(() => import("@/pages/tags/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/custom-fields",
    component: lazily(() => import("@/pages/custom-fields/page")),
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
    component: lazily(() => import("@/pages/skills/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/skills/packs",
    staticData: { admins: true },
    component: lazily(() => import("@/pages/skills/packs")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/organization",
    component: lazily(() => import("@/pages/organization/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/tokens",
    component: lazily(() => import("@/pages/tokens/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/connect",
    component: lazily(() => import("@/pages/connect/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/souls",
    staticData: { admins: true },
    validateSearch: (search): { q?: string; soul?: string } => ({ q: word(search.q), soul: text(search.soul) }),
    component: lazily(() => import("@/pages/souls/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audit",
    staticData: { admins: true },
    validateSearch: auditSearch,
    component: lazily(() => import("@/pages/audit/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/usage",
    validateSearch: usageSearch,
    component: lazily(() => import("@/pages/usage/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/invite",
    validateSearch: (search): { token?: string } => ({ token: word(search.token) }),
    component: lazily(() => import("@/pages/organization/invite")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings",
    component: lazily(() => import("@/pages/settings/page")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/health",
    staticData: { admins: true },
    component: lazily(() => import("@/pages/health/page")),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
  defaultErrorComponent: ({ reset }) => <Broken retry={reset} />,
});

/** Loads the code of the page at this address, while it is still being found out who looks. */
export function preloadPage() {
  const [matched] = router.getMatchedRoutes(location.pathname);
  for (const { options } of matched) void options.component?.preload?.();
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** What the page shows, the server shows to admins alone. */
    admins?: boolean;
  }
  interface HistoryState {
    /** The panel of a task was opened over the page that is one step back. */
    peeked?: boolean;
  }
  interface Register {
    router: typeof router;
  }
}
