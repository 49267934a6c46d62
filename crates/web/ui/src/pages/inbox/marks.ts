import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { queryClient } from "@/api/query-client";
import { toast } from "@/ui/toast";

/** As many items are marked by one request, and so many characters are there for the name of one. */
const AT_ONCE = 100;
const NAME = 200;

/** The items that the person has done with, as the server keeps them. */
export const inboxMarks = queryOptions({
  queryKey: ["inbox_marks"],
  queryFn: async ({ signal }) => {
    await bringAlong();
    return (await answer(api.GET("/api/v1/inbox/marks", { signal }))).done;
  },
});

/** What the server keeps an item under. */
export function nameOfItem(...parts: string[]): string {
  return [...parts.join(":")].slice(0, NAME).join("").trim();
}

/** The mark of a task that the person has looked at since it was given to them. */
export function seenMark(task_id: string, given_at: string): string {
  return nameOfItem("seen", task_id, given_at);
}

/** Notes that something was looked at, once. */
export async function markSeen(mark: string) {
  if (queryClient.getQueryData(inboxMarks.queryKey)?.includes(mark) === false) await markDone([mark], true);
}

/** Takes items out of the inbox, or (`false`) puts them back: at once, and for good when the server has taken it. */
export async function markDone(items: string[], isDone: boolean) {
  await queryClient.cancelQueries({ queryKey: inboxMarks.queryKey });
  show(items, isDone);
  try {
    await send(items, isDone);
  } catch (error) {
    show(items, !isDone);
    toast.error(error);
  }
}

/** The marks with these items marked, or not. */
export function withMarks(done: string[], items: string[], isDone: boolean): string[] {
  const others = done.filter((item) => !items.includes(item));
  return isDone ? [...items, ...others] : others;
}

function show(items: string[], isDone: boolean) {
  queryClient.setQueryData(inboxMarks.queryKey, (done) => withMarks(done ?? [], items, isDone));
}

async function send(items: string[], isDone: boolean) {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const some = items.slice(start, start + AT_ONCE);
    await answer(api.PATCH("/api/v1/inbox/marks", { body: isDone ? { done: some } : { not_done: some } }));
  }
}

const KEPT_HERE = "mc.inbox.done";

/** Hands over what the browser kept before the server did. */
async function bringAlong() {
  const kept = readKept();
  if (kept.length > 0) await send(kept, true);
  localStorage.removeItem(KEPT_HERE);
}

function readKept(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_HERE) ?? "[]");
    const names = Array.isArray(kept)
      ? kept.filter((item) => typeof item === "string").map((item) => nameOfItem(item))
      : [];
    return [...new Set(names)].filter(Boolean);
  } catch {
    return [];
  }
}
