// A server with the demo's fleet, and a browser in front of it.
import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import axe from "axe-core";
import { chromium } from "playwright-core";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const program =
  process.env.MISSION_CONTROL_API ??
  join(process.env.CARGO_TARGET_DIR ?? join(repository, "target"), "debug/mission-control-api");
const gatewayTool = join(dirname(program), "mission-control-gateway");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Asks until the answer is there. */
export async function until(ask, what, limit = 60_000) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await ask().catch(() => undefined);
    if (found) return found;
    if (Date.now() > end) throw new Error(`still waiting for ${what}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

/** Opens a page and waits until it shows what it is about: `heading`, and no shape in the place of something else. */
export async function visit(page, path, heading, level = 1) {
  await page.goto(path);
  await page.getByRole("heading", { name: heading, level, exact: true }).waitFor();
  const loaded = () =>
    ![...document.querySelectorAll("main [data-loading]")].some((shape) => !shape.closest("[data-unseen]"));
  await page.waitForFunction(loaded).catch((error) => {
    throw new Error(`${path} is still loading`, { cause: error });
  });
}

/** Presses keys one after the other as who knows them does: without waiting for what the page makes of each. */
export const keys = (page, ...pressed) => Promise.all(pressed.map((key) => page.keyboard.press(key)));

/** A gateway of its own, which can be taken away: what becomes of its jobs is up to the test. */
export async function simulate() {
  const gateway = spawn(gatewayTool, ["simulate", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  gateway.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  const url = await until(async () => /ws:\/\/\S+/.exec(said)?.[0], "the simulated gateway");
  const stop = () =>
    new Promise((ended) => {
      gateway.once("exit", ended);
      gateway.kill("SIGTERM");
    });
  return { url, token: "simulated-gateway-token", stop };
}

/**
 * Starts everything. `demo: false` is a server on its first day; `settings` are variables of its own; `host` is the name that its
 * pages are opened by.
 */
export async function open({ demo = true, settings = {}, host = "127.0.0.1" } = {}) {
  const data = await mkdtemp(join(tmpdir(), "mission-control-ui-"));
  const port = await freePort();
  const base = `http://${host}:${port}`;
  const server = spawn(program, ["serve", ...(demo ? ["--demo"] : []), "--port", String(port)], {
    env: { ...process.env, MISSION_CONTROL_DATA_DIR: data, BASE_URL: base, LOG_LEVEL: "WARNING", ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await until(async () => (await fetch(`${base}/readyz`)).ok, "the server");
  /** A secret that the server keeps in its data directory. */
  const kept = async (name) => (await readFile(join(data, name), "utf8")).trim();
  const token = await kept("local-auth-token");
  const api = async (method, path, body) => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  if (demo) {
    await until(
      async () => (await api("GET", "/agents")).items.filter((agent) => agent.status === "online").length >= 4,
      "the demo's agents",
    );
  }
  /** Calls a method of a registered gateway, as its agents or its operator would. */
  const callGateway = async (name, method, params) => {
    const env = { ...process.env, MISSION_CONTROL_DATA_DIR: data, LOG_LEVEL: "ERROR" };
    await promisify(execFile)(gatewayTool, ["call", method, JSON.stringify(params), "--gateway", name], { env });
  };
  const browser = await chromium.launch({ executablePath, args });
  const contexts = [];

  /** A page that is signed in; what goes wrong on it is remembered. */
  const page = async ({ signedIn = true, phone = false, theme = "light", ...options } = {}) => {
    const context = await browser.newContext({
      baseURL: base,
      colorScheme: theme,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      ...(phone
        ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
        : { viewport: { width: 1440, height: 900 } }),
      ...options,
    });
    contexts.push(context);
    if (signedIn) await context.request.post("/api/v1/auth/session", { data: { token }, headers: { Origin: base } });
    const opened = await context.newPage();
    opened.problems = [];
    opened.on("pageerror", (error) => opened.problems.push(String(error)));
    opened.on("console", (message) => {
      // Browsers report every refused request; that no onboarding began yet is an answer like any other.
      const expected = message.location().url.endsWith("/onboarding");
      if (message.type() === "error" && !expected) opened.problems.push(`${message.text()} ${message.location().url}`);
    });
    return opened;
  };

  /** Closes what the test opened: a browser has only six connections per host, and each page holds one. */
  const clear = async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  };

  const close = async () => {
    await browser.close();
    server.kill("SIGTERM");
    await new Promise((ended) => server.once("exit", ended));
    await rm(data, { recursive: true, force: true });
  };

  /** Makes the only person of the local mode a member with few rights, which no request can; needs the program sqlite3. */
  const become = (role, { read = true, write = false } = {}) =>
    promisify(execFile)("sqlite3", [
      "-cmd",
      ".timeout 10000",
      join(data, "mission-control.db"),
      `UPDATE organization_members SET role = '${role}', all_boards_read = ${read}, all_boards_write = ${write}`,
    ]);
  /** Another member, who may write to every board; needs the program sqlite3. Answers their id. */
  const colleague = async (name) => {
    const id = randomUUID();
    await promisify(execFile)("sqlite3", [
      "-cmd",
      ".timeout 10000",
      join(data, "mission-control.db"),
      `INSERT INTO users (id, clerk_user_id, name, is_super_admin) VALUES ('${id}', '${id}', '${name}', FALSE);
       INSERT INTO organization_members (id, organization_id, user_id, role, all_boards_read, all_boards_write, created_at, updated_at)
       SELECT '${randomUUID()}', organization_id, '${id}', 'member', TRUE, TRUE, created_at, updated_at FROM organization_members LIMIT 1;`,
    ]);
    return id;
  };
  /** The server says nothing any more, as when the network is gone, and goes on where it was. */
  const freeze = () => server.kill("SIGSTOP");
  const thaw = () => server.kill("SIGCONT");
  return { base, token, kept, api, callGateway, page, clear, become, colleague, freeze, thaw, close };
}

const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules of axe whose outcome depends on the theme. */
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** Faults that axe finds on the page as it is, by every rule or by `some`. */
export async function faults(page, some = { type: "tag", values: EVERYTHING }) {
  // The content security policy forbids scripts from elsewhere; the debugger may add one all the same.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), some);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1] ?? ""}`),
  );
}
