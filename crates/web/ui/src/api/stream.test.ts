import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EventStream, type StreamListeners } from "./stream";

/** A server whose connections the test opens, feeds and ends. */
class Connection {
  readonly lastId: string | null;
  private feed!: ReadableStreamDefaultController<Uint8Array>;
  private answer!: (response: Response) => void;
  readonly response = new Promise<Response>((answer) => {
    this.answer = answer;
  });

  constructor(init: RequestInit) {
    this.lastId = new Headers(init.headers).get("last-event-id");
    init.signal?.addEventListener("abort", () => this.feed?.error(new Error("aborted")));
  }

  open() {
    const start = (feed: ReadableStreamDefaultController<Uint8Array>) => {
      this.feed = feed;
    };
    this.answer(new Response(new ReadableStream({ start })));
  }

  refuse(status: number) {
    this.answer(new Response(null, { status }));
  }

  say(text: string) {
    this.feed.enqueue(new TextEncoder().encode(text));
  }

  end() {
    this.feed.close();
  }
}

let connections: Connection[];
const heard = {
  event: vi.fn(),
  open: vi.fn(),
  reset: vi.fn(),
  unauthorized: vi.fn(),
  state: vi.fn(),
} satisfies StreamListeners;

beforeEach(() => {
  vi.useFakeTimers();
  connections = [];
  for (const listener of Object.values(heard)) listener.mockClear();
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    const connection = new Connection(init);
    connections.push(connection);
    return connection.response;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The newest connection, open. */
async function opened(): Promise<Connection> {
  const connection = connections.at(-1);
  if (!connection) throw new Error("nobody has connected");
  connection.open();
  await vi.waitFor(() => expect(heard.state).toHaveBeenLastCalledWith("live"));
  return connection;
}

const entry = (seq: number) => `id: ${seq}\ndata: {"seq":${seq},"kind":"tag.updated","payload":{}}\n\n`;

test("after an end it goes on behind the last event, without telling anybody to read anew", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  const first = await opened();
  expect(heard.open).toHaveBeenLastCalledWith(true);
  first.say(entry(7));
  await vi.waitFor(() => expect(heard.event).toHaveBeenCalledTimes(1));
  first.end();
  await vi.waitFor(() => expect(heard.state).toHaveBeenLastCalledWith("lost"));
  await vi.advanceTimersByTimeAsync(1500);
  expect(connections[1]?.lastId).toBe("7");
  await opened();
  expect(heard.open).toHaveBeenLastCalledWith(false);
  stream.stop();
});

test("a position without an event is remembered too", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  const first = await opened();
  first.say("id: 41\n\n");
  first.end();
  await vi.waitFor(() => expect(heard.state).toHaveBeenLastCalledWith("lost"));
  await vi.advanceTimersByTimeAsync(1500);
  expect(connections[1]?.lastId).toBe("41");
  stream.stop();
});

test("a reset is passed on, a wish to come back is not", async () => {
  const stream = new EventStream(heard);
  stream.start("3");
  const first = await opened();
  first.say("event: resume\nid: 4\ndata: {}\n\nevent: reset\nid: 9\ndata: {}\n\n");
  await vi.waitFor(() => expect(heard.reset).toHaveBeenCalledTimes(1));
  expect(heard.event).not.toHaveBeenCalled();
  stream.stop();
});

test("whoever is not known any more is told, and nothing is tried again", async () => {
  new EventStream(heard).start("");
  connections[0]?.refuse(401);
  await vi.waitFor(() => expect(heard.unauthorized).toHaveBeenCalledTimes(1));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(connections).toHaveLength(1);
});

test("pauses grow while the server is away, up to half a minute and a fifth", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  for (const most of [1.2, 2.4, 4.8, 9.6, 19.2, 36, 36]) {
    const before = connections.length;
    connections.at(-1)?.refuse(503);
    await vi.advanceTimersByTimeAsync(most * 1000);
    expect(connections).toHaveLength(before + 1);
  }
  stream.stop();
});

test("a silent connection is doubted within five seconds, and tried anew at once", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  const first = await opened();
  await vi.advanceTimersByTimeAsync(3000);
  first.say("id: 41\n\n");
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard.state).toHaveBeenLastCalledWith("live");
  await vi.advanceTimersByTimeAsync(1500);
  expect(heard.state).toHaveBeenLastCalledWith("silent");
  expect(connections).toHaveLength(2);
  // It was only slow.
  await opened();
  expect(heard.open).toHaveBeenLastCalledWith(false);
  stream.stop();
});

test("a doubted connection that is not answered is lost", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  await opened();
  await vi.advanceTimersByTimeAsync(4300);
  expect(heard.state).toHaveBeenLastCalledWith("silent");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(heard.state).toHaveBeenLastCalledWith("lost");
  stream.stop();
});

test("a server that takes its time to answer is waited for", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  await vi.advanceTimersByTimeAsync(15_000);
  await opened();
  expect(connections).toHaveLength(1);
  stream.stop();
});

test("a stream that was stopped stays so", async () => {
  const stream = new EventStream(heard);
  stream.start("");
  await opened();
  stream.stop();
  stream.reconnect();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(connections).toHaveLength(1);
});
