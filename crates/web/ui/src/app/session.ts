import { useSyncExternalStore } from "react";
import { answer, api, whenUnauthorized } from "@/api/client";
import { receive } from "@/api/live";
import { queryClient } from "@/api/query-client";
import { EventStream, type StreamState } from "@/api/stream";

/** Whether the server knows who we are. */
export type Session = "unknown" | "in" | "out";

let session: Session = "unknown";
let streamState: StreamState = "connecting";
const listeners = new Set<() => void>();

function set(next: { session?: Session; stream?: StreamState }) {
  session = next.session ?? session;
  streamState = next.stream ?? streamState;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const stream = new EventStream({
  event: receive,
  open(fresh) {
    // What was read before the stream began may be older than its first event.
    if (fresh && session === "in") void queryClient.invalidateQueries();
    set({ session: "in" });
  },
  reset: () => void queryClient.invalidateQueries(),
  unauthorized: leave,
  state: (state) => set({ stream: state }),
});

function leave() {
  stream.stop();
  queryClient.clear();
  set({ session: "out" });
}

/** Finds out who we are by opening the event stream: it is the first thing every page needs. */
export function begin() {
  whenUnauthorized(() => session === "in" && leave());
  stream.start();
}

/** Exchanges the access token for a session of this browser. */
export async function signIn(token: string) {
  await answer(api.POST("/api/v1/auth/session", { body: { token } }));
  begin();
}

export async function signOut(everywhere: boolean) {
  await answer(everywhere ? api.DELETE("/api/v1/auth/sessions") : api.DELETE("/api/v1/auth/session"));
  leave();
}

/** Goes on in another organization: everything that is shown is read anew. */
export async function switchOrganization(organization_id: string) {
  await answer(api.PATCH("/api/v1/organizations/me/active", { body: { organization_id } }));
  stream.stop();
  queryClient.clear();
  stream.start();
}

export const reconnect = () => stream.reconnect();

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(subscribe, () => streamState);
}
