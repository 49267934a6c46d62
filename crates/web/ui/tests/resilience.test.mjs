import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { keys, open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Steady",
    slug: "steady",
    description: "For people.",
    gateway_id,
    max_agents: 0,
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
const taskNow = async ({ id }) =>
  (await stage.api("GET", `/boards/${board.id}/tasks?limit=200`)).items.find((task) => task.id === id);

test("code that does not arrive leaves a notice in its place, the page goes on, and trying again helps", async () => {
  const page = await stage.page();
  await page.route("**/assets/new-task-*.js", (route) => route.abort());
  await visit(page, `/boards/${board.id}`, "Steady");
  await page.keyboard.press("c");
  await page.getByRole("alert").getByText("This part could not be shown").waitFor();
  await page.getByRole("heading", { name: "Steady", level: 1 }).waitFor();
  await page.unroute("**/assets/new-task-*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("dialog", { name: "New task" }).waitFor();
});

test("a tab of an older version offers the new one instead of breaking", async () => {
  const page = await stage.page();
  await visit(page, "/dashboard", "Dashboard");
  await page.route("**/assets/*.js", (route) => route.fulfill({ status: 404 }));
  await page.route("**/", (route) =>
    route.fulfill({ contentType: "text/html", body: '<script type="module" src="/assets/index-newer.js"></script>' }),
  );
  await keys(page, "g", "f");
  await page.getByRole("alert").getByText("There is a new version").waitFor();
  await page.getByRole("button", { name: "Reload" }).waitFor();
  await page.getByRole("navigation").getByText("Inbox").waitFor();
});

test("eight tabs of one browser share one event stream, and another tab goes on when its holder closes", async () => {
  const first = await stage.page();
  const context = first.context();
  const streams = [];
  context.on(
    "request",
    (request) => new URL(request.url()).pathname.endsWith("/api/v1/events") && streams.push(request),
  );
  await visit(first, `/boards/${board.id}`, "Steady");
  const others = await Promise.all(Array.from({ length: 7 }, () => context.newPage()));
  for (const page of others) await visit(page, `/boards/${board.id}`, "Steady");
  assert.equal(streams.length, 1);
  await newTask("Seen by all");
  for (const page of [first, ...others]) await page.getByText("Seen by all").first().waitFor();
  await first.close();
  await until(async () => streams.length === 2, "another tab to take the stream");
  await newTask("Seen by the rest");
  for (const page of others) await page.getByText("Seen by the rest").first().waitFor();
});

test("another organization is shown at once, in every tab", async () => {
  const page = await stage.page();
  const [{ id: home }] = await stage.api("GET", "/organizations/me/list");
  await visit(page, "/boards", "Boards");
  const other = await page.context().newPage();
  await visit(other, "/boards", "Boards");
  const made = await stage.api("POST", "/organizations", { name: "Second" });
  await stage.api("PATCH", "/organizations/me/active", { organization_id: home });
  await page.reload();
  await page.getByText("Steady").first().waitFor();
  await page
    .getByRole("button", { name: /Organization/ })
    .first()
    .click();
  await page.getByRole("menuitemcheckbox", { name: "Second" }).click();
  await page.waitForURL("**/dashboard");
  for (const tab of [page, other]) await tab.getByText("Steady").first().waitFor({ state: "detached" });
  assert.equal((await stage.api("GET", "/organizations/me/list")).find(({ is_active }) => is_active).id, made.id);
  await stage.api("PATCH", "/organizations/me/active", { organization_id: home });
});

test("a stream of events leaves the activity page small and quick", async () => {
  const page = await stage.page();
  await visit(page, `/activity?board=${board.id}`, "Activity");
  for (let at = 0; at < 30; at += 1)
    await Promise.all(Array.from({ length: 20 }, (_, n) => newTask(`Busy ${at} ${n}`)));
  await page.getByText("Busy 29").first().waitFor();
  assert.ok((await page.evaluate(() => document.querySelectorAll("main *").length)) < 2500);
});

test("a due date can be typed: nothing is sent before it is whole", async () => {
  const task = await newTask("Date it");
  const page = await stage.page();
  const sent = [];
  page.on("request", (request) => request.method() === "PATCH" && sent.push(request.postDataJSON()));
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  const field = page.getByLabel("Due", { exact: true });
  await field.focus();
  await page.keyboard.type("11112031");
  assert.deepEqual(sent, []);
  await page.keyboard.press("Enter");
  await until(async () => (await taskNow(task)).due_at?.startsWith("2031-11-11"), "the due date");
  assert.equal(sent.length, 1);
});

test("keys that walk through the values of a property decide with Enter alone", async () => {
  const task = await newTask("Walk");
  const page = await stage.page();
  const sent = [];
  page.on("request", (request) => request.method() === "PATCH" && sent.push(request.postDataJSON()));
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  await page.getByRole("dialog").getByLabel("Priority").press("Enter");
  const values = page.getByRole("dialog", { name: "Priority" });
  await values.getByRole("option", { name: "Medium" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(sent, []);
  await page.keyboard.press("Enter");
  await until(async () => (await taskNow(task)).priority === "low", "the priority");
  assert.equal(sent.length, 1);
});

test("what is typed outlives Escape, closing, another page and a reload", async () => {
  const task = await newTask("Keep my words");
  const page = await stage.page();
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  const panel = page.getByRole("dialog", { name: /Keep my words/ });
  await panel.getByRole("button", { name: "Add a description" }).click();
  const field = panel.getByLabel("Description");
  await field.fill("A long thought");
  await page.keyboard.press("Escape");
  assert.equal(await field.inputValue(), "A long thought");
  await panel.getByRole("button", { name: "Close" }).click();
  await panel.waitFor({ state: "detached" });
  await page.locator(`[data-card="${task.id}"]`).click();
  assert.equal(await field.inputValue(), "A long thought");
  await page.reload();
  assert.equal(await field.inputValue(), "A long thought");
  await panel.getByRole("button", { name: "Cancel" }).click();
  await panel.getByRole("button", { name: "Add a description" }).waitFor();

  await page.goto("/tags");
  await page.getByRole("button", { name: /tag/i }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Half a tag");
  await page.keyboard.press("Escape");
  await page
    .getByRole("dialog", { name: "Throw away what you typed?" })
    .getByRole("button", { name: "Cancel" })
    .click();
  assert.equal(await dialog.getByLabel("Name").inputValue(), "Half a tag");
});

test("searching takes letters that an input method composes, and letters in the middle", async () => {
  const page = await stage.page();
  for (const [path, heading, name] of [
    [`/boards/${board.id}`, "Steady", "Filter"],
    ["/activity", "Activity", "Search in Activity"],
  ]) {
    await visit(page, path, heading);
    const field = page.getByRole("searchbox", { name });
    await field.focus();
    const client = await page.context().newCDPSession(page);
    for (const text of ["n", "ni", "ni h"])
      await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await client.send("Input.insertText", { text: "你好" });
    assert.equal(await field.inputValue(), "你好", path);
    await page.waitForURL(/q=/);
    await field.fill("abcdef");
    await page.keyboard.press("Home");
    await page.keyboard.type("XY", { delay: 180 });
    assert.equal(await field.inputValue(), "XYabcdef", path);
    await page.waitForURL(/q=XYabcdef/);
  }
});

test("a card is put down with Enter without opening, and Back closes the panel for good", async () => {
  const task = await newTask("Carry me");
  const page = await stage.page();
  await visit(page, "/boards", "Boards");
  await page.goto(`/boards/${board.id}`);
  const card = page.locator(`[data-card="${task.id}"]`);
  await card.focus();
  // Who knows the keys does not wait for what the page makes of each.
  await keys(page, "m", "ArrowRight", "ArrowRight", "Enter");
  await until(async () => (await taskNow(task)).status === "review", "the move two columns on");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.locator('[data-column="review"]').getByText("Carry me").waitFor();
  await card.focus();
  await keys(page, "m", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight", "Space");
  await until(async () => (await taskNow(task)).status === "in_progress", "the move back");
  await card.focus();
  await keys(page, "m", "ArrowRight", "Escape");
  await page.getByText(/Carry me stays where it was/).waitFor();
  assert.equal((await taskNow(task)).status, "in_progress");

  await card.click();
  await page.getByRole("dialog", { name: /Carry me/ }).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("dialog", { name: /Carry me/ }).waitFor({ state: "detached" });
  await page.goBack();
  await page.getByRole("heading", { name: "Boards", level: 1 }).waitFor();
});

test("a board that is left with a card in hand keeps no key from the next page", async () => {
  const task = await newTask("Left behind");
  const page = await stage.page();
  await visit(page, "/boards", "Boards");
  const link = page.getByRole("main").getByRole("link", { name: board.name });
  await link.click();
  await page.locator(`[data-card="${task.id}"]`).focus();
  await keys(page, "m", "ArrowRight");
  await page.getByText("Over In progress.").waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Boards", level: 1 }).waitFor();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: board.name, level: 1 }).waitFor();
  assert.equal((await taskNow(task)).status, "inbox");
});

test("what cannot be read is not called all clear", async () => {
  const page = await stage.page();
  for (const path of ["**/api/v1/approvals?*", "**/api/v1/agents?*"]) {
    await page.route(path, (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/json",
        body: JSON.stringify({ detail: "Out of order", code: "internal" }),
      }),
    );
  }
  await page.goto("/dashboard");
  await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
  await until(async () => (await page.getByRole("alert").count()) >= 2, "both failures");
  assert.equal(await page.getByText("All clear").count(), 0);
});

test("a tab that nobody looks at holds no event stream, also when it was opened like that", async () => {
  const page = await stage.page();
  const opened = [];
  const ended = [];
  const isStream = (request) => new URL(request.url()).pathname.endsWith("/api/v1/events");
  page.on("request", (request) => isStream(request) && opened.push(request));
  page.on("requestfailed", (request) => isStream(request) && ended.push(request));
  await page.clock.install();
  await page.addInitScript(() => {
    window.seen = "hidden";
    Object.defineProperty(document, "visibilityState", { get: () => window.seen });
  });
  await page.goto(`/boards/${board.id}`);
  await page.getByRole("heading", { name: "Steady", level: 1 }).waitFor();
  await page.clock.fastForward(61_000);
  await until(async () => ended.length === 1, "the stream to be let go");
  await newTask("While nobody looked");
  await page.evaluate(() => {
    window.seen = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await page.getByText("While nobody looked").first().waitFor();
  assert.deepEqual([opened.length, ended.length], [2, 1]);
});
