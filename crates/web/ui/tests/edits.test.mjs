import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { open, until, visit } from "./stage.mjs";

let stage;
let board;
let gateway_id;
before(async () => {
  stage = await open();
  [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await newBoard("Edits");
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newBoard = (name) =>
  stage.api("POST", "/boards", {
    name,
    slug: name.toLowerCase(),
    description: "For people.",
    gateway_id,
    max_agents: 0,
  });
const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
const taskNow = ({ id }) => stage.api("GET", `/boards/${board.id}/tasks/${id}`);
const boardNow = ({ id } = board) => stage.api("GET", `/boards/${id}`);
const changed = (task, fields) => stage.api("PATCH", `/boards/${board.id}/tasks/${task.id}`, fields);
const peek = async (task) => {
  const page = await stage.page();
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  const panel = page.getByRole("dialog", { name: new RegExp(task.title) });
  await panel.getByLabel("Priority").waitFor();
  return { page, panel };
};

/** Somebody else is quicker than the next change of the page, by the time that a request takes. */
async function overtake(page, act) {
  let done = false;
  await page.route("**/tasks/*", async (route) => {
    if (!done && route.request().method() === "PATCH") {
      done = true;
      await act();
    }
    await route.continue();
  });
}

/** Bodies of the requests that change something. */
function changes(page) {
  const sent = [];
  page.on("request", (request) => request.method() === "PATCH" && sent.push(request.postDataJSON()));
  return sent;
}

test("a text that somebody else changes while it is edited is not overwritten: both are shown, and the person chooses", async () => {
  for (const keep of ["Keep mine", "Take this"]) {
    const task = await newTask(`Both write, then ${keep}`, { description: "As it was" });
    const { page, panel } = await peek(task);
    await panel.getByRole("button", { name: "Edit", exact: true }).click();
    const field = panel.getByLabel("Description");
    await field.fill("Mine");
    await changed(task, { description: "By the agent" });
    await panel.getByRole("alert").getByText("By the agent").waitFor();
    assert.equal(await field.inputValue(), "Mine");
    assert.equal(await panel.getByRole("button", { name: "Save", exact: true }).isDisabled(), true);
    await page.keyboard.press("Control+Enter");
    assert.equal((await taskNow(task)).description, "By the agent");
    await panel.getByRole("button", { name: keep, exact: true }).click();
    if (keep === "Keep mine") {
      await panel.getByRole("button", { name: "Save", exact: true }).click();
      await until(async () => (await taskNow(task)).description === "Mine", "the text that was kept");
    } else {
      await panel.getByRole("button", { name: "Edit", exact: true }).waitFor();
      assert.equal((await taskNow(task)).description, "By the agent");
    }
    await stage.clear();
  }
});

test("of two who save the same at once the later one hears of it, and keeps what was typed", async () => {
  const task = await newTask("At once", { description: "As it was" });
  const { page, panel } = await peek(task);
  await panel.getByRole("button", { name: "Edit", exact: true }).click();
  await panel.getByLabel("Description").fill("Mine");
  await overtake(page, () => changed(task, { description: "Theirs" }));
  await panel.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/At once” was changed by .+ meanwhile/).waitFor();
  await panel.getByRole("alert").getByText("Theirs").waitFor();
  assert.equal(await panel.getByLabel("Description").inputValue(), "Mine");
  assert.equal((await taskNow(task)).description, "Theirs");
});

async function choosePriority(page, panel, name) {
  await panel.getByRole("combobox", { name: "Priority" }).click();
  await page.getByRole("option", { name }).click();
}

test("changes of different fields at once both count", async () => {
  const task = await newTask("Different fields");
  const { page, panel } = await peek(task);
  await overtake(page, () => changed(task, { description: "Theirs" }));
  await choosePriority(page, panel, "High");
  await page.getByLabel("Notifications").getByText("Saved").waitFor();
  const now = await taskNow(task);
  assert.deepEqual([now.priority, now.description], ["high", "Theirs"]);
});

test("undo takes back only what is still one's own, custom fields too", async () => {
  const field = await stage.api("POST", "/organizations/me/custom-fields", {
    field_key: "customer",
    label: "Customer",
    field_type: "text",
    board_ids: [board.id],
  });
  const task = await newTask("Take back");
  const { page, panel } = await peek(task);
  const undo = async () => {
    await page.getByRole("button", { name: "Undo" }).last().waitFor();
    await page.keyboard.press("z");
  };

  await panel.getByLabel("Customer").fill("Ada");
  await panel.getByLabel("Customer").blur();
  await until(async () => (await taskNow(task)).custom_field_values.customer === "Ada", "the value");
  await undo();
  await until(async () => (await taskNow(task)).custom_field_values.customer === null, "the undo");

  await choosePriority(page, panel, "High");
  await until(async () => (await taskNow(task)).priority === "high", "the priority");
  await changed(task, { priority: "low" });
  await undo();
  await page.getByText(/Take back” was changed by .+ meanwhile/).waitFor();
  assert.equal((await taskNow(task)).priority, "low");
  await stage.api("DELETE", `/organizations/me/custom-fields/${field.id}`);
});

test("Z after a task was made opens nothing", async () => {
  const page = await stage.page();
  await visit(page, `/boards/${board.id}`, "Edits");
  await page.keyboard.press("c");
  await page.getByRole("dialog", { name: "New task" }).getByLabel("Title").fill("Made by hand");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Open" }).waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("z");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  assert.doesNotMatch(page.url(), /taskId/);
});

test("board settings of two tabs: only what was changed is sent, and what both change is shown to choose", async () => {
  const first = await stage.page();
  const second = await first.context().newPage();
  for (const page of [first, second]) await visit(page, `/boards/${board.id}/settings`, "Board settings");
  const form = (page) => page.locator("form").first();
  const save = (page) => form(page).getByRole("button", { name: "Save" }).click();
  const sent = changes(second);

  await form(first).getByLabel("Description").fill("By the first");
  await form(second).getByLabel("Name").fill("Edits two");
  await save(first);
  await save(second);
  await until(async () => (await boardNow()).name === "Edits two", "the name");
  assert.equal((await boardNow()).description, "By the first");
  // Sent again at most, for what the first one made of the board.
  assert.deepEqual([...new Set(sent.map((body) => JSON.stringify(body)))], ['{"name":"Edits two"}']);
  const name = form(first).getByLabel("Name");
  await until(async () => (await name.inputValue()) === "Edits two", "the name in the first tab");

  await form(second).getByLabel("Description").fill("By the second");
  await form(first).getByLabel("Description").fill("By the first again");
  await save(first);
  await form(second).getByRole("alert").getByText("By the first again").waitFor();
  assert.equal(await form(second).getByRole("button", { name: "Save" }).isDisabled(), true);
  await form(second).getByRole("button", { name: "Keep mine" }).click();
  await save(second);
  await until(async () => (await boardNow()).description === "By the second", "what was kept");
  await stage.api("PATCH", `/boards/${board.id}`, { name: "Edits" });
});

test("what is typed outlives another page, a reload and the end of the session, in every form", async () => {
  const page = await stage.page();
  const forms = [
    ["/tags", /New tag/, "Name"],
    ["/groups", /New group/, "Name"],
    ["/custom-fields", /New field/, "Label"],
    ["/agents", /New agent/, "Name"],
    ["/gateways", /Connect/, "Name"],
  ];
  for (const [path, button, name] of forms) {
    await page.goto(path);
    const show = () => page.getByRole("main").getByRole("button", { name: button }).first().click();
    const field = page.getByRole("dialog").getByLabel(name).first();
    await show();
    await field.fill(`Begun on ${path}`);
    await page.reload();
    await show();
    assert.equal(await field.inputValue(), `Begun on ${path}`, path);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard" }).click();
    await show();
    assert.notEqual(await field.inputValue(), `Begun on ${path}`, path);
  }

  await visit(page, `/boards/${board.id}/settings`, "Board settings");
  const about = page.locator("form").first().getByLabel("Description");
  await about.fill("Half a sentence");
  await page.getByRole("navigation").getByText("Inbox").click();
  await page.getByRole("heading", { name: "Inbox", level: 1 }).waitFor();
  await page.goBack();
  assert.equal(await about.inputValue(), "Half a sentence");

  await visit(page, `/boards/${board.id}`, "Edits");
  await page.keyboard.press("c");
  await page.getByRole("dialog", { name: "New task" }).getByLabel("Title").fill("Cut short");
  await stage.api("DELETE", "/auth/sessions");
  await page.getByLabel(/token/i).waitFor();
  await page.getByLabel(/token/i).fill(stage.token);
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("dialog", { name: "New task" }).getByLabel("Title").inputValue(), "Cut short");
});

test("a title that Escape takes away is not saved, and one that is left is", async () => {
  const task = await newTask("As it was");
  const { page, panel } = await peek(task);
  const sent = [];
  page.on("request", (request) => request.method() === "PATCH" && sent.push(request.postDataJSON()));
  for (const end of ["Escape", "Tab"]) {
    await panel.getByRole("button", { name: "As it was" }).click();
    await page.keyboard.type(` and ${end}`);
    await page.keyboard.press(end);
    await panel.getByRole("heading", { level: 2 }).getByRole("button").waitFor();
  }
  await until(async () => (await taskNow(task)).title !== "As it was", "the title");
  assert.equal((await taskNow(task)).title, "As it was and Tab");
  assert.deepEqual(sent, [{ title: "As it was and Tab" }]);
});

test("a board that is deleted says so on every page of it", async () => {
  const doomed = await newBoard("Doomed");
  const pages = [await stage.page()];
  pages.push(await pages[0].context().newPage());
  await visit(pages[0], `/boards/${doomed.id}`, "Doomed");
  await visit(pages[1], `/boards/${doomed.id}/settings`, "Board settings");
  await stage.api("DELETE", `/boards/${doomed.id}`);
  for (const page of pages) {
    await page.getByRole("heading", { name: "This board is not there any more", level: 1 }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "All boards" }).waitFor();
  }
});

test("a network that is gone is told within five seconds, and a request that does not arrive says so", async () => {
  const page = await stage.page();
  await visit(page, `/boards/${board.id}`, "Edits");
  await page.context().setOffline(true);
  await page
    .getByRole("status")
    .getByText(/connection/i)
    .waitFor({ timeout: 5000 });
  await page.context().setOffline(false);
  await page
    .getByRole("status")
    .getByText(/connection/i)
    .waitFor({ state: "detached" });
});
