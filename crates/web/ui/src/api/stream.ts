import { createParser } from "eventsource-parser";
import type { LiveEvent } from "./types";

/** How the stream is doing. A silent one has not said that it lives when it should have, and is tried anew. */
export type StreamState = "connecting" | "live" | "silent" | "lost" | "paused";

export interface StreamListeners {
  /** `lastId` is the position after the event. */
  event(event: LiveEvent, lastId: string): void;
  /** The stream is open. Events before this moment may have been missed when `fresh`. */
  open(fresh: boolean): void;
  /** What was read before is out of date: read everything anew. */
  reset(): void;
  unauthorized(): void;
  state(state: StreamState): void;
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
/** The server comments after so many seconds without a word; nothing has to be asked for that. */
const HEARTBEAT_S = 3;
/** Longer silence than this means that the connection may be dead: a network that is gone says nothing of it. */
const SILENCE_MS = 4200;
/** A server that has not answered by then will not. */
const ANSWER_MS = 20_000;

/** A connection to the event stream that comes back by itself, without gap and without duplicate. */
export class EventStream {
  private lastId = "";
  private attempt = 0;
  private abort: AbortController | undefined;
  private retry: number | undefined;
  private silence: number | undefined;
  private stopped = true;
  private doubted = false;

  constructor(private readonly on: StreamListeners) {}

  /** Goes on after the event `lastId`, or with what happens from now on. */
  start(lastId: string) {
    if (!this.stopped) return;
    this.stopped = false;
    this.lastId = lastId;
    this.attempt = 0;
    void this.connect();
  }

  stop() {
    this.stopped = true;
    this.disconnect();
  }

  /** Tries again now instead of later. */
  reconnect() {
    if (this.stopped) return;
    this.disconnect();
    this.attempt = 0;
    void this.connect();
  }

  /** Takes the connection for lost without waiting for its silence. */
  cut() {
    if (this.stopped) return;
    this.disconnect();
    this.tryLater();
  }

  private disconnect() {
    window.clearTimeout(this.retry);
    window.clearTimeout(this.silence);
    this.abort?.abort();
    this.abort = undefined;
  }

  private async connect() {
    const abort = new AbortController();
    this.abort = abort;
    if (this.attempt === 0 && !this.doubted) this.on.state("connecting");
    try {
      await this.follow(abort);
    } catch {
      // Any failure means the same here: come back later.
    }
    if (this.stopped || this.abort !== abort) return;
    this.disconnect();
    this.tryLater();
  }

  /** Nothing was heard for too long: connecting anew shows what that means. What answers goes on without a gap. */
  private doubt() {
    this.disconnect();
    this.doubted = true;
    this.on.state("silent");
    void this.connect();
  }

  private tryLater() {
    this.doubted = false;
    this.on.state("lost");
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.attempt) * (0.8 + Math.random() * 0.4);
    this.attempt += 1;
    this.retry = window.setTimeout(() => void this.connect(), wait);
  }

  private async follow(abort: AbortController) {
    this.silence = window.setTimeout(() => this.cut(), ANSWER_MS);
    const headers: HeadersInit = this.lastId ? { "Last-Event-ID": this.lastId } : {};
    const response = await fetch(`/api/v1/events?heartbeat=${HEARTBEAT_S}`, {
      headers,
      signal: abort.signal,
      credentials: "same-origin",
    });
    if (response.status === 401) {
      this.stop();
      this.on.unauthorized();
      return;
    }
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const fresh = this.lastId === "";
    this.attempt = 0;
    this.doubted = false;
    this.on.state("live");
    this.on.open(fresh);
    const listen = () => {
      window.clearTimeout(this.silence);
      this.silence = window.setTimeout(() => this.doubt(), SILENCE_MS);
    };
    listen();
    const parser = createParser({ onEvent: (event) => this.receive(event) });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      listen();
      parser.feed(value);
      // A head without data carries only the position that the stream began at.
      this.lastId ||= /^id: ?(\d+)$/m.exec(value)?.[1] ?? "";
    }
  }

  private receive(event: { id?: string; event?: string; data: string }) {
    if (event.id) this.lastId = event.id;
    if (event.event === "reset") return this.on.reset();
    if (event.event === "resume") return;
    this.on.event(JSON.parse(event.data) as LiveEvent, this.lastId);
  }
}
