import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Words",
    slug: "words",
    description: "For people.",
    gateway_id,
    max_agents: 0,
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const newTask = (title, fields = {}) => stage.api("POST", `/boards/${board.id}/tasks`, { title, ...fields });

test("a text has sizes for its headings, colours and a copy button for its code, links for keys, and directions", async () => {
  const other = await newTask("The other");
  const task = await newTask("Formatted", {
    description: `# One\n\n## Two\n\nSee ${other.key}, but not UTF-8, and @lead.\n\n\`${other.key}\`\n\n\`\`\`ts\nconst a = 1; // why\n\`\`\`\n\nمرحبا بالعالم`,
  });
  const page = await stage.page({ reducedMotion: "reduce" });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(page, `/boards/${board.id}/tasks/${task.id}`, "Formatted");
  const text = page.locator(".prose-mc").first();
  await text.locator(".hljs-keyword", { hasText: "const" }).waitFor();
  const size = (name) =>
    text
      .locator(name)
      .first()
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  assert.ok((await size("h1")) > (await size("h2")));
  assert.ok((await size("h2")) > (await size("p")));
  assert.equal(await text.getByRole("link").count(), 1, "the key outside of code alone");
  assert.equal(await text.getByText("مرحبا بالعالم").evaluate((element) => getComputedStyle(element).direction), "rtl");
  await text.getByRole("button", { name: "Copy" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "const a = 1; // why");
  assert.deepEqual(await faults(page), []);
  await text.getByRole("link", { name: other.key }).click();
  await page.getByRole("heading", { name: "The other", level: 1 }).waitFor();
  assert.deepEqual(page.problems, []);
});

test("a long text is folded, and unfolded on request", async () => {
  const task = await newTask("Long", {
    description: Array.from({ length: 120 }, (_, n) => `Paragraph ${n}. ${"word ".repeat(20)}`).join("\n\n"),
  });
  const page = await stage.page();
  await visit(page, `/boards/${board.id}/tasks/${task.id}`, "Long");
  await page.getByText("Paragraph 3.").waitFor();
  assert.equal(await page.getByText("Paragraph 119.").count(), 0);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByText("Paragraph 119.").waitFor();
  await page.getByRole("button", { name: "Show less" }).click();
  await page.getByText("Paragraph 119.").waitFor({ state: "detached" });
});

test("a notice waits while somebody is at it", async () => {
  const task = await newTask("Notice");
  const page = await stage.page();
  await page.clock.install();
  await visit(page, `/boards/${board.id}?taskId=${task.id}`, "Notice", 2);
  await page.getByRole("button", { name: "Copy key" }).click();
  const notice = page
    .getByLabel("Notifications")
    .getByText(/Copied|unexpected/)
    .first();
  await notice.waitFor();
  await notice.hover();
  await page.clock.runFor(60_000);
  assert.equal(await notice.count(), 1);
  await page.mouse.move(10, 10);
  await page.clock.runFor(20_000);
  await notice.waitFor({ state: "detached" });
});

test("a page that could not be read says why, offers a way back, and names the request", async () => {
  const page = await stage.page();
  await visit(page, "/dashboard", "Dashboard");
  await page.route("**/api/v1/tags**", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/json",
      body: JSON.stringify({ detail: "Not for you.", code: "odd", params: {}, request_id: "req-12" }),
    }),
  );
  await page.goto("/tags");
  await page.getByRole("heading", { name: "This could not be shown" }).waitFor();
  await page.getByText("Not for you.").waitFor();
  await page.getByText("Request req-12").waitFor();
  await page.getByRole("button", { name: "Go back" }).click();
  await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
});

test("the palette knows what was looked at, and does what the keys do here", async () => {
  const task = await newTask("From the palette");
  const page = await stage.page();
  await visit(page, `/boards/${board.id}`, "Words");
  await page.locator(`[data-card="${task.id}"]`).focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await palette.getByRole("option", { name: "Words" }).first().waitFor();
  await page.keyboard.type("choose the prio");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Choose the priority" }).waitFor();
  await page.keyboard.type("urgent");
  await page.keyboard.press("Enter");
  await until(
    async () => (await stage.api("GET", `/boards/${board.id}/tasks/${task.id}`)).priority === "urgent",
    "the priority",
  );
});

test("measures of a goal are written line by line", async () => {
  const page = await stage.page();
  await visit(page, `/boards/${board.id}/settings`, "Board settings");
  await page.getByLabel("Type", { exact: true }).selectOption("goal");
  await page.getByLabel("Measure").fill("Answers within");
  await page.getByLabel("Target", { exact: true }).fill("2");
  await page.getByLabel("Objective").fill("Be quick");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await until(
    async () => (await stage.api("GET", `/boards/${board.id}`)).success_metrics?.["Answers within"] === 2,
    "the measure",
  );
});

test("the frame of the page is there before it is known who looks", async () => {
  const page = await stage.page();
  await visit(page, "/tags", "Tags");
  let answer;
  const asked = new Promise((resolve) => (answer = resolve));
  await page.route("**/api/v1/events*", async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto("/tags");
  await page.getByRole("status", { name: "Loading" }).waitFor();
  answer();
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
});
