import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { open, until } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Decisions",
    slug: "decisions",
    description: "For people.",
    gateway_id,
    max_agents: 0,
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const ask = async (title, fields = {}) => {
  const task = await stage.api("POST", `/boards/${board.id}/tasks`, { title });
  return stage.api("POST", `/boards/${board.id}/approvals`, {
    action_type: "deploy",
    confidence: 80,
    task_id: task.id,
    lead_reasoning: `About ${title}`,
    ...fields,
  });
};
const statusOf = async ({ id }) =>
  (await stage.api("GET", `/boards/${board.id}/approvals?limit=200`)).items.find((approval) => approval.id === id)
    .status;
const settled = (approval, status) =>
  until(async () => (await statusOf(approval)) === status, `${approval.id} to be ${status}`);
const inbox = async (item) => {
  const page = await stage.page();
  await page.goto(`/inbox?show=${board.id}${item ? `&item=${item.id}` : ""}`);
  await page.getByRole("button", { name: /^Approve Y/ }).waitFor();
  return page;
};
const row = (page, { id }) => page.locator(`[data-item="${id}"]`);
const shown = (page, title) =>
  page.getByRole("region", { name: "All details" }).getByRole("heading", { name: title, level: 2 });

/** Counts the requests that decide something. */
function decisions(page) {
  const sent = [];
  page.on(
    "request",
    (request) => request.method() === "PATCH" && request.url().includes("/approvals/") && sent.push(request.url()),
  );
  return sent;
}

test("a newcomer neither takes the place of what is read nor moves what is under the pointer", async () => {
  const harmless = await ask("Harmless");
  const page = await inbox();
  await shown(page, "Harmless").waitFor();
  const before = await row(page, harmless).boundingBox();
  const danger = await ask("Drop the database");
  await page.getByRole("button", { name: "1 new" }).waitFor();
  await shown(page, "Harmless").waitFor();
  assert.equal(await row(page, danger).count(), 0);
  const bar = await page.getByRole("button", { name: "1 new" }).boundingBox();
  assert.ok((await row(page, harmless).boundingBox()).y - before.y <= bar.height + 1);
  await page.keyboard.press("y");
  await settled(harmless, "approved");
  assert.equal(await statusOf(danger), "pending");
  await stage.api("PATCH", `/boards/${board.id}/approvals/${danger.id}`, { status: "rejected" });
});

test("a double click, or the key pressed twice, decides one thing", async () => {
  const all = [await ask("First"), await ask("Second"), await ask("Third")];
  const page = await inbox();
  const sent = decisions(page);
  await page.getByRole("button", { name: /^Approve Y/ }).dblclick();
  await until(async () => sent.length > 0, "the decision");
  await shown(page, "Second").waitFor();
  assert.equal(sent.length, 1);
  await until(async () => {
    await page.keyboard.press("y");
    return sent.length === 2;
  }, "the next decision to be taken");
  await page.keyboard.press("y");
  await shown(page, "First").waitFor();
  assert.equal(sent.length, 2);
  await Promise.all(all.slice(1).map((approval) => settled(approval, "approved")));
  assert.equal(await statusOf(all[0]), "pending");
  await stage.api("PATCH", `/boards/${board.id}/approvals/${all[0].id}`, { status: "rejected" });
});

test("the reason belongs to one item, names it, and is kept for it", async () => {
  const three = await ask("Item three");
  const four = await ask("Item four");
  const page = await inbox(three);
  await page.keyboard.press("n");
  await page.getByLabel("Why not “Item three”?").fill("Too early");
  await row(page, four).click();
  await shown(page, "Item four").waitFor();
  assert.equal(await page.getByLabel(/Why not/).count(), 0);
  await page.keyboard.press("Enter");
  assert.deepEqual([await statusOf(three), await statusOf(four)], ["pending", "pending"]);
  await row(page, three).click();
  await shown(page, "Item three").waitFor();
  await page.getByRole("button", { name: /^Reject N/ }).click();
  assert.equal(await page.getByLabel("Why not “Item three”?").inputValue(), "Too early");
  await page.keyboard.press("Enter");
  await settled(three, "rejected");
  assert.equal(await statusOf(four), "pending");
  await stage.api("PATCH", `/boards/${board.id}/approvals/${four.id}`, { status: "rejected" });
});

test("what somebody else decided says so, and nothing takes its place unasked", async () => {
  const read = await ask("Read by two");
  const other = await ask("Another one");
  const page = await inbox(read);
  await shown(page, "Read by two").waitFor();
  await stage.api("PATCH", `/boards/${board.id}/approvals/${read.id}`, {
    status: "rejected",
    reason: "Seen elsewhere",
  });
  await page.getByRole("heading", { name: "“Read by two” is not waiting any more" }).waitFor();
  await page.getByText("Seen elsewhere").waitFor();
  await page.getByText(/^You decided/).waitFor();
  await page.keyboard.press("y");
  assert.equal(await statusOf(other), "pending");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await shown(page, "Another one").waitFor();

  await page.goto(`/inbox?item=${read.id}`);
  await page.getByRole("heading", { name: "“Read by two” is not waiting any more" }).waitFor();
  await page.getByText("Seen elsewhere").waitFor();
  await stage.api("PATCH", `/boards/${board.id}/approvals/${other.id}`, { status: "rejected" });
});

test("Enter and Escape that end the composition of a character decide and close nothing", async () => {
  const asked = await ask("拼音");
  const page = await inbox(asked);
  await page.keyboard.press("n");
  const field = page.getByLabel("Why not “拼音”?");
  await field.focus();
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  for (const [key, code] of [
    ["Enter", 13],
    ["Escape", 27],
  ]) {
    await field.evaluate(
      (element, [name, keyCode]) => {
        element.dispatchEvent(
          new KeyboardEvent("keydown", { key: name, keyCode, isComposing: true, bubbles: true, cancelable: true }),
        );
      },
      [key, code],
    );
  }
  await client.send("Input.insertText", { text: "你好" });
  assert.equal(await field.inputValue(), "你好");
  assert.equal(await statusOf(asked), "pending");
  await page.keyboard.press("Enter");
  await settled(asked, "rejected");
});

test("a decision is taken of what was seen: what was decided and reopened meanwhile is shown anew", async () => {
  const read = await ask("Seen by one");
  const page = await inbox(read);
  const path = `/boards/${board.id}/approvals/${read.id}`;
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  await page.route(`**/api/v1${path}`, async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("n");
  await page.getByLabel("Why not “Seen by one”?").fill("Not like this");
  await page.keyboard.press("Enter");
  await stage.api("PATCH", path, { status: "approved" });
  await stage.api("PATCH", path, { status: "pending" });
  answer();
  await page.getByText(/“Seen by one” was changed by .+ meanwhile/).waitFor();
  assert.equal(await statusOf(read), "pending");
  await page.unroute(`**/api/v1${path}`);
  await row(page, read).click();
  await shown(page, "Seen by one").waitFor();
  // Right after something else was shown there, the button does nothing yet.
  await until(async () => {
    await page.getByRole("button", { name: /^Reject N/ }).click({ timeout: 1000 });
    return page.getByLabel("Why not “Seen by one”?").count();
  }, "the reason");
  assert.equal(await page.getByLabel("Why not “Seen by one”?").inputValue(), "Not like this", "the reason is kept");
  await page.keyboard.press("Enter");
  await settled(read, "rejected");
});

test("two tabs decide the same: the second one hears who was first, and nothing is decided twice", async () => {
  const both = await ask("For two tabs");
  const page = await inbox(both);
  const sent = [];
  await page.route("**/approvals/*", async (route) => {
    sent.push(route.request().headers()["if-match"]);
    await stage.api("PATCH", `/boards/${board.id}/approvals/${both.id}`, { status: "approved", reason: "First" });
    await route.continue();
  });
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await page.getByText(/“For two tabs” was changed by .+ meanwhile/).waitFor();
  assert.match(sent[0], /^".+"$/);
  assert.equal(await statusOf(both), "approved");
});

test("undo takes back only what is still the person's own decision", async () => {
  const undone = await ask("Undo me");
  const page = await inbox(undone);
  await page.keyboard.press("y");
  await settled(undone, "approved");
  await page.getByRole("button", { name: "Undo" }).waitFor();
  const path = `/boards/${board.id}/approvals/${undone.id}`;
  await stage.api("PATCH", path, { status: "pending" });
  await stage.api("PATCH", path, { status: "rejected" });
  await page.keyboard.press("z");
  await page.getByText(/“Undo me” was changed by .+ meanwhile/).waitFor();
  assert.equal(await statusOf(undone), "rejected");
});

test("in a task's panel a double click decides one approval, and the next one does not slide under it", async () => {
  const task = await stage.api("POST", `/boards/${board.id}/tasks`, { title: "Asked once" });
  const one = await stage.api("POST", `/boards/${board.id}/approvals`, {
    action_type: "deploy",
    confidence: 80,
    task_id: task.id,
    lead_reasoning: "Why",
  });
  const page = await stage.page();
  const sent = decisions(page);
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  await page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).dblclick();
  await settled(one, "approved");
  assert.equal(sent.length, 1);
});

test("what is asked comes first: risk, command, change and target; equal steps stand together", async () => {
  const same = [await ask("Same one"), await ask("Same two"), await ask("Same three")];
  const risky = await ask("Risky", {
    action_type: "shell.run",
    payload: {
      reason: "The disk is full",
      command: "rm -rf /var/cache/build",
      diff: "-keep\n+drop",
      target: "production",
      cost: "12 EUR",
      risk: "high",
      urgency: "urgent",
      plan: { steps: ["look", "delete"] },
    },
  });
  const page = await inbox();
  await shown(page, "Risky").waitFor();
  const rows = await page.locator("[data-item]").evaluateAll((all) => all.map(({ dataset }) => dataset.item));
  assert.equal(rows[0], risky.id);
  await row(page, risky).getByText("High risk").waitFor();
  await row(page, risky).getByText("rm -rf /var/cache/build").waitFor();
  const detail = page.getByRole("region", { name: "All details" }).first();
  const text = await detail.textContent();
  const places = [
    "High risk",
    "Urgent",
    "rm -rf /var/cache/build",
    "+drop",
    "12 EUR",
    "production",
    "The disk is full",
  ].map((word) => text.indexOf(word));
  assert.ok(
    places.every((place) => place >= 0),
    `${places} of ${text}`,
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    text,
  );
  await page.getByRole("button", { name: "Select all of Deploy" }).click();
  await page.getByRole("toolbar", { name: "3 selected" }).getByRole("button", { name: "Reject" }).click();
  await page.getByLabel("Why not “3 selected”?").fill("None of them");
  await page.keyboard.press("Enter");
  for (const approval of same) await settled(approval, "rejected");
  assert.equal(await statusOf(risky), "pending");
  await stage.api("PATCH", `/boards/${board.id}/approvals/${risky.id}`, { status: "rejected" });
});

test("a part of the inbox that cannot be read says so in place of an all clear", async () => {
  const page = await stage.page();
  await page.route("**/api/v1/activity/task-comments?*", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/json",
      body: JSON.stringify({ detail: "Out of order", code: "internal_error" }),
    }),
  );
  await page.goto("/inbox?show=mention");
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByText("All clear").count(), 0);
});
