// Views of a board: the person's own, and those that are shared.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  const [{ gateway_id }] = (await stage.api("GET", "/boards")).items;
  const made = { name: "Viewed", slug: "viewed", description: "To be looked at.", gateway_id, max_agents: 0 };
  board = await stage.api("POST", "/boards", made);
});
afterEach(() => stage.clear());
after(() => stage?.close());

const views = async () => (await stage.api("GET", `/board-views?board_id=${board.id}`)).items;
const link = (page, name) =>
  page.getByRole("navigation", { name: "Navigation" }).getByRole("link", { name, exact: true });

test("a view is shared with the board, stands in the side bar of others at once, and is changed by its name", async () => {
  await stage.api("POST", `/boards/${board.id}/tasks`, { title: "Seen in a view", priority: "urgent" });
  const page = await stage.page({ reducedMotion: "reduce" });
  const other = await stage.page();
  await visit(other, "/dashboard", "Dashboard");
  await visit(page, `/boards/${board.id}?q=priority%3Aurgent&sort=title&group=assignee`, "Viewed");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save the view…" }).click();
  await page.getByLabel("Name of the view").fill("On fire");
  await page.getByRole("switch", { name: "Share with the board" }).click();
  assert.deepEqual(await faults(page), []);
  await page.getByLabel("Name of the view").press("Enter");
  await link(page, "On fire").waitFor();
  await link(other, "On fire").click();
  await other.waitForURL(/q=priority%3Aurgent.*sort=title/);
  await other.waitForURL(/group=assignee/);
  const [kept] = await views();
  assert.deepEqual(
    [kept.shared, kept.filter, kept.sort, kept.group_by, kept.layout],
    [true, "priority:urgent", "title", "assignee", "board"],
  );
  // What is shown now takes the place of what the view was.
  await other.getByRole("combobox", { name: "Group by" }).selectOption("priority");
  await other.waitForURL(/group=priority/);
  await other.getByRole("button", { name: "Views" }).click();
  await other.getByRole("menuitem", { name: "Save the changes to “On fire”" }).click();
  await until(async () => (await views())[0].group_by === "priority", "the changed view");
  await other.getByRole("button", { name: "Views" }).click();
  await other.getByRole("menuitem", { name: "Forget this view" }).click();
  await link(page, "On fire").waitFor({ state: "detached" });
  assert.deepEqual(await views(), []);
  assert.deepEqual(other.problems, []);
});

test("views that the browser kept by itself are taken along, once", async () => {
  const page = await stage.page();
  await page.addInitScript((id) => {
    if (sessionStorage.getItem("seeded")) return;
    sessionStorage.setItem("seeded", "yes");
    localStorage.setItem(`mc.views.${id}`, JSON.stringify([{ name: "From before", q: "is:open", view: "table" }]));
  }, board.id);
  await visit(page, "/dashboard", "Dashboard");
  await link(page, "From before").click();
  await page.waitForURL(/q=is%3Aopen/);
  await page.waitForURL(/view=table/);
  await page.reload();
  await link(page, "From before").waitFor();
  assert.deepEqual(
    (await views()).map(({ name, shared, filter }) => [name, shared, filter]),
    [["From before", false, "is:open"]],
  );
  assert.equal(await page.evaluate((id) => localStorage.getItem(`mc.views.${id}`), board.id), null);
});
