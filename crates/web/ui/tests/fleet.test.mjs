import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

const AGENTS = 200;

let stage;
let board;
let model;
before(async () => {
  stage = await open();
  const [demo] = (await stage.api("GET", "/boards")).items;
  model = (await stage.api("GET", "/agents")).items.find((agent) => !agent.is_board_lead && !agent.is_gateway_main);
  board = await stage.api("POST", "/boards", {
    name: "Wide",
    slug: "wide",
    description: "For people.",
    gateway_id: demo.gateway_id,
    max_agents: 0,
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
const taskNow = async ({ id }) =>
  (await stage.api("GET", `/boards/${board.id}/tasks?limit=200`)).items.find((task) => task.id === id);

/** Two hundred agents as the server would tell of them: every fortieth is offline, every fiftieth failed. */
function fleet() {
  return Array.from({ length: AGENTS }, (_, n) => ({
    ...model,
    id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    name: `Agent ${AGENTS - n}`,
    state: n % 50 === 7 ? "failed" : n % 40 === 3 ? "offline" : "online",
    status: n % 50 === 7 ? "failed" : "online",
    identity_profile: n % 2 ? { emoji: ":rocket:" } : {},
  }));
}

/** Lets the server have this many more agents, as far as the page knows. */
async function withFleet(page) {
  const agents = fleet();
  await page.route(/\/api\/v1\/agents\?/, async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
    await route.fulfill({ json: { items: agents.slice(offset, offset + 200), total: AGENTS, limit: 200, offset } });
  });
  await page.route("**/snapshot", async (route) => {
    const snapshot = await (await route.fetch()).json();
    await route.fulfill({ json: { ...snapshot, agents } });
  });
}

test("two hundred agents: in the order in which people count, by state, found by name, and few elements", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await withFleet(page);
  await visit(page, "/agents", "Agents");
  const names = await page.locator("tbody a").allTextContents();
  assert.deepEqual(
    names.slice(0, 11),
    [..."123456789", "10", "11"].map((n) => `Agent ${n}`),
  );
  assert.ok(names.length < 60, `${names.length} rows are drawn`);
  await page.getByRole("button", { name: "Failed 4" }).click();
  await page.waitForURL(/state=failed/);
  assert.equal(await page.locator("tbody a").count(), 4);
  await page.reload();
  await page.getByRole("button", { name: "Failed 4", pressed: true }).click();
  await page.getByRole("button", { name: "Offline 5" }).waitFor();
  await page.getByRole("searchbox").fill("Agent 137");
  await page.getByText("1 row").waitFor();
  assert.deepEqual(await faults(page), []);

  await visit(page, `/gateways/${model.gateway_id}?state=offline`, "Demo gateway");
  await page.getByRole("button", { name: "Offline 5", pressed: true }).waitFor();
  assert.equal(await page.locator("tbody a").count(), 5);
  assert.deepEqual(page.problems, []);
});

test("among two hundred agents one is found for a task by typing, on a card and in a selection", async () => {
  const task = await newTask("For somebody");
  const page = await stage.page();
  await withFleet(page);
  const sent = [];
  await page.route(`**/tasks/${task.id}`, async (route) => {
    sent.push(route.request().postDataJSON());
    await route.fulfill({ json: { ...(await taskNow(task)), ...sent.at(-1) } });
  });
  await visit(page, `/boards/${board.id}`, "Wide");
  await page.locator(`[data-card="${task.id}"]`).focus();
  await page.keyboard.press("s");
  await page.getByRole("menuitem", { name: "Assign…" }).click();
  const list = page.getByRole("dialog", { name: "Choose the assignee" });
  await list.getByRole("option", { name: "Agent 1", exact: true }).waitFor();
  await page.keyboard.type("agent 137");
  await page.keyboard.press("Enter");
  await until(async () => sent.length === 1, "the change");
  const wanted = fleet().find(({ name }) => name === "Agent 137");
  assert.deepEqual(sent, [{ assigned_agent_id: wanted.id }]);
  // The card has the focus again, and shows who has the task.
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, task.id);
  await page.locator(`[data-card="${task.id}"]`).getByText("Agent 137").waitFor();
});

test("one key asks for the assignee, the priority, the tags and the due date of a card", async () => {
  const tag = await stage.api("POST", "/tags", { name: "Keys" });
  const task = await newTask("Keyed");
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}`, "Wide");
  const card = page.locator(`[data-card="${task.id}"]`);
  await card.focus();
  await page.keyboard.press("p");
  await page.getByRole("dialog", { name: "Choose the priority" }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.keyboard.type("hi");
  await page.keyboard.press("Enter");
  await until(async () => (await taskNow(task)).priority === "high", "the priority");
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, task.id);
  await page.keyboard.press("l");
  await page.getByRole("option", { name: "Keys" }).click();
  await until(async () => (await taskNow(task)).tag_ids.includes(tag.id), "the tag");
  await page.keyboard.press("Escape");
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, task.id);
  await page.keyboard.press("d");
  await page.getByRole("option", { name: "Tomorrow" }).click();
  await until(async () => (await taskNow(task)).due_at, "the due date");
  assert.deepEqual(page.problems, []);
});

test("boards are kept at hand, folded away, and many of them are not all listed", async () => {
  const page = await stage.page();
  const [demo] = (await stage.api("GET", "/boards")).items;
  const items = Array.from({ length: 50 }, (_, n) => ({
    ...demo,
    id: `00000000-0000-4000-9000-${String(n).padStart(12, "0")}`,
    name: `Board ${n + 1}`,
  }));
  await page.route(/\/api\/v1\/boards\?/, (route) =>
    route.fulfill({ json: { items: [...items, board], total: 51, limit: 200, offset: 0 } }),
  );
  await visit(page, `/boards/${board.id}`, "Wide");
  const side = page.getByRole("navigation", { name: "Navigation" });
  await side.getByRole("link", { name: "Board 2", exact: true }).waitFor();
  assert.equal(await side.getByRole("link", { name: "Board 40" }).count(), 0);
  // The board that is shown is listed in any case.
  await side.getByRole("link", { name: "Wide" }).waitFor();
  await page.getByRole("main").getByRole("button", { name: "Star this board" }).click();
  await side.getByRole("button", { name: "Favourites", exact: true }).waitFor();
  await side.getByRole("button", { name: "Boards", exact: true }).click();
  await side.getByRole("link", { name: "Board 2", exact: true }).waitFor({ state: "detached" });
  await page.reload();
  await side.getByRole("link", { name: "Wide" }).waitFor();
  assert.equal(await side.getByRole("link", { name: "Board 2", exact: true }).count(), 0);
  await side.getByRole("button", { name: "Boards", exact: true }).click();
  await side.getByRole("button", { name: /more boards/ }).click();
  await side.getByRole("link", { name: "Board 40" }).waitFor();
});
