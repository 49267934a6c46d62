import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { byName } from "./names";
import type { Page, Task } from "./types";
import { withWishes } from "./wishes";

const PAGE = 200;
/** More rows than this are not read at once by any page. */
const MOST = 5000;

/** Every row of a list, page after page. */
export async function all<T>(read: (query: { limit: number; offset: number }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let offset = 0; offset < MOST; offset += PAGE) {
    const page = await read({ limit: PAGE, offset });
    items.push(...page.items);
    if (items.length >= page.total || page.items.length === 0) break;
  }
  return items;
}

/** Every row of a list whose rows have names, in the order in which people look for them. */
async function named<T extends { name: string }>(
  read: (query: { limit: number; offset: number }) => Promise<Page<T>>,
): Promise<T[]> {
  return (await all(read)).toSorted(byName);
}

export const me = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/users/me", { signal })),
});

/** How people sign in to this server. */
export const ways = queryOptions({
  queryKey: ["ways"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/auth/ways", { signal })),
  retry: false,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The session of this browser. */
export const session = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/auth/session", { signal })),
});

/** How the second factor of the person stands. */
export const authenticator = queryOptions({
  queryKey: ["authenticator"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/auth/authenticator", { signal })),
});

/** The browsers in which the person is signed in. */
export const browsers = queryOptions({
  queryKey: ["browsers"],
  queryFn: ({ signal }) => all((query) => answer(api.GET("/api/v1/auth/sessions", { params: { query }, signal }))),
});

export const member = queryOptions({
  queryKey: ["member"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/organizations/me/member", { signal })),
});

export const organizations = queryOptions({
  queryKey: ["organizations"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/organizations/me/list", { signal })),
});

export const boards = queryOptions({
  queryKey: ["boards"],
  queryFn: ({ signal }) => named((query) => answer(api.GET("/api/v1/boards", { params: { query }, signal }))),
});

export const boardGroups = queryOptions({
  queryKey: ["board-groups"],
  queryFn: ({ signal }) => named((query) => answer(api.GET("/api/v1/board-groups", { params: { query }, signal }))),
});

export const agents = queryOptions({
  queryKey: ["agents"],
  queryFn: ({ signal }) => named((query) => answer(api.GET("/api/v1/agents", { params: { query }, signal }))),
});

export const gateways = queryOptions({
  queryKey: ["gateways"],
  queryFn: ({ signal }) => named((query) => answer(api.GET("/api/v1/gateways", { params: { query }, signal }))),
});

export const tags = queryOptions({
  queryKey: ["tags"],
  queryFn: ({ signal }) => named((query) => answer(api.GET("/api/v1/tags", { params: { query }, signal }))),
});

export const customFields = queryOptions({
  queryKey: ["custom-fields"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/organizations/me/custom-fields", { signal })),
});

export const members = queryOptions({
  queryKey: ["members"],
  queryFn: ({ signal }) =>
    all((query) => answer(api.GET("/api/v1/organizations/me/members", { params: { query }, signal }))),
});

export const invites = queryOptions({
  queryKey: ["invites"],
  queryFn: ({ signal }) =>
    all((query) => answer(api.GET("/api/v1/organizations/me/invites", { params: { query }, signal }))),
});

/** More tasks of a board than this are not kept in the browser; the counts are of all of them all the same. */
const MOST_TASKS = 10_000;

/** A board with everything on it. Tasks beyond those of the first answer are read page after page. */
export const boardSnapshot = (board_id: string) =>
  queryOptions({
    queryKey: ["board", board_id, "snapshot"],
    queryFn: async ({ signal }) => {
      const path = { board_id };
      const snapshot = await answer(api.GET("/api/v1/boards/{board_id}/snapshot", { params: { path }, signal }));
      const tasks = new Map<string, Task>(snapshot.tasks.map((task) => [task.id, task]));
      let cursor = snapshot.tasks_next_cursor;
      while (cursor && tasks.size < MOST_TASKS) {
        const query = { limit: PAGE, cursor };
        const page = await answer(api.GET("/api/v1/boards/{board_id}/tasks", { params: { path, query }, signal }));
        for (const task of page.items) tasks.set(task.id, task);
        cursor = page.next_cursor;
      }
      const agents = snapshot.agents.toSorted(byName);
      // What is on its way to the server stays shown, and is taken back to what was read here if it is refused.
      const approvals = snapshot.approvals.map(withWishes);
      return { ...snapshot, agents, approvals, tasks: [...tasks.values()].map(withWishes), tasks_next_cursor: cursor };
    },
  });

/** A task of a board, by its id. */
export const task = (board_id: string, task_id: string) =>
  queryOptions({
    queryKey: ["board", board_id, "task", task_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/boards/{board_id}/tasks/{task_id}", { params: { path: { board_id, task_id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  });

export const comments = (board_id: string, task_id: string) =>
  queryOptions({
    queryKey: ["board", board_id, "task", task_id, "comments"],
    queryFn: ({ signal }) =>
      all((query) =>
        answer(
          api.GET("/api/v1/boards/{board_id}/tasks/{task_id}/comments", {
            params: { path: { board_id, task_id }, query },
            signal,
          }),
        ),
      ),
  });

/** The undecided approvals of every board. */
export const pendingApprovals = queryOptions({
  queryKey: ["approvals", "pending"],
  queryFn: async ({ signal }) => {
    const list = await all((query) =>
      answer(api.GET("/api/v1/approvals", { params: { query: { ...query, status: "pending" } }, signal })),
    );
    return list.map(withWishes).filter(({ status }) => status === "pending");
  },
});

/** The newest approvals of every board, decided or not. */
export const recentApprovals = queryOptions({
  queryKey: ["approvals", "recent"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/approvals", { params: { query: { limit: PAGE } }, signal })),
  staleTime: 0,
});

/** What happened with a task. */
export const taskActivity = (task_id: string) =>
  queryOptions({
    queryKey: ["task-activity", task_id],
    queryFn: ({ signal }) =>
      all((query) => answer(api.GET("/api/v1/activity", { params: { query: { ...query, task_id } }, signal }))),
  });

/** The beginning of a text that the server searches for: ten words and 200 characters at most. */
const sought = (text: string) => [...text.trim().split(/\s+/u).slice(0, 10).join(" ")].slice(0, 200).join("");

/** Tasks of every board with these words in their title. */
export const search = (text: string, q = sought(text)) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/search", { params: { query: { q } }, signal }))).tasks,
    enabled: q.length > 1,
    gcTime: 60_000,
    staleTime: 0,
  });

export const webhooks = (board_id: string) =>
  queryOptions({
    queryKey: ["board", board_id, "webhooks"],
    queryFn: ({ signal }) =>
      all((query) =>
        answer(api.GET("/api/v1/boards/{board_id}/webhooks", { params: { path: { board_id }, query }, signal })),
      ),
  });

export type MetricsRange = "24h" | "3d" | "7d" | "14d" | "1m" | "3m" | "6m" | "1y";

export const metrics = (range_key: MetricsRange, scope: { board_id?: string; group_id?: string } = {}) =>
  queryOptions({
    queryKey: ["metrics", range_key, scope],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/metrics/dashboard", { params: { query: { range_key, ...scope } }, signal })),
  });

/** Which entries of the activity feed are wanted. */
export interface ActivityFilter {
  board_id?: string;
  task_id?: string;
  agent_id?: string;
  /** A kind of event, or the first word of several. */
  kind?: string;
  /** Check-ins too, which would drown everything else. */
  heartbeats?: boolean;
}

/** The newest entries of the activity feed. */
export const activity = (filter: ActivityFilter = {}) =>
  queryOptions({
    queryKey: ["activity", filter],
    queryFn: ({ signal }) => readActivity(filter, {}, signal),
  });

/** A part of the activity feed: what follows after a page, or after so many of the newest entries. */
export function readActivity(
  { heartbeats = false, ...filter }: ActivityFilter,
  after: { cursor?: string; offset?: number },
  signal?: AbortSignal,
) {
  const query = { ...filter, ...after, heartbeats, limit: PAGE };
  return answer(api.GET("/api/v1/activity", { params: { query }, signal }));
}

export const commentFeed = queryOptions({
  queryKey: ["comment-feed"],
  queryFn: ({ signal }) =>
    answer(api.GET("/api/v1/activity/task-comments", { params: { query: { limit: PAGE, offset: 0 } }, signal })),
});

/** The newest comments that mention the person. */
export const mentionFeed = queryOptions({
  queryKey: ["mention-feed"],
  queryFn: ({ signal }) =>
    answer(
      api.GET("/api/v1/activity/task-comments", {
        params: { query: { limit: PAGE, offset: 0, mentions_me: true } },
        signal,
      }),
    ),
});

/** The tasks that the person has and that are not done, those that were given last first. */
export const myTasks = queryOptions({
  queryKey: ["my-tasks"],
  queryFn: async ({ signal }) => {
    const page = await answer(api.GET("/api/v1/inbox/tasks", { params: { query: { limit: PAGE } }, signal }));
    return page.items;
  },
});
