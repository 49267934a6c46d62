import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { open, visit } from "./stage.mjs";

let stage;
let board;
let task;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  board = await stage.api("POST", "/boards", {
    name: "Letters",
    slug: "letters",
    description: "For people.",
    gateway_id,
    max_agents: 0,
  });
  task = await stage.api("POST", `/boards/${board.id}/tasks`, { title: "Words", description: "Some" });
  await stage.api("POST", "/organizations/me/custom-fields", {
    field_key: "customer",
    label: "Customer",
    field_type: "text",
    board_ids: [board.id],
  });
  await stage.api("POST", `/boards/${board.id}/approvals`, {
    action_type: "deploy",
    confidence: 80,
    task_id: task.id,
    lead_reasoning: "Why",
  });
});
afterEach(() => stage.clear());
after(() => stage?.close());

/** Pages with text fields, and what has to be done before these are there. */
const press = (key) => (page) => page.keyboard.press(key);
const click = (name) => (page) => page.getByRole("button", { name }).first().click();
const places = () => [
  ["/activity", "Activity"],
  ["/agents", "Agents"],
  ["/agents", "Agents", click(/^New agent/)],
  ["/boards/new", "New board"],
  [`/boards/${board.id}`, "Letters"],
  [`/boards/${board.id}`, "Letters", press("c")],
  [`/boards/${board.id}`, "Letters", press("Control+k")],
  // The chat takes the focus when it has come.
  [`/boards/${board.id}?panel=chat`, "Letters", () => {}],
  [`/boards/${board.id}/tasks/${task.id}`, "Words", click(/^Edit$/)],
  [`/boards/${board.id}/tasks/${task.id}`, "Words", click("Words")],
  [`/boards/${board.id}/settings`, "Board settings"],
  ["/gateways", "Gateways", click(/^Connect/)],
  ["/groups", "Board groups", click(/^New group/)],
  [`/inbox?show=${board.id}`, "Inbox", press("n")],
  ["/skills", "Skills"],
  ["/settings", "Settings"],
  ["/tags", "Tags", click(/^New tag/)],
  ["/custom-fields", "Custom fields", click(/^New field/)],
];

/** What is typed into fields of a task is saved when the next one is looked at. */
const SAVED_WHEN_LEFT = /\/tasks\/[^/]+$/;

const WORDS = [
  [["n", "ni", "ni h"], "你好"],
  [["k", "ka", "かんじ"], "漢字"],
];

/** The fields that take letters: those of a dialog where there is one. */
const fields = (page) =>
  page.evaluate(() => {
    const above = [...document.querySelectorAll("[role=dialog]")].at(-1) ?? document;
    const texts = [...above.querySelectorAll("textarea, input")].filter(
      (field) =>
        !field.disabled &&
        !field.readOnly &&
        field.checkVisibility() &&
        (field.tagName === "TEXTAREA" || ["text", "search"].includes(field.type)),
    );
    texts.forEach((field, at) => field.setAttribute("data-typed", String(at)));
    return texts.map(
      (field) => field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent ?? field.placeholder,
    );
  });

test("Chinese, Japanese and letters in the middle can be typed into every field of text, and nothing is sent by it", async () => {
  const page = await stage.page();
  const client = await page.context().newCDPSession(page);
  let count = 0;
  for (const [path, heading, prepare] of places()) {
    await visit(page, path, heading);
    await prepare?.(page);
    if (prepare) await page.locator("input:focus, textarea:focus").waitFor();
    const sent = [];
    const note = (request) => ["POST", "PATCH", "DELETE"].includes(request.method()) && sent.push(request.url());
    page.on("request", note);
    for (const [at, name] of (await fields(page)).entries()) {
      const field = page.locator(`[data-typed="${at}"]`);
      const where = `${name} on ${path}`;
      await field.focus();
      await field.fill("");
      const cleaned = (await field.evaluate((element) => element.maxLength)) === 8;
      for (const [steps, word] of WORDS) {
        for (const text of steps)
          await client.send("Input.imeSetComposition", {
            text,
            selectionStart: text.length,
            selectionEnd: text.length,
          });
        // The Enter that takes the word belongs to the input method.
        for (const key of ["Enter", "Escape"]) {
          await field.evaluate((element, name) => {
            const init = { key: name, keyCode: 229, isComposing: true, bubbles: true, cancelable: true };
            element.dispatchEvent(new KeyboardEvent("keydown", init));
          }, key);
        }
        await client.send("Input.insertText", { text: word });
      }
      assert.equal(await field.inputValue(), cleaned ? "" : "你好漢字", where);
      await field.fill(cleaned ? "ABCD" : "abcd");
      await field.evaluate((element) => element.setSelectionRange(2, 2));
      await page.keyboard.type(cleaned ? "X-Y" : "xy", { delay: 30 });
      assert.equal(await field.inputValue(), cleaned ? "ABXYCD" : "abxycd", where);
      assert.deepEqual(
        sent.filter((url) => !SAVED_WHEN_LEFT.test(url)),
        [],
        where,
      );
      count += 1;
    }
    page.off("request", note);
    await page.evaluate(() => sessionStorage.clear());
    await page.goto("about:blank");
  }
  assert.ok(count >= 25, `only ${count} fields were found`);
});
