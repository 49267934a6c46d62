import { useSyncExternalStore } from "react";
import { answer, api, whenHindered, whenUnauthorized, whenUnreachable } from "@/api/client";
import { receive } from "@/api/live";
import { queryClient } from "@/api/query-client";
import { SharedStream } from "@/api/shared-stream";
import type { StreamState } from "@/api/stream";
import { t } from "@/i18n";
import type { besidePassword } from "@/pages/entrance/passkeys";
import { forgetDrafts } from "@/ui/draft";
import { toast } from "@/ui/toast";

/** Whether the server knows who we are. */
export type Session = "unknown" | "in" | "out";

let session: Session = "unknown";
/** The session came to an end without anybody signing out. */
let ended = false;
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

const stream = new SharedStream({
  event: receive,
  open(fresh) {
    // What was read before the stream began may be older than its first event.
    if (fresh && session === "in") void queryClient.invalidateQueries();
    set({ session: "in" });
  },
  reset: () => void queryClient.invalidateQueries(),
  unauthorized: () => leave(session === "in"),
  state: (state) => set({ stream: state }),
});

function leave(unasked: boolean) {
  ended = unasked;
  stream.stop();
  queryClient.clear();
  set({ session: "out" });
}

/** What was asked for is written down, and nobody does it for now. */
function sayWhatHinders(code: string) {
  const kind = code === "no_worker" ? "noWorker" : "queueGrowing";
  toast.bad(t(`hindrance.${kind}`), t(`hindrance.${kind}Remedy`));
}

/** Finds out who we are by opening the event stream: it is the first thing every page needs. */
export function begin() {
  whenUnauthorized(() => session === "in" && leave(true));
  // The stream is cut as well then, though nothing says so: a network that is gone is only silent.
  whenHindered(sayWhatHinders);
  whenUnreachable(() => streamState === "live" && stream.reconnect());
  stream.start();
}

/** What people sign in with. */
export type Proof =
  | { token: string }
  | { email: string; password: string; code?: string; passkey?: Awaited<ReturnType<typeof besidePassword>> };

/** Exchanges the access token, or a password, for a session of this browser. */
export async function signIn(proof: Proof) {
  if ("token" in proof) await answer(api.POST("/api/v1/auth/session", { body: proof }));
  else await answer(api.POST("/api/v1/auth/sign-in", { body: proof }));
  begin();
}

export async function signOut(everywhere: boolean) {
  let next: string | null | undefined;
  if (everywhere) await answer(api.DELETE("/api/v1/auth/sessions"));
  else next = (await answer(api.DELETE("/api/v1/auth/session"))).continue_at;
  forgetDrafts();
  leave(false);
  // The identity provider would sign them in again without asking.
  if (next) location.assign(next);
}

/** Goes on in another organization: everything that is shown is read anew. */
export async function switchOrganization(organization_id: string) {
  await answer(api.PATCH("/api/v1/organizations/me/active", { body: { organization_id } }));
  tabs.postMessage(SWITCHED);
  beginAnew();
}

/** Tells the other tabs of this browser that the organization is another one now. */
const tabs = new BroadcastChannel("mc.organization");
const SWITCHED = "switched";
tabs.addEventListener("message", () => session === "in" && beginAnew());

/** Forgets what was read, and reads what is shown. */
function beginAnew() {
  stream.stop();
  stream.start();
  void queryClient.resetQueries();
}

export const reconnect = () => stream.reconnect();

export const sessionEnded = () => ended;

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(subscribe, () => streamState);
}
