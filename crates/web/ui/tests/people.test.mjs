// Tasks that people have, and what reaches them.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
let eve;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Shared",
    slug: "shared",
    description: "For people and agents.",
    gateway_id,
    max_agents: 0,
    require_approval_for_done: false,
  });
  eve = await stage.colleague("Eve Moneypenny");
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
const taskNow = ({ id }) => stage.api("GET", `/boards/${board.id}/tasks/${id}`);
const card = (page, task) => page.locator(`[data-card="${task.id}"]`);

test("a task is given to a person by one key", async () => {
  const task = await newTask("Give one");
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}?q=give`, "Shared");
  await card(page, task).focus();
  await page.keyboard.press("a");
  await page.keyboard.type("eve");
  await page.getByRole("option", { name: /Eve Moneypenny/ }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("option", { name: /Eve Moneypenny/ }).click();
  await until(async () => (await taskNow(task)).assigned_user_id === eve, "the assignee");
});

test("people are completed in a comment, and whom it mentions finds it in the inbox", async () => {
  const task = await newTask("Talk about it");
  const page = await stage.page();
  await visit(page, `/boards/${board.id}?taskId=${task.id}`, "Talk about it", 2);
  const field = page.getByRole("textbox", { name: "Comment" });
  await field.pressSequentially("@ev");
  await page.getByRole("button", { name: "@Eve-Moneypenny" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("please look");
  await page.keyboard.press("Enter");
  const feed = async () => (await stage.api("GET", "/activity/task-comments?limit=5")).items;
  const said = await until(async () => (await feed()).find(({ task_id }) => task_id === task.id), "the comment");
  assert.deepEqual([said.message, said.mentioned_user_ids], ["@Eve-Moneypenny please look", [eve]]);
});
