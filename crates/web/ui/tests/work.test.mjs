import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  await stage.api("PATCH", "/users/me", { preferred_name: "Robin" });
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Release",
    slug: "release",
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
const column = (page, name) => page.getByRole("region", { name: new RegExp(`^${name},`) });

test("a key pressed on a card is not lost: neither before the rights are known nor when the card goes elsewhere", async () => {
  const task = await newTask("Hold on");
  const page = await stage.page();
  let answer;
  const asked = new Promise((resolve) => (answer = resolve));
  await page.route("**/organizations/me/member", async (route) => {
    await asked;
    await route.continue();
  });
  const snapshot = page.waitForResponse("**/snapshot");
  await page.goto(`/boards/${board.id}`);
  await (await snapshot).finished();
  await page.getByRole("status", { name: "Loading" }).waitFor();
  const card = page.locator(`[data-card="${task.id}"]`);
  assert.equal(await card.count(), 0, "no card that would be deaf");
  answer();
  await card.focus();
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox", { name: "In progress" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, task.id);
  await stage.api("PATCH", `/boards/${board.id}/tasks/${task.id}`, { status: "in_progress" });
  await column(page, "In progress").getByText("Hold on").waitFor();
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox", { name: "In progress", checked: true }).waitFor();
  await page.getByRole("menuitemcheckbox", { name: "Review" }).click();
  await page.waitForFunction((id) => document.activeElement.dataset.card === id, task.id);
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox", { name: "Review", checked: true }).waitFor();
});

test("tasks are called by their keys everywhere, and found by them", async () => {
  const first = await newTask("Write the notes");
  const second = await newTask("Send the notes", { depends_on_task_ids: [first.id] });
  const page = await stage.page();
  await page.goto(`/boards/${board.id}`);
  await page.getByRole("searchbox", { name: "Filter" }).fill(second.key);
  await page.locator(`[data-card="${first.id}"]`).waitFor({ state: "detached" });
  const card = page.locator(`[data-card="${second.id}"]`);
  await card.getByText(second.key).waitFor();
  await card.click();
  await page
    .getByRole("dialog", { name: `${second.key} Send the notes` })
    .getByText(first.key)
    .waitFor();
  await page.waitForFunction((name) => document.title.includes(name), `${second.key} Send the notes`);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${stage.base}/t/${second.key}`);
  await page.goto(`/t/${second.key.toLowerCase()}`);
  await page.getByRole("heading", { name: "Send the notes", level: 1 }).waitFor();
  assert.match(page.url(), new RegExp(second.id));
  assert.match(await page.title(), new RegExp(`${second.key} Send the notes`));
  await page.goto("/t/NONE-99");
  await page.getByText("No task that you can see is called NONE-99.").waitFor();

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search and commands" }).waitFor();
  await page.keyboard.type(first.key.toLowerCase());
  await page.keyboard.press("Enter");
  await page.getByText("Write the notes").first().waitFor();
  await page.waitForURL(new RegExp(first.id));
  assert.deepEqual(page.problems, []);
});

test("a move says what went where, and its place there", async () => {
  const task = await newTask("Place me");
  const page = await stage.page();
  await page.goto(`/boards/${board.id}?q=place`);
  await page.locator(`[data-card="${task.id}"]`).focus();
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox", { name: "Review" }).click();
  await page.getByLabel("Notifications").getByText(`${task.key} moved to Review, 1 of 1`).waitFor();
});

test("a board's prefix changes the keys of its tasks, and one that another board has is refused at the field", async () => {
  const task = await newTask("Called otherwise");
  const [demo] = (await stage.api("GET", "/boards")).items.filter(({ id }) => id !== board.id);
  const page = await stage.page();
  await page.goto(`/boards/${board.id}/settings`);
  const field = page.getByLabel("Prefix");
  await field.fill(demo.task_prefix);
  await page.keyboard.press("Enter");
  await page.getByText("begin with this prefix already").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await field.fill("ship-it");
  assert.equal(await field.inputValue(), "SHIPIT");
  await page.keyboard.press("Enter");
  await page.getByText("Saved").waitFor();
  await page.goto(`/t/SHIPIT-${task.number}`);
  await page.getByRole("heading", { name: "Called otherwise", level: 1 }).waitFor();
  await stage.api("PATCH", `/boards/${board.id}`, { task_prefix: "REL" });
});

test("people are named, decisions say who made them and why, and values show before and after", async () => {
  const task = await newTask("Tell it all");
  await stage.api("POST", `/boards/${board.id}/tasks/${task.id}/comments`, { message: "From me." });
  await stage.api("PATCH", `/boards/${board.id}/tasks/${task.id}`, { priority: "high", due_at: "2030-01-02T12:00:00" });
  const ask = { action_type: "deploy", confidence: 80, task_id: task.id, lead_reasoning: "May I?" };
  const approval = await stage.api("POST", `/boards/${board.id}/approvals`, ask);
  const page = await stage.page();
  await page.goto("/tags");
  await page.waitForFunction(() => /^\(\d+\) Tags · /.test(document.title));
  await page.goto(`/inbox?item=${approval.id}`);
  await page.getByRole("heading", { name: "Tell it all", level: 2 }).waitFor();
  await page.getByRole("main").getByText(task.key).first().waitFor();
  await page.keyboard.press("r");
  await page.getByLabel("Why “Tell it all”?").fill("It is tested");
  await page.keyboard.press("Enter");
  const decided = await until(async () => {
    const { items } = await stage.api("GET", `/boards/${board.id}/approvals`);
    return items.find(({ id, status }) => id === approval.id && status === "approved");
  }, "the decision");
  assert.equal(decided.decision_reason, "It is tested");
  assert.equal(decided.resolved_by, "Robin");
  assert.equal(
    (await stage.api("GET", `/boards/${board.id}/tasks/${task.id}/comments`)).items.length,
    1,
    "no comment in its place",
  );

  await page.goto(`/boards/${board.id}/tasks/${task.id}`);
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByText("Task created").waitFor();
  await timeline.getByText("Priority: Medium → High").waitFor();
  await timeline.getByText("Due: – → 2 Jan 2030").waitFor();
  await timeline.getByText("“It is tested”").waitFor();
  await page.getByText("You decided").waitFor();
  assert.equal(await timeline.getByText("You", { exact: true }).count(), 4, "created, said, changed, decided");
  await page.goto("/activity");
  await page.getByText("Priority: Medium → High").first().waitFor();
});

test("many tasks are chosen in the table and changed at once; what was refused says why and stays chosen", async () => {
  await stage.api("PATCH", `/boards/${board.id}`, { require_approval_for_done: true });
  const tag = await stage.api("POST", "/tags", { name: "Bulk" });
  const tasks = [
    await newTask("Bulk one"),
    await newTask("Bulk two"),
    await newTask("Bulk three"),
    await newTask("Bulk four"),
  ];
  const page = await stage.page();
  await page.goto(`/boards/${board.id}?view=table&q=bulk&sort=key`);
  const box = (task) => page.getByRole("checkbox", { name: `Select ${task.key} ${task.title}` });
  await box(tasks[0]).check();
  await box(tasks[2]).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "3 selected" });
  await bar.getByRole("button", { name: "Priority" }).click();
  await page.getByRole("menuitemcheckbox", { name: "High" }).click();
  await page.getByText("3 changed").waitFor();
  await bar.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).last().click();
  await until(
    async () => (await Promise.all(tasks.map(taskNow))).every(({ priority }) => priority === "medium"),
    "the undo",
  );

  // By keyboard: from row to row with the arrows, x chooses.
  await page.getByRole("button", { name: "Bulk one" }).focus();
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await page.getByRole("toolbar", { name: "2 selected" }).getByRole("button", { name: "Tags" }).click();
  await page.getByRole("option", { name: "Bulk" }).click();
  await page.getByText("2 changed").waitFor();
  assert.deepEqual((await taskNow(tasks[1])).tag_ids, [tag.id]);
  assert.deepEqual((await taskNow(tasks[2])).tag_ids, []);

  const approval = await stage.api("POST", `/boards/${board.id}/approvals`, {
    action_type: "task.complete",
    confidence: 90,
    task_id: tasks[0].id,
    lead_reasoning: "Done?",
  });
  await stage.api("PATCH", `/boards/${board.id}/approvals/${approval.id}`, { status: "approved" });
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("toolbar", { name: "4 selected" }).getByRole("button", { name: "Move to" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Done" }).click();
  await page.getByText("1 moved, 3 refused").waitFor();
  await page.getByText(new RegExp(`^${tasks[1].key}, .*approv`)).waitFor();
  assert.equal((await taskNow(tasks[0])).status, "done");
  await page.getByRole("toolbar", { name: "3 selected" }).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete 3 tasks?" }).getByRole("button", { name: "Delete" }).click();
  await page.getByText("3 deleted").waitFor();
  await box(tasks[1]).waitFor({ state: "detached" });
  await box(tasks[0]).waitFor();
});

const PAGES = (task) => [
  ["/dashboard", "Dashboard"],
  ["/inbox", "Inbox"],
  ["/activity", "Activity"],
  ["/boards", "Boards"],
  [`/boards/${board.id}`, board.name],
  [`/boards/${board.id}?view=table`, board.name],
  [`/boards/${board.id}?panel=chat`, board.name],
  [`/boards/${board.id}?taskId=${task.id}`, task.title, 2],
  [`/boards/${board.id}/tasks/${task.id}`, task.title],
  ["/groups", "Board groups"],
  ["/organization", "Members"],
  ["/tags", "Tags"],
  ["/custom-fields", "Custom fields"],
  ["/settings", "Settings"],
];
const FOR_ADMINS = ["/boards/new", "/agents", "/gateways", "/skills", "/skills/packs"];

/** Buttons and fields of what a person without the right to write may not do. */
const CHANGES = /^(New |Create|Connect|Invite|Add|Edit|Delete|Approve|Reject|Actions for|Select )/;
/** What is everybody's own. */
const OWN = ["Delete account", "Copy key", "New token"];

for (const write of [false, true]) {
  test(`a member who may ${write ? "write, but is no admin," : "only read"} meets no errors and no buttons that are not theirs`, async () => {
    const task = await newTask(`Seen by a ${write ? "writer" : "reader"}`);
    await stage.api("POST", `/boards/${board.id}/approvals`, {
      action_type: "deploy",
      confidence: 70,
      task_id: task.id,
      lead_reasoning: "May I?",
    });
    await stage.become("member", { write });
    try {
      const page = await stage.page();
      const refused = [];
      page.on(
        "response",
        (response) => response.status() >= 400 && refused.push(`${response.status()} ${response.url()}`),
      );
      for (const place of PAGES(task)) {
        const [path] = place;
        await visit(page, ...place);
        if (write && (path.startsWith("/boards") || path === "/inbox")) continue;
        const labels = await page.evaluate(() =>
          [...document.querySelectorAll("main button, [role=dialog] button, main input[type=checkbox]")].map(
            (button) => button.getAttribute("aria-label") ?? button.textContent ?? "",
          ),
        );
        assert.deepEqual(
          labels.filter((label) => CHANGES.test(label.trim()) && !OWN.includes(label.trim())),
          [],
          path,
        );
      }
      for (const path of [
        ...FOR_ADMINS,
        ...(write ? [] : [`/boards/${board.id}/settings`, `/boards/${board.id}/onboarding`]),
      ]) {
        await page.goto(path);
        await page.getByRole("heading", { name: "You may not use this page" }).waitFor();
      }
      await page.goto("/inbox");
      await page
        .getByRole(write ? "button" : "heading", { name: write ? /^Approve/ : "All clear" })
        .first()
        .waitFor();
      await page.goto(`/boards/${board.id}`);
      await page.locator(`[data-card="${task.id}"]`).focus();
      await page.keyboard.press("s");
      if (write) {
        await page.getByRole("menuitemcheckbox", { name: "In progress" }).click();
        await page.getByText(`${task.key} moved to In progress`).waitFor();
        await page.goto(`/boards/${board.id}/settings`);
        await page.getByRole("heading", { name: "Board settings", level: 1 }).waitFor();
        await page.getByLabel("Name").waitFor();
      } else {
        await page.getByText("Read only").waitFor();
        assert.equal(await page.getByRole("menu").count(), 0);
      }
      assert.deepEqual(refused, []);
      assert.deepEqual(page.problems, []);
    } finally {
      await stage.become("owner", { write: true });
    }
  });
}
