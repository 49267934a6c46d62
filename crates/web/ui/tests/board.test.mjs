import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Calm",
    slug: "calm",
    description: "For people.",
    gateway_id,
    max_agents: 0,
    require_approval_for_done: false,
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
const tasksNow = async () => (await stage.api("GET", `/boards/${board.id}/tasks?limit=200`)).items;
const taskNow = async ({ id }) => (await tasksNow()).find((task) => task.id === id);
const card = (page, task) => page.locator(`[data-card="${task.id}"]`);
const column = (page, name) => page.getByRole("region", { name: new RegExp(`^${name},`) });

test("the panel of a task leaves the board in use: another card opens in it, J and K follow what is seen, Back closes it", async () => {
  const tasks = [await newTask("Pane one"), await newTask("Pane two"), await newTask("Pane three")];
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?q=pane&sort=key`, "Calm");
  await card(page, tasks[0]).click();
  const panel = (title) => page.getByRole("dialog", { name: new RegExp(title) });
  await panel("Pane one").waitFor();
  assert.equal(await card(page, tasks[0]).getAttribute("aria-current"), "true");
  assert.deepEqual(await faults(page), []);
  // Nothing lies over the board.
  await card(page, tasks[2]).click();
  await panel("Pane three").waitFor();
  await page.keyboard.press("k");
  await panel("Pane two").waitFor();
  assert.equal(await card(page, tasks[1]).getAttribute("aria-current"), "true");
  await page.goBack();
  await panel("Pane").waitFor({ state: "detached" });
  assert.match(page.url(), /boards/);
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, tasks[1].id);

  // In the table it is the table's order that counts.
  await page.goto(`/boards/${board.id}?q=pane&view=table&sort=-key`);
  await page.getByRole("button", { name: "Pane three" }).click();
  await panel("Pane three").waitFor();
  await page.keyboard.press("j");
  await panel("Pane two").waitFor();
  await page.keyboard.press("Escape");
  await panel("Pane").waitFor({ state: "detached" });
});

test("the panel is made wider with the keys and the pointer, and stays so", async () => {
  const task = await newTask("Wider");
  const page = await stage.page();
  await visit(page, `/boards/${board.id}?taskId=${task.id}`, "Wider", 2);
  const panel = page.getByRole("dialog", { name: /Wider/ });
  const width = async () => (await panel.boundingBox()).width;
  const before = await width();
  const edge = page.getByRole("separator", { name: "Change the width" });
  await edge.press("ArrowLeft");
  await until(async () => (await width()) === before + 32, "the wider panel");
  const box = await edge.boundingBox();
  await page.mouse.move(box.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + 104, 400, { steps: 4 });
  await page.mouse.up();
  const after = await width();
  assert.ok(Math.abs(after - (before - 68)) < 8, `${before} → ${after}`);
  await page.reload();
  await panel.waitFor();
  assert.equal(await width(), after);
});

test("the board is one stop of Tab; arrows go from card to card, from anywhere on the page", async () => {
  const tasks = [await newTask("Stop one"), await newTask("Stop two", { status: "in_progress" })];
  const page = await stage.page();
  await visit(page, `/boards/${board.id}?q=stop&sort=key`, "Calm");
  await card(page, tasks[1]).waitFor();
  assert.equal(await page.locator('[data-card][tabindex="0"]').count(), 1);
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, tasks[0].id);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, tasks[1].id);
  assert.equal(await card(page, tasks[1]).getAttribute("tabindex"), "0");
  assert.equal(await page.locator('[data-card][tabindex="0"]').count(), 1);
});

test("several cards are chosen with Ctrl, Shift and X, changed by one key, and dragged together", async () => {
  const tasks = [];
  for (const title of ["Pack one", "Pack two", "Pack three", "Pack four"]) tasks.push(await newTask(title));
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?q=pack&sort=key`, "Calm");
  await card(page, tasks[0]).click({ modifiers: ["ControlOrMeta"] });
  await card(page, tasks[2]).click({ modifiers: ["Shift"] });
  await page.getByRole("toolbar", { name: "3 selected" }).waitFor();
  await card(page, tasks[1]).focus();
  await page.keyboard.press("x");
  await page.getByRole("toolbar", { name: "2 selected" }).waitFor();
  assert.deepEqual(await faults(page), []);
  await card(page, tasks[0]).focus();
  await page.keyboard.press("p");
  await page.getByRole("option", { name: "High" }).click();
  await until(
    async () => (await Promise.all([tasks[0], tasks[2]].map(taskNow))).every((task) => task.priority === "high"),
    "both",
  );
  assert.equal((await taskNow(tasks[1])).priority, "medium");

  const from = await card(page, tasks[0]).boundingBox();
  const to = await column(page, "In progress").boundingBox();
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 150, { steps: 10 });
  await page.mouse.up();
  await page.getByText("2 moved").waitFor();
  assert.deepEqual(
    (await Promise.all(tasks.map(taskNow))).map(({ status }) => status),
    ["in_progress", "inbox", "in_progress", "inbox"],
  );
  await card(page, tasks[1]).click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("toolbar", { name: /selected/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("toolbar", { name: /selected/ }).waitFor({ state: "detached" });
});

test("tasks are written into a column one after the other, and a column is folded away", async () => {
  const page = await stage.page();
  await visit(page, `/boards/${board.id}`, "Calm");
  await column(page, "Review").getByRole("button", { name: "Add a task to Review" }).click();
  await page.keyboard.type("First line");
  await page.keyboard.press("Enter");
  await column(page, "Review").getByText("First line").waitFor();
  await page.keyboard.type("Second line");
  await page.keyboard.press("Enter");
  await column(page, "Review").getByText("Second line").waitFor();
  await page.keyboard.press("Escape");
  assert.equal((await tasksNow()).filter(({ title, status }) => / line$/.test(title) && status === "review").length, 2);

  await column(page, "Review").getByRole("button", { name: "Fold Review" }).press("Enter");
  await column(page, "Review").getByText("First line").waitFor({ state: "detached" });
  await page.reload();
  await column(page, "Review").getByRole("button", { name: "Unfold Review" }).click();
  await column(page, "Review").getByText("First line").waitFor();
});

test("a filter is made of parts: completed while typing, turned round, taken away, and known for what they are", async () => {
  const [docs, other] = [
    await stage.api("POST", "/tags", { name: "Docs" }),
    await stage.api("POST", "/tags", { name: "Doc" }),
  ];
  const tasks = [
    await newTask("Part docs", { tag_ids: [docs.id] }),
    await newTask("Part doc", { tag_ids: [other.id] }),
    await newTask("Part none", { priority: "high" }),
  ];
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?q=part`, "Calm");
  const field = page.getByRole("searchbox", { name: "Filter" });
  await field.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" tag:do");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await list.getByRole("option", { name: /Docs 1/ }).waitFor();
  await list.getByRole("option", { name: /Doc 1/ }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.keyboard.type("cs");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove Tag: Docs" }).waitFor();
  await page.waitForURL(/q=tag%3Adocs\+part/);
  await card(page, tasks[1]).waitFor({ state: "detached" });
  await card(page, tasks[0]).waitFor();
  assert.equal(await field.inputValue(), "part");

  await page.getByRole("button", { name: "Tag: Docs: turn into its opposite" }).click();
  await page.getByRole("button", { name: "Remove not Tag: Docs" }).waitFor();
  await card(page, tasks[0]).waitFor({ state: "detached" });
  await card(page, tasks[1]).waitFor();

  // The menu ticks what is meant, and nothing that is only similar.
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const menu = page.getByRole("dialog", { name: "Filter" });
  await menu.getByRole("option", { name: /^Tag: Docs/ }).waitFor();
  assert.equal(await menu.getByText("chosen").count(), 0, "what is left out is not ticked");
  await menu.getByRole("option", { name: /^Priority: High/ }).click();
  await page.keyboard.press("Escape");
  await card(page, tasks[2]).waitFor();
  await page.waitForURL(/-tag%3Adocs\+priority%3Ahigh\+part/);

  await page.goto(`/boards/${board.id}?q=is%3Ablockd`);
  await page.getByRole("button", { name: /^State: blockd/ }).waitFor();
  assert.match(await page.getByRole("button", { name: /^State: blockd/ }).textContent(), /\?$/);
  await page.getByRole("button", { name: "Remove State: blockd" }).click();
  await card(page, tasks[0]).waitFor();
  assert.deepEqual(page.problems, []);
});

test("letters of a filter wait for a pause, and take little time each", async () => {
  for (let n = 0; n < 3; n += 1) await newTask(`Letters ${n}`);
  const page = await stage.page();
  await visit(page, `/boards/${board.id}`, "Calm");
  let moves = 0;
  page.on("framenavigated", () => (moves += 1));
  await page.getByRole("searchbox", { name: "Filter" }).pressSequentially("letters and more", { delay: 20 });
  await page.waitForURL(/q=letters/);
  assert.ok(moves <= 2, `${moves} addresses for 16 letters`);
});

test("a view is kept under a name, and stands below its board in the side bar", async () => {
  const task = await newTask("Seen in a view", { priority: "urgent" });
  const page = await stage.page();
  await visit(page, `/boards/${board.id}?q=priority%3Aurgent&sort=title`, "Calm");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save the view…" }).click();
  await page.getByLabel("Name of the view").fill("On fire");
  await page.keyboard.press("Enter");
  const link = page.getByRole("navigation", { name: "Navigation" }).getByRole("link", { name: "On fire" });
  await link.waitFor();
  await visit(page, "/dashboard", "Dashboard");
  await link.click();
  await card(page, task).waitFor();
  await page.waitForURL(/q=priority%3Aurgent.*sort=title/);
});

test("the table sorts by meaning and says so, its columns are chosen, and their widths kept", async () => {
  await stage.api("POST", "/organizations/me/custom-fields", {
    field_key: "size",
    label: "Size",
    field_type: "integer",
    board_ids: [board.id],
  });
  await newTask("Sort low", { priority: "low", custom_field_values: { size: 2 } });
  await newTask("Sort urgent", { priority: "urgent", custom_field_values: { size: 10 } });
  await newTask(`Sort high ${"and very long ".repeat(20)}`, { priority: "high" });
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?view=table&q=sort`, "Calm");
  const titles = () => page.locator("tbody [data-card]").allTextContents();
  await page.getByRole("button", { name: "Priority", exact: true }).click();
  await page.waitForURL(/sort=priority/);
  assert.deepEqual(
    (await titles()).map((title) => title.split(" ")[1]),
    ["urgent", "high", "low"],
  );
  await page.locator('th[aria-sort="ascending"]').getByText("Priority").waitFor();
  await page.getByRole("button", { name: "Priority", exact: true }).click();
  await page.waitForURL(/sort=-priority/);
  await page.locator('th[aria-sort="descending"]').getByText("Priority").waitFor();
  const wide = await page.evaluate(
    () => document.querySelector("table").scrollWidth - document.querySelector("table").parentElement.clientWidth,
  );
  assert.ok(wide <= 0, "a long title pushes nothing out of sight");

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("option", { name: "Size" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Size", exact: true }).click();
  await until(async () => (await titles())[0]?.startsWith("Sort low"), "the numbers in their order");
  assert.deepEqual(
    (await titles()).map((title) => title.split(" ")[1]),
    ["low", "urgent", "high"],
  );
  assert.deepEqual(await faults(page), []);
  const heading = page.locator("th", { hasText: "Status" });
  const before = (await heading.boundingBox()).width;
  await page.getByRole("separator", { name: "Width of Status" }).press("ArrowRight");
  await until(async () => (await heading.boundingBox()).width > before + 8, "the wider column");
  await page.reload();
  await page.getByRole("button", { name: "Size", exact: true }).waitFor();
  assert.ok((await heading.boundingBox()).width > before + 8);
});
