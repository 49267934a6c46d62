// A server with the demo's fleet, and a browser in front of it.
import { execFile, spawn } from "node:child_process";
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

/** Starts everything. `demo: false` is a server on its first day. */
export async function open({ demo = true } = {}) {
  const data = await mkdtemp(join(tmpdir(), "mission-control-ui-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = spawn(program, ["serve", ...(demo ? ["--demo"] : []), "--port", String(port)], {
    env: { ...process.env, MISSION_CONTROL_DATA_DIR: data, LOG_LEVEL: "WARNING" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await until(async () => (await fetch(`${base}/readyz`)).ok, "the server");
  const token = (await readFile(join(data, "local-auth-token"), "utf8")).trim();
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
  return { base, token, api, callGateway, page, clear, become, close };
}

/** Faults that axe finds on the page as it is. */
export async function faults(page) {
  // The content security policy forbids scripts from elsewhere; the debugger may add one all the same.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1] ?? ""}`),
  );
}
