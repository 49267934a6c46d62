import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { COLOURS, faults, open, visit } from "./stage.mjs";

let stage;
/** Every page: its address, and a heading that is there when it is ready. */
let pages;

before(async () => {
  stage = await open();
  const [board] = (await stage.api("GET", "/boards")).items;
  const agent = (await stage.api("GET", "/agents")).items.find(({ board_id }) => board_id === board.id);
  const [gateway] = (await stage.api("GET", "/gateways")).items;
  const group = await stage.api("POST", "/board-groups", { name: "Growth", slug: "growth" });
  await stage.api("PATCH", `/boards/${board.id}`, { board_group_id: group.id });
  const tag = await stage.api("POST", "/tags", { name: "Docs" });
  await stage.api("POST", "/organizations/me/custom-fields", {
    field_key: "customer",
    label: "Customer",
    field_type: "text",
    board_ids: [board.id],
  });
  const webhook = await stage.api("POST", `/boards/${board.id}/webhooks`, { description: "Builds" });
  await fetch(`${stage.base}${webhook.endpoint_path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"ok":true}',
  });
  const task = await stage.api("POST", `/boards/${board.id}/tasks`, {
    title: "Look at everything",
    description: "All **pages**.",
    tag_ids: [tag.id],
    priority: "high",
  });
  await stage.api("POST", `/boards/${board.id}/tasks/${task.id}/comments`, { message: "A comment." });
  await stage.api("POST", `/boards/${board.id}/approvals`, {
    action_type: "deploy",
    confidence: 70,
    task_id: task.id,
    lead_reasoning: "Why not?",
    rubric_scores: { risk: 20, clarity: 90 },
  });
  await stage.api("POST", `/boards/${board.id}/memory`, { content: "Hello", tags: ["chat"] });
  await stage.api("POST", "/organizations/me/invites", {
    invited_email: "someone@example.com",
    role: "member",
    all_boards_read: true,
  });
  await stage.api("POST", "/exec-policies", {
    board_id: board.id,
    pattern: "cargo test",
    matching: "prefix",
    effect: "allow",
    reason: "Tests harm nobody.",
  });
  const [job] = (await stage.api("GET", "/jobs?kind=agent.provision&limit=1")).items;
  pages = [
    ["/dashboard", "Dashboard"],
    ["/inbox", "Inbox"],
    ["/activity", "Activity"],
    ["/boards", "Boards"],
    ["/boards/new", "New board"],
    [`/boards/${board.id}`, board.name],
    [`/boards/${board.id}?view=table`, board.name],
    [`/boards/${board.id}?panel=chat`, board.name],
    [`/boards/${board.id}?panel=notes`, board.name],
    [`/boards/${board.id}?taskId=${task.id}`, "Look at everything", 2],
    [`/boards/${board.id}/tasks/${task.id}`, "Look at everything"],
    ["/t/NONE-1", "NONE-1"],
    [`/boards/${board.id}/settings`, "Board settings"],
    [`/boards/${board.id}/onboarding`, `The goal of ${board.name}`],
    [`/boards/${board.id}/webhooks/${webhook.id}`, "Payloads"],
    ["/groups", "Board groups"],
    [`/groups/${group.id}`, "Growth"],
    ["/agents", "Agents"],
    [`/agents/${agent.id}`, agent.name],
    [`/agents/${agent.id}?tab=messages`, agent.name],
    [`/agents/${agent.id}?tab=files`, agent.name],
    [`/agents/${agent.id}?tab=sessions`, agent.name],
    ["/jobs", "Jobs"],
    [`/jobs?job=${job.id}`, "Provision an agent", 2],
    ["/exec-policies", "Rules for commands"],
    ["/gateways", "Gateways"],
    [`/gateways/${gateway.id}`, gateway.name],
    ...["messages", "commands", "look", "files", "sessions"].map((tab) => [
      `/gateways/${gateway.id}?tab=${tab}`,
      gateway.name,
    ]),
    ["/skills", "Skills"],
    ["/skills/packs", "Skill packs"],
    ["/organization", "Members"],
    ["/invite?token=abc", "Invitation"],
    ["/tags", "Tags"],
    ["/custom-fields", "Custom fields"],
    ["/settings", "Settings"],
    ["/tokens", "API tokens"],
    ["/connect", "Connect (MCP)"],
    ["/audit", "Audit"],
    ["/usage", "Usage"],
    ["/nowhere", "Not found"],
  ];
});
afterEach(() => stage.clear());
after(() => stage?.close());

test("no page has a fault that axe can find, in light or dark", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  const found = [];
  for (const place of pages) {
    await visit(page, ...place);
    found.push(...(await faults(page)).map((fault) => `${place[0]} ${fault}`));
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(
      () =>
        document.documentElement.dataset.theme === "dark" &&
        !document.getAnimations().some((animation) => animation instanceof CSSTransition),
    );
    found.push(...(await faults(page, COLOURS)).map((fault) => `${place[0]} (dark) ${fault}`));
    await page.emulateMedia({ colorScheme: "light" });
  }
  assert.deepEqual(found, []);
  assert.deepEqual(page.problems, []);
});

test("windows, menus and the sign-in form have none either", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  const found = [];
  const look = async (what) => found.push(...(await faults(page)).map((fault) => `${what}: ${fault}`));
  await visit(page, ...pages.find(([path]) => path.startsWith("/boards/") && !path.includes("new")));
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search and commands" }).waitFor();
  await look("palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await look("shortcuts");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await page.getByRole("dialog", { name: "New task" }).waitFor();
  await look("new task");
  await page.keyboard.press("Escape");
  await page.goto(pages.find(([path]) => path.endsWith("view=table"))[0]);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("toolbar", { name: /selected/ }).waitFor();
  await look("many tasks");
  await page.goto("/gateways");
  await page.getByRole("button", { name: "Connect a gateway" }).click();
  await page.getByRole("dialog").waitFor();
  await look("gateway form");
  const stranger = await stage.page({ signedIn: false });
  await stranger.goto("/");
  await stranger.getByRole("heading", { name: "Sign in to Mission Control" }).waitFor();
  found.push(...(await faults(stranger)));
  assert.deepEqual(found, []);
});

test("every page fits a phone and has a title of its own", async () => {
  const page = await stage.page({ phone: true });
  const titles = new Set();
  for (const place of pages) {
    await visit(page, ...place);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, `${place[0]} is ${sideways} pixels too wide`);
    titles.add(await page.title());
  }
  // Parts of a page, which its query names, have its title.
  const places = new Set(pages.map(([path]) => path.split("?")[0]));
  assert.ok(titles.size >= places.size, [...titles].join(", "));
  assert.deepEqual(page.problems, []);
});

/** How far what is on the page moved by itself since it was opened, as browsers add it up (CLS). */
async function moved(page) {
  // What the last frame moved is told after it.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  return page.evaluate(() => {
    const shifts = window.shifts.filter(({ hadRecentInput }) => !hadRecentInput);
    return shifts.reduce((all, { value }) => all + value, 0);
  });
}

for (const [network, phone] of [["usual"], ["slow"], ["slow", true]]) {
  test(`hardly anything moves while a page comes over a ${network} network${phone ? " to a phone" : ""}`, async (context) => {
    const page = await stage.page({ phone });
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries())).observe({
        type: "layout-shift",
        buffered: true,
      });
    });
    if (network === "slow") {
      const session = await page.context().newCDPSession(page);
      const bytes = 1.6e6 / 8;
      const slow = { offline: false, latency: 150, downloadThroughput: bytes, uploadThroughput: bytes };
      await session.send("Network.emulateNetworkConditions", slow);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    const far = [];
    for (const [path, heading, last] of [
      ["/dashboard", "Dashboard", phone ? "Fleet" : /^Usage, last/],
      ["/activity", "Activity"],
    ]) {
      await visit(page, path, heading);
      if (last) await page.getByRole("heading", { name: last }).waitFor();
      const shift = await moved(page);
      context.diagnostic(`${path}: ${shift.toFixed(4)}`);
      if (shift >= 0.03) far.push(`${path}: ${shift}`);
    }
    assert.deepEqual(far, []);
  });
}

test("a server on its first day leads to the first step, and every list teaches", async () => {
  const fresh = await open({ demo: false });
  try {
    const page = await fresh.page();
    await page.goto("/");
    await page.getByRole("heading", { name: "Get started" }).waitFor();
    await page.getByRole("link", { name: "Connect a gateway" }).click();
    await page.getByRole("dialog", { name: "Connect a gateway" }).getByLabel("Address").waitFor();
    for (const [path, heading] of [
      ["/gateways", "No gateways yet"],
      ["/boards", "No boards yet"],
      ["/agents", "No agents yet"],
      ["/groups", "No board groups yet"],
      ["/tags", "No tags yet"],
      ["/custom-fields", "No custom fields yet"],
      ["/inbox", "All clear"],
      ["/jobs", "No jobs yet"],
      ["/boards/new", "Connect a gateway first"],
    ]) {
      await page.goto(path);
      await page.getByRole("heading", { name: heading }).waitFor();
    }
    assert.deepEqual(page.problems, []);
  } finally {
    await fresh.close();
  }
});
