import { EventStream, type StreamListeners, type StreamState } from "./stream";
import type { LiveEvent } from "./types";

/** What the tab that holds the stream tells the others, and what they ask of it. */
type Word =
  | { kind: "event"; event: LiveEvent; lastId: string }
  | { kind: "open"; fresh: boolean; lastId: string }
  | { kind: "state"; state: StreamState }
  | { kind: "reset" }
  | { kind: "unauthorized" }
  | { kind: "hello" }
  | { kind: "reconnect" };

const NAME = "mc.events";
/** A tab that nobody looks at gives the stream to another one, or up. */
const HIDDEN_MS = 60_000;

/**
 * The event stream of this browser: one tab holds it and tells the others, because a browser has only six connections to a
 * server. When that tab closes or is hidden for long, another one goes on where it was. Where the browser has no locks (pages
 * without TLS that are not local), each tab that is looked at has a stream of its own.
 */
export class SharedStream {
  private readonly stream: EventStream;
  private readonly channel: BroadcastChannel | undefined;
  private lastId = "";
  private state: StreamState = "connecting";
  private leads = false;
  private stopped = true;
  private release: (() => void) | undefined;
  private waiting: AbortController | undefined;
  private hidden: number | undefined;

  constructor(private readonly on: StreamListeners) {
    this.channel = "locks" in navigator ? new BroadcastChannel(NAME) : undefined;
    this.channel?.addEventListener("message", ({ data }) => this.hear(data as Word));
    this.stream = new EventStream({
      event: (event, lastId) => this.tell({ kind: "event", event, lastId }),
      open: (fresh) => this.tell({ kind: "open", fresh, lastId: this.lastId }),
      reset: () => this.tell({ kind: "reset" }),
      unauthorized: () => this.tell({ kind: "unauthorized" }),
      state: (state) => this.tell({ kind: "state", state }),
    });
  }

  start() {
    if (!this.stopped) return;
    this.stopped = false;
    document.addEventListener("visibilitychange", this.visibilityChanged);
    addEventListener("online", this.reconnect);
    addEventListener("offline", this.lost);
    if (this.channel || document.visibilityState === "visible") this.take();
    else this.on.state("paused");
  }

  stop() {
    this.stopped = true;
    this.lastId = "";
    document.removeEventListener("visibilitychange", this.visibilityChanged);
    removeEventListener("online", this.reconnect);
    removeEventListener("offline", this.lost);
    window.clearTimeout(this.hidden);
    this.giveUp();
  }

  /** Tries again now instead of later. */
  readonly reconnect = () => {
    if (this.stopped) return;
    if (this.leads) this.stream.reconnect();
    else if (this.waiting) this.say({ kind: "reconnect" });
    else this.take();
  };

  private readonly lost = () => {
    if (this.leads) this.stream.cut();
  };

  private readonly visibilityChanged = () => {
    window.clearTimeout(this.hidden);
    if (document.visibilityState === "visible") {
      if (!this.leads && !this.waiting) this.take();
    } else if (this.leads) {
      this.hidden = window.setTimeout(() => {
        this.giveUp();
        this.tell({ kind: "state", state: "paused" });
      }, HIDDEN_MS);
    }
  };

  /** Holds the stream, now or as soon as the tab that has it lets it go. */
  private take() {
    if (!this.channel) return this.lead();
    const waiting = new AbortController();
    this.waiting = waiting;
    this.say({ kind: "hello" });
    const held = () => {
      if (this.waiting !== waiting) return;
      this.waiting = undefined;
      this.lead();
      return new Promise<void>((release) => {
        this.release = release;
      });
    };
    // An aborted wait rejects; that is how a tab that stops stands back.
    navigator.locks.request(NAME, { signal: waiting.signal }, held).catch(() => {});
  }

  private lead() {
    this.leads = true;
    this.stream.start(this.lastId);
    if (document.visibilityState === "hidden") this.visibilityChanged();
  }

  private giveUp() {
    this.waiting?.abort();
    this.waiting = undefined;
    if (this.leads) this.stream.stop();
    this.leads = false;
    this.release?.();
    this.release = undefined;
  }

  private say(word: Word) {
    this.channel?.postMessage(word);
  }

  private tell(word: Word) {
    this.say(word);
    this.takeIn(word);
  }

  private hear(word: Word) {
    if (this.stopped) return;
    if (word.kind === "hello") {
      if (!this.leads) return;
      this.say({ kind: "state", state: this.state });
      if (this.state === "live") this.say({ kind: "open", fresh: false, lastId: this.lastId });
    } else if (word.kind === "reconnect") {
      if (this.leads) this.stream.reconnect();
    } else if (!this.leads) {
      // A tab that was given up waits for the stream again as soon as somebody looks at it.
      if (word.kind !== "state" || word.state !== "paused" || document.visibilityState === "hidden") this.takeIn(word);
    }
  }

  private takeIn(word: Word) {
    switch (word.kind) {
      case "event":
        this.lastId = word.lastId;
        return this.on.event(word.event, word.lastId);
      case "open":
        this.lastId = word.lastId;
        return this.on.open(word.fresh);
      case "reset":
        return this.on.reset();
      case "unauthorized":
        return this.on.unauthorized();
      case "state":
        this.state = word.state;
        return this.on.state(word.state);
    }
  }
}
