import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { keys, open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  // The demo's agents take tasks and move them; nobody works on this board.
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Quiet",
    slug: "quiet",
    description: "For people.",
    gateway_id,
    max_agents: 0,
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const columns = (page, name) => page.getByRole("region", { name: new RegExp(`^${name},`) });

async function newTask(title, fields = {}) {
  return stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });
}

test("a wrong token is refused, the right one signs in and leads back to the page, and a new tab stays signed in", async () => {
  const page = await stage.page({ signedIn: false });
  await page.goto(`/boards/${board.id}?view=table`);
  await page.getByLabel("Access token").fill("not the token at all, but long enough to be one, really, is it not");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This is not the token").waitFor();
  await page.getByLabel("Access token").fill(stage.token);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: board.name, level: 1 }).waitFor();
  assert.ok(page.url().endsWith("?view=table"));
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  assert.ok(!kept.includes(stage.token), "nothing secret within reach of scripts");
  const tab = await page.context().newPage();
  await tab.goto("/inbox");
  await tab.getByRole("heading", { name: "Inbox", level: 1 }).waitFor();
});

test("a lapsed session shows the form, and signing in again returns to the page", async () => {
  const page = await stage.page();
  await page.goto("/tags");
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  await page.context().clearCookies();
  await page.goto("/custom-fields");
  await page.getByLabel("Access token").fill(stage.token);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Custom fields", level: 1 }).waitFor();
});

test("signing out leads to the form, and signing out everywhere ends other browsers' sessions", async () => {
  const [here, there] = [await stage.page(), await stage.page()];
  for (const page of [here, there]) await page.goto("/settings");
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await here.getByLabel("Access token").waitFor();
  // Its event stream ends with its session.
  await there.getByLabel("Access token").waitFor();
});

test("a task is written, shown everywhere at once, moved, taken back and deleted", async () => {
  const [page, other] = [await stage.page(), await stage.page()];
  for (const shown of [page, other]) await shown.goto(`/boards/${board.id}`);
  await page.getByRole("button", { name: "New task" }).first().click();
  await page.getByLabel("Title").fill("Draw the map");
  await page.getByLabel("Description").fill("With **all** roads.");
  await page.keyboard.press("Control+Enter");
  const card = (shown) => shown.locator("[data-card]", { hasText: "Draw the map" });
  await card(other).waitFor();
  await card(page).focus();
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox", { name: "In progress" }).click();
  await columns(other, "In progress").getByText("Draw the map").waitFor();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await columns(other, "Inbox").getByText("Draw the map").waitFor();
  await card(page).click();
  await page.getByRole("dialog").getByText("all", { exact: true }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete this task?" }).getByRole("button", { name: "Delete" }).click();
  await card(other).waitFor({ state: "detached" });
  assert.deepEqual(page.problems, []);
});

test("a card is dragged with the mouse, and a forbidden column says why and what helps", async () => {
  const task = await newTask("Carry the stone");
  const page = await stage.page();
  await page.goto(`/boards/${board.id}`);
  const card = page.locator(`[data-card="${task.id}"]`);
  const box = await card.boundingBox();
  const done = await columns(page, "Done").boundingBox();
  await page.mouse.move(box.x + 40, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(done.x + 60, done.y + 200, { steps: 12 });
  await columns(page, "Done").getByText("only after an approval").waitFor();
  await page.mouse.up();
  await page.getByText(`${task.key} Carry the stone cannot move there`).waitFor();
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await until(
    async () =>
      (await stage.api("GET", `/boards/${board.id}/approvals?status=pending`)).items.some((approval) =>
        approval.task_ids.includes(task.id),
      ),
    "the approval",
  );
  const review = await columns(page, "Review").boundingBox();
  const again = await card.boundingBox();
  await page.mouse.move(again.x + 40, again.y + 20);
  await page.mouse.down();
  await page.mouse.move(review.x + 60, review.y + 200, { steps: 12 });
  await page.mouse.up();
  await columns(page, "Review").getByText("Carry the stone").waitFor();
});

test("a refused change goes back, with the server's reason", async () => {
  const task = await newTask("Refused");
  const page = await stage.page();
  await page.goto(`/boards/${board.id}`);
  await page.route("**/tasks/*", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/json",
      body: JSON.stringify({
        detail: { message: "Not today." },
        code: "conflict",
        params: { remedy: "Try tomorrow." },
        next_step: "Send a request that fits.",
        request_id: "x",
      }),
    }),
  );
  await page.locator(`[data-card="${task.id}"]`).focus();
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox", { name: "In progress" }).click();
  await page.getByText("Not today.").waitFor();
  await page.getByText("Try tomorrow.").waitFor();
  assert.equal(await page.getByText("Send a request that fits.").count(), 0, "advice for programs is not for people");
  await columns(page, "Inbox").getByText("Refused").waitFor();
});

test("the main flow works by keyboard alone", async () => {
  const page = await stage.page();
  await page.goto("/dashboard");
  await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search and commands" }).waitFor();
  await page.keyboard.type(board.name);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: board.name, level: 1 }).waitFor();
  await page.keyboard.press("c");
  await page.getByRole("dialog", { name: "New task" }).waitFor();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  const card = page.locator("[data-card]", { hasText: "By keyboard" });
  await card.waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await card.focus();
  await page.keyboard.press("m");
  await page.getByText(/^Picked up QUI-\d+ By keyboard\.$/).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByText("Over In progress.").waitFor();
  await page.keyboard.press("Enter");
  await columns(page, "In progress").getByText("By keyboard").waitFor();
  await card.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: /^QUI-\d+ By keyboard$/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute("data-card")),
    await card.getAttribute("data-card"),
  );
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  await keys(page, "g", "i");
  await page.getByRole("heading", { name: "Inbox", level: 1 }).waitFor();
});

test("approvals are decided by keys, one by one and many at once, with a reason, and taken back", async () => {
  const ask = async (title) => {
    const task = await newTask(title);
    return stage.api("POST", `/boards/${board.id}/approvals`, {
      action_type: "deploy",
      confidence: 80,
      task_id: task.id,
      lead_reasoning: `May ${title}?`,
    });
  };
  const asked = [await ask("Ship one"), await ask("Ship two"), await ask("Ship three")];
  const status = async ({ id }) =>
    (await stage.api("GET", `/boards/${board.id}/approvals`)).items.find((approval) => approval.id === id).status;
  const page = await stage.page();
  await page.goto(`/inbox?item=${asked[0].id}`);
  await page.getByRole("heading", { name: "Ship one", level: 2 }).waitFor();
  await page.keyboard.press("y");
  await until(async () => (await status(asked[0])) === "approved", "the approval");
  await page.getByRole("button", { name: "Undo" }).last().click();
  await until(async () => (await status(asked[0])) === "pending", "the undo");
  await page.goto(`/inbox?item=${asked[1].id}`);
  await page.getByRole("heading", { name: "Ship two", level: 2 }).waitFor();
  await page.keyboard.press("n");
  await page.keyboard.type("Too early");
  await page.keyboard.press("Enter");
  await until(async () => (await status(asked[1])) === "rejected", "the rejection");
  const reason = async ({ id }) =>
    (await stage.api("GET", `/boards/${board.id}/approvals`)).items.find((approval) => approval.id === id)
      .decision_reason;
  assert.equal(await reason(asked[1]), "Too early");
  await page.getByRole("checkbox", { name: "Select Ship one" }).check();
  await page.getByRole("checkbox", { name: "Select Ship three" }).check();
  await page.getByRole("toolbar").getByRole("button", { name: "Approve", exact: true }).click();
  await until(async () => (await status(asked[0])) === "approved" && (await status(asked[2])) === "approved", "both");
});

test("filters are in the address, and the table shows the same", async () => {
  const tag = await stage.api("POST", "/tags", { name: "Garden" });
  await newTask("Water the roses", { tag_ids: [tag.id], priority: "high" });
  await newTask("Paint the fence");
  const page = await stage.page();
  await page.goto(`/boards/${board.id}`);
  await page.getByRole("searchbox", { name: "Filter" }).fill("tag:garden");
  await page.getByText("Paint the fence").waitFor({ state: "detached" });
  assert.match(page.url(), /q=tag/);
  await page.reload();
  await page.getByText("Water the roses").waitFor();
  assert.equal(await page.getByText("Paint the fence").count(), 0);
  await page.getByRole("radio", { name: "Table" }).click();
  await page.getByRole("cell", { name: "Water the roses", exact: true }).waitFor();
});

test("what was said in the chat and on a task is there at once, also for others", async () => {
  const task = await newTask("Talk about it");
  const [page, other] = [await stage.page(), await stage.page()];
  await page.goto(`/boards/${board.id}?panel=chat`);
  await other.goto(`/boards/${board.id}?panel=chat`);
  await page.getByLabel("Message", { exact: true }).fill("Good morning");
  await page.keyboard.press("Enter");
  await other.getByRole("log").getByText("Good morning").waitFor();
  await other.goto(`/boards/${board.id}/tasks/${task.id}`);
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  await page.getByLabel("Comment").fill("Looks *fine*");
  await page.keyboard.press("Enter");
  await other.getByText("fine", { exact: true }).waitFor();
});

test("a connection that says nothing any more is announced, and nothing is asked for while it lives", async () => {
  const page = await stage.page();
  await visit(page, `/boards/${board.id}`, board.name);
  await page.waitForLoadState("networkidle").catch(() => {});
  const requests = [];
  // Files of the page itself are fetched ahead whenever the browser has time.
  const isAsset = (url) => new URL(url).pathname.startsWith("/assets/");
  page.on("request", (request) => isAsset(request.url()) || requests.push(request.url()));
  // Longer than the silence that would be doubted.
  await page.waitForTimeout(6000);
  assert.deepEqual(requests, []);
  stage.freeze();
  try {
    await page.getByText("No connection.").waitFor();
  } finally {
    stage.thaw();
  }
  await page.getByText("No connection.").waitFor({ state: "detached" });
});

test("a cut connection is announced, and what was missed comes after it", async () => {
  const page = await stage.page();
  await page.goto(`/boards/${board.id}`);
  await page.getByRole("heading", { name: board.name, level: 1 }).waitFor();
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByText("No connection.").waitFor({ timeout: 20_000 });
  await newTask("Missed meanwhile");
  await page.context().setOffline(false);
  await page.getByText("Missed meanwhile").waitFor();
  await page.getByText("No connection.").waitFor({ state: "detached" });
});

test("board, agent, group, tag, field, webhook and invitation are made with their forms", async () => {
  const page = await stage.page();
  await page.goto("/boards/new");
  await page.getByLabel("Name").fill("Orchard");
  await page.getByLabel("Description").fill("Apples.");
  await page.getByText("Start with an empty board").click();
  await page.getByRole("button", { name: "Create board" }).click();
  await page.getByRole("heading", { name: "Orchard", level: 1 }).waitFor();

  await page.goto("/groups");
  await page.getByRole("button", { name: "New group" }).first().click();
  await page.getByLabel("Name").fill("Farm");
  await page.getByLabel("Orchard").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Farm" }).click();
  await page.getByRole("main").getByRole("link", { name: "Orchard" }).waitFor();

  await page.goto("/tags");
  await page.getByRole("button", { name: "New tag" }).first().click();
  await page.getByLabel("Name").fill("Harvest");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("cell", { name: "Harvest", exact: true }).waitFor();

  await page.goto("/custom-fields");
  await page.getByRole("button", { name: "New field" }).first().click();
  await page.getByLabel("Label").fill("Customer name");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("customer_name").waitFor();

  await page.goto(`/boards/${board.id}/settings`);
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByLabel("Instruction").fill("Look at what arrived.");
  await page.getByRole("button", { name: "Save" }).last().click();
  await page.getByText("Look at what arrived.").waitFor();

  await page.goto("/organization");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("E-mail").fill("someone@example.com");
  await page.getByRole("button", { name: "Make the link" }).click();
  assert.match(await page.getByLabel("Invitation link").inputValue(), /\/invite#.+/);

  await page.goto("/agents");
  await page.getByRole("button", { name: "New agent" }).first().click();
  await page.getByLabel("Name").fill("Gardener");
  await page.getByRole("combobox", { name: "Board" }).click();
  await page.keyboard.type("orch");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Create agent" }).click();
  await page.getByRole("heading", { name: "Gardener", level: 1 }).waitFor({ timeout: 60_000 });
  assert.deepEqual(page.problems, []);
});

test("a custom text field holds blanks, and a field that shows only when set can be set", async () => {
  await stage.api("POST", "/organizations/me/custom-fields", {
    field_key: "note",
    label: "Short note",
    field_type: "text",
    ui_visibility: "if_set",
    board_ids: [board.id],
  });
  const task = await newTask("With a note");
  const page = await stage.page();
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  await page.getByLabel("Short note").pressSequentially("two words here");
  await page.keyboard.press("Tab");
  await until(
    async () =>
      (await stage.api("GET", `/boards/${board.id}/tasks`)).items.find(({ id }) => id === task.id).custom_field_values
        ?.note === "two words here",
    "the note",
  );
});

test("a task that is due today is not late", async () => {
  const page = await stage.page();
  const task = await newTask("Due today");
  await page.goto(`/boards/${board.id}?taskId=${task.id}`);
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
  await page.getByLabel("Due", { exact: true }).fill(today);
  await page.getByText("Task saved").first().waitFor();
  assert.equal(await page.getByRole("dialog").getByText("Overdue").count(), 0);
  await page.getByLabel("Due", { exact: true }).fill("2020-01-01");
  await page.getByRole("dialog").getByText("Overdue").waitFor();
});

test("failures are told in the language of the person", async () => {
  const page = await stage.page();
  await page.addInitScript(() => localStorage.setItem("mc.locale", "zh"));
  const task = await newTask("Refused in Chinese");
  await page.goto(`/boards/${board.id}`);
  await page.route("**/tasks/*", (route) =>
    route.fulfill({
      status: 429,
      contentType: "application/json",
      body: JSON.stringify({ detail: "Too many.", code: "rate_limited", params: { seconds: 7 }, request_id: "x" }),
    }),
  );
  await page.locator(`[data-card="${task.id}"]`).focus();
  await page.keyboard.press("s");
  await page.getByRole("menuitemcheckbox").nth(1).click();
  await page.getByText("请等待 7 秒").waitFor();
});

test("tasks beyond those of the first answer are shown, counted and found", async () => {
  const names = ["First of many", "Second of many", "Third of many"];
  const tasks = [];
  for (const name of names) tasks.push(await newTask(name));
  const page = await stage.page();
  const snapshotWith = (change) =>
    page.route("**/snapshot", async (route) => {
      const snapshot = await stage.api("GET", `/boards/${board.id}/snapshot`);
      await route.fulfill({ json: { ...snapshot, ...(await change(snapshot)) } });
    });
  await snapshotWith(async ({ tasks: [newest] }) => ({
    tasks: [newest],
    tasks_next_cursor: (await stage.api("GET", `/boards/${board.id}/tasks?limit=1`)).next_cursor,
  }));
  await page.goto(`/boards/${board.id}?q=many`);
  for (const name of names) await page.getByText(name).waitFor();
  const total = (await stage.api("GET", `/boards/${board.id}/tasks?limit=1`)).total;
  await page.getByText(`3 of ${total} tasks`).waitFor();

  // One that no page of the list had is still there under its address and its key.
  await page.unroute("**/snapshot");
  await snapshotWith(() => ({ tasks: [], tasks_next_cursor: null }));
  await page.goto(`/boards/${board.id}/tasks/${tasks[0].id}`);
  await page.getByRole("heading", { name: names[0] }).or(page.getByLabel("Title")).first().waitFor();
  await page.goto(`/t/${tasks[1].key}`);
  await page.getByText(names[1]).first().waitFor();
  await page.goto(`/boards/${board.id}/tasks/${crypto.randomUUID()}`);
  await page.getByText("This task is gone").first().waitFor();
});

test("theme and language are chosen and kept", async () => {
  const page = await stage.page();
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.getByRole("radio", { name: "中文" }).click();
  await page.getByRole("heading", { name: "设置", level: 1 }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "设置", level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});

test("on a phone a task is moved by its menu and by a long press, and the navigation is a drawer", async () => {
  const task = await newTask("On the phone");
  const page = await stage.page({ phone: true });
  await page.goto(`/boards/${board.id}`);
  await page.getByRole("button", { name: `Actions for ${task.key} On the phone` }).tap();
  await page.getByRole("menuitemcheckbox", { name: "In progress" }).tap();
  const status = async () =>
    (await stage.api("GET", `/boards/${board.id}/tasks`)).items.find(({ id }) => id === task.id).status;
  await until(async () => (await status()) === "in_progress", "the move by menu");

  const card = page.locator(`[data-card="${task.id}"]`);
  await card.scrollIntoViewIfNeeded();
  const box = await card.boundingBox();
  const finger = await page.context().newCDPSession(page);
  const touch = (type, x, y) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const [x, y] = [box.x + 60, box.y + 20];
  await touch("touchStart", x, y);
  // The card is picked up once it has been held; what follows the finger says so.
  await page.locator(".cursor-grabbing").waitFor();
  for (const step of [0.25, 0.5, 0.75, 1]) await touch("touchMove", x + (6 - x) * step, y + 60 * step);
  await page.getByText("Over Inbox.").waitFor();
  await touch("touchEnd");
  await page.getByText(`${task.key} moved to Inbox, 1 of`).waitFor();
  assert.equal(await status(), "inbox");
  await page.getByRole("button", { name: "Open navigation" }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Agents" }).tap();
  await page.getByRole("heading", { name: "Agents", level: 1 }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, "nothing sticks out sideways");
});
