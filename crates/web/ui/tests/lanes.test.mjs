// Lanes, limits of columns, and the order that people give a board.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, keys, open, until, visit } from "./stage.mjs";

let stage;
let board;
let me;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Arranged",
    slug: "arranged",
    description: "In order.",
    gateway_id,
    max_agents: 0,
    require_approval_for_done: false,
  });
  me = await stage.api("GET", "/users/me");
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
const taskNow = ({ id }) => stage.api("GET", `/boards/${board.id}/tasks/${id}`);
const card = (page, task) => page.locator(`[data-card="${task.id}"]`);
const lane = (page, name) => page.getByRole("region", { name: new RegExp(`^${name}, `) });
const titles = (page, column) => page.locator(`[data-column="${column}"] [data-card] h3`).allTextContents();

test("cards in lanes: folded with their number, walked through, and moved across by keys and by the mouse", async () => {
  const low = await newTask("Lane low", { priority: "low" });
  const high = await newTask("Lane high", { priority: "high" });
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?q=lane`, "Arranged");
  await page.getByRole("combobox", { name: "Group by" }).selectOption("priority");
  await lane(page, "High").getByRole("button", { name: "High 1", exact: true }).waitFor();
  await card(page, low).waitFor();
  assert.deepEqual(await faults(page), []);
  // Arrows go through the lanes.
  await card(page, high).focus();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, low.id);
  // M picks the card up; the arrows choose lane and column.
  await keys(page, "m", "ArrowUp");
  await page.getByText("Over Medium, Inbox.").waitFor();
  await page.keyboard.press("Enter");
  await until(async () => (await taskNow(low)).priority === "medium", "the lane above");
  assert.equal((await taskNow(low)).status, "inbox");
  // The mouse takes it to another lane and column at once.
  const from = await card(page, low).boundingBox();
  const to = await page.getByRole("group", { name: "High, In progress" }).boundingBox();
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 20, { steps: 12 });
  await page.mouse.up();
  await until(async () => {
    const now = await taskNow(low);
    return now.priority === "high" && now.status === "in_progress";
  }, "the other lane and column");
  await lane(page, "High").getByRole("button", { name: "High 2", exact: true }).click();
  await card(page, high).waitFor({ state: "detached" });
  await page.reload();
  await lane(page, "High").getByRole("button", { name: "High 2", exact: true, expanded: false }).waitFor();
  assert.deepEqual(page.problems, []);
});

test("the tasks of a lane are chosen together, dragged to another one, and all taken back", async () => {
  const tasks = [];
  for (const title of ["Band one", "Band two"]) tasks.push(await newTask(title, { priority: "low" }));
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?q=band&group=priority`, "Arranged");
  await lane(page, "Low").getByRole("button", { name: "Select the tasks of Low" }).click();
  await page.getByRole("toolbar", { name: "2 selected" }).waitFor();
  const from = await card(page, tasks[0]).boundingBox();
  const to = await page.getByRole("group", { name: "High, In progress" }).boundingBox();
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 20, { steps: 12 });
  await page.mouse.up();
  const are = async (priority, status) =>
    (await Promise.all(tasks.map(taskNow))).every((now) => now.priority === priority && now.status === status);
  await until(() => are("high", "in_progress"), "both in the other lane and column");
  await page.getByText("2 moved").waitFor();
  await page.keyboard.press("z");
  await until(() => are("low", "inbox"), "both where they were");
  assert.deepEqual(page.problems, []);
});

test("one's own lane is first", async () => {
  await newTask("Whose one");
  await newTask("Whose two", { assigned_user_id: me.id });
  const page = await stage.page();
  await visit(page, `/boards/${board.id}?q=whose&group=assignee`, "Arranged");
  await lane(page, "Nobody").waitFor();
  const names = await page.locator("section > h3").allTextContents();
  assert.match(names[0], /\(you\)1$/i);
  assert.match(names[1], /^Nobody/);
});

test("cards are arranged with Alt and the arrows and by dragging, and two who do so end with one order", async () => {
  const tasks = [];
  for (const title of ["Order c", "Order b", "Order a"]) tasks.push(await newTask(title));
  const [c, b, a] = tasks;
  const page = await stage.page({ reducedMotion: "reduce" });
  const other = await stage.page();
  const address = `/boards/${board.id}?q=order&sort=manual`;
  await visit(page, address, "Arranged");
  await visit(other, address, "Arranged");
  await card(page, c).waitFor();
  assert.deepEqual(await titles(page, "inbox"), ["Order a", "Order b", "Order c"]);
  await card(page, c).focus();
  await page.keyboard.press("Alt+ArrowUp");
  const shown = async (pages, wanted) =>
    until(
      async () =>
        (await Promise.all(pages.map((one) => titles(one, "inbox")))).every((now) => now.join() === wanted.join()),
      wanted.join(),
    );
  await shown([page, other], ["Order a", "Order c", "Order b"]);
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, c.id);
  // By the mouse to the top.
  const from = await card(other, b).boundingBox();
  const first = await card(other, a).boundingBox();
  await other.mouse.move(from.x + 40, from.y + 20);
  await other.mouse.down();
  await other.mouse.move(first.x + 40, first.y + 2, { steps: 12 });
  await other.mouse.up();
  await shown([page, other], ["Order b", "Order a", "Order c"]);
  // At once: whatever comes of it, both see the same, and so does who comes later.
  await Promise.all([card(page, c).press("Alt+ArrowUp"), card(other, b).press("Alt+ArrowDown")]);
  const late = await stage.page();
  await visit(late, address, "Arranged");
  await card(late, a).waitFor();
  await until(async () => {
    const [one, two, three] = await Promise.all([page, other, late].map((each) => titles(each, "inbox")));
    return one.join() === two.join() && two.join() === three.join();
  }, "one order");
  assert.deepEqual(page.problems, []);
});

test("a column says how many cards it is to have, and that it has more", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}/settings`, "Board settings");
  const limit = page.getByRole("spinbutton", { name: "Review" });
  await limit.fill("1");
  await limit.press("Enter");
  await page.getByText("Saved").first().waitFor();
  await page.getByRole("switch", { name: "Refuse agents beyond the limit" }).click();
  await until(async () => (await stage.api("GET", `/boards/${board.id}`)).wip_refuses_agents, "the switch");
  assert.deepEqual(await faults(page), []);
  for (const title of ["Full one", "Full two"]) await newTask(title, { status: "review" });
  await visit(page, `/boards/${board.id}`, "Arranged");
  const column = page.getByRole("region", { name: /^Review,/ });
  await column.getByText("2 / 1").waitFor();
  await column.getByText("1 too many").waitFor();
  assert.deepEqual(await faults(page), []);
});
