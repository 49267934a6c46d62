import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
before(async () => {
  stage = await open();
  [board] = (await stage.api("GET", "/boards")).items;
});
afterEach(() => stage.clear());
after(() => stage?.close());

const bearer = (token) => ({ Authorization: `Bearer ${token}` });

test("a token is shown once, opens what it was made for, and nothing any more when it is revoked", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/settings", "Settings");
  await page.getByText("No tokens").waitFor();
  await page.getByRole("button", { name: "New token" }).first().click();
  const form = page.getByRole("dialog", { name: "New token" });
  await form.getByLabel("Name").fill("Builds");
  await form.getByLabel("May").selectOption("write");
  await form.getByRole("button", { name: "Boards that it opens" }).click();
  await page.getByRole("option", { name: board.name }).click();
  await page.keyboard.press("Escape");
  // A token of single boards does not govern.
  assert.equal(await form.getByRole("option", { name: "Admin" }).isDisabled(), true);
  assert.deepEqual(await faults(page), []);
  await form.getByRole("button", { name: "Make token" }).click();
  const made = page.getByRole("dialog", { name: "Token “Builds”" });
  const token = await made.getByLabel("Token", { exact: true }).inputValue();
  assert.match(token, /^mct_/);
  assert.deepEqual(await faults(page), []);
  // Without having copied it nobody leaves by mistake.
  await page.keyboard.press("Escape");
  const sure = page.getByRole("dialog", { name: "Close without the token?" });
  await sure.getByRole("button", { name: "Cancel" }).click();
  await sure.waitFor({ state: "detached" });
  await made.getByRole("button", { name: "Copy" }).click();
  await made.getByRole("button", { name: "Done" }).click();
  await made.waitFor({ state: "detached" });
  assert.equal((await page.content()).includes(token), false);

  const seen = await fetch(`${stage.base}/api/v1/boards`, { headers: bearer(token) });
  assert.equal((await seen.json()).items.length, 1);
  await until(async () => (await stage.api("GET", "/tokens")).items[0].last_used_at, "the use to be written down");
  await page.goto("/tokens");
  const row = page.getByRole("row", { name: /Builds/ });
  await row.getByText(board.name).waitFor();
  await row.getByText("127.0.0.1").waitFor();
  await row.getByRole("button", { name: "Revoke Builds" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("“Builds” revoked").waitFor();
  await row.waitFor({ state: "detached" });
  assert.equal((await fetch(`${stage.base}/api/v1/boards`, { headers: bearer(token) })).status, 401);
});

test("a service account is made, given a token, and removed with it", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/tokens", "API tokens");
  await page.getByRole("button", { name: "New service account" }).first().click();
  const form = page.getByRole("dialog", { name: "New service account" });
  await form.getByLabel("Name").fill("Deployments");
  await form.getByRole("button", { name: "Create" }).click();
  const next = page.getByRole("dialog", { name: "New token for Deployments" });
  await next.getByLabel("Name").fill("Release");
  await next.getByRole("button", { name: "Make token" }).click();
  const made = page.getByRole("dialog", { name: "Token “Release”" });
  const token = await made.getByLabel("Token", { exact: true }).inputValue();
  await made.getByRole("button", { name: "Copy" }).click();
  await made.getByRole("button", { name: "Done" }).click();
  await page.getByRole("row", { name: /Release.*Deployments/ }).waitFor();
  assert.equal((await fetch(`${stage.base}/api/v1/boards`, { headers: bearer(token) })).status, 200);
  await page.getByRole("button", { name: "Actions for Deployments" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No service accounts").waitFor();
  assert.equal((await fetch(`${stage.base}/api/v1/boards`, { headers: bearer(token) })).status, 401);
});

test("the audit is filtered by chips, tells what changed, and comes as a file", async () => {
  await stage.api("PATCH", `/boards/${board.id}`, { max_agents: 7 });
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/audit", "Audit");
  await page.getByRole("button", { name: "Action" }).click();
  await page.getByRole("combobox").fill("board changed");
  await page.getByRole("option", { name: "Board changed" }).click();
  await page.waitForURL(/action=board\.updated/);
  const entry = page.getByRole("button", { name: /^Details: Board changed/ }).first();
  await entry.click();
  const change = page.getByRole("row", { name: /max_agents/ });
  await change.getByRole("deletion").waitFor();
  assert.equal(await change.getByRole("insertion").textContent(), "7");
  assert.deepEqual(await faults(page), []);
  await page.getByRole("link", { name: board.name }).last().waitFor();
  // Everything that the same request did.
  await page.getByRole("button", { name: /^only this: Request/ }).click();
  await page.waitForURL(/request=/);
  assert.doesNotMatch(page.url(), /action=/);
  await page.getByRole("button", { name: /^Details: Board changed/ }).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Details:/ }).count(), 1);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  assert.equal((await file).suggestedFilename(), "audit.csv");
  await page.getByRole("button", { name: "Show everything" }).click();
  await until(async () => (await page.getByRole("button", { name: /^Details:/ }).count()) > 5, "all entries");
  // Days are those of the person, and the last one is shown whole.
  await page.goto("/audit?since=2020-01-01&until=2020-01-02");
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  assert.deepEqual(page.problems, []);
});

test("more of a long record is read by its cursor", async () => {
  const tag = await stage.api("POST", "/tags", { name: "Counted" });
  for (let n = 0; n < 60; n += 1) await stage.api("PATCH", `/tags/${tag.id}`, { description: `No. ${n}` });
  const page = await stage.page();
  const asked = [];
  page.on("request", (request) => request.url().includes("/audit?") && asked.push(new URL(request.url())));
  await visit(page, `/audit?action=tag.updated&object=${tag.id}`, "Audit");
  await page.getByRole("region", { name: "Audit" }).focus();
  await page.keyboard.press("End");
  await page.getByRole("button", { name: "Older" }).click();
  await page.getByRole("button", { name: "Older" }).waitFor({ state: "detached" });
  assert.ok(asked.at(-1).searchParams.get("cursor"));
  assert.equal(asked.at(-1).searchParams.get("offset"), null);
});

test("use is drilled down from the board to the model, in tokens and in money", async () => {
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const agent = (await stage.api("GET", "/agents")).items.find(({ board_id }) => board_id === board.id);
  const used = { runs: 2, calls: 5, input_tokens: 9000, output_tokens: 3000, cache_read_tokens: 500 };
  const sums = { ...used, cache_write_tokens: 0, total_tokens: 12_500, cost_micros: 1_250_000, unpriced_calls: 2 };
  const none = { day: null, agent_id: null, agent_name: null, board_id: null, board_name: null, task_id: null };
  const group = { ...none, task_key: null, task_title: null, provider: null, model: null, ...sums };
  const by = {
    day: [{ ...group, day: day(1) }],
    board: [{ ...group, board_id: board.id, board_name: board.name }],
    agent: [{ ...group, agent_id: agent.id, agent_name: agent.name }],
    task: [{ ...group, task_id: "", cost_micros: null }],
    model: [{ ...group, model: "stub-1" }],
  };
  const page = await stage.page({ reducedMotion: "reduce" });
  const asked = [];
  await page.route("**/api/v1/usage?**", (route) => {
    const query = new URL(route.request().url()).searchParams;
    asked.push(query);
    const groups = by[query.get("group_by")];
    return route.fulfill({
      json: { from: query.get("from"), to: query.get("to"), total: sums, groups, truncated: false },
    });
  });
  await visit(page, "/usage?by=board", "Usage");
  await page.getByText("2 calls without a price are not in it").waitFor();
  await page.getByText("$1.25").first().waitFor();
  await page.getByRole("button", { name: board.name }).click();
  await page.waitForURL((url) => url.searchParams.get("board") === board.id);
  await page.getByRole("button", { name: agent.name }).click();
  await page.waitForURL((url) => url.searchParams.get("agent") === agent.id);
  await page.getByText("No task").waitFor();
  await page.getByText("No price").waitFor();
  await page.getByRole("radio", { name: "Model" }).check();
  await page.getByRole("button", { name: "stub-1" }).waitFor();
  assert.equal(asked.at(-1).get("agent_id"), agent.id);
  assert.equal(asked.at(-1).get("board_id"), board.id);
  await page.getByRole("radio", { name: "Cost" }).check();
  assert.deepEqual(await faults(page), []);
  // A term is taken away again, and the address has it all.
  await page.getByRole("button", { name: `Without the filter Agent ${agent.name}` }).click();
  await page.waitForURL((url) => !url.searchParams.has("agent"));
  const csv = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
  assert.match(csv, /format=csv/);
  assert.match(csv, new RegExp(`board_id=${board.id}`));
  await page.goto("/dashboard");
  await page.getByRole("heading", { name: "Usage, last 7 days" }).waitFor();
  await page.goto(`/agents/${agent.id}`);
  await page.getByRole("link", { name: "12.5K tokens · $1.25" }).waitFor();
  assert.deepEqual(page.problems, []);
});

test("a server that fails says so on each of the pages, and is asked again", async () => {
  const page = await stage.page();
  for (const [path, address] of [
    ["/tokens", "**/api/v1/tokens**"],
    ["/audit", "**/api/v1/audit?**"],
    ["/usage", "**/api/v1/usage?**"],
  ]) {
    await page.route(address, (route) => route.fulfill({ status: 500, json: { detail: "No.", code: "internal" } }));
    await page.goto(path);
    const again = page.getByRole("button", { name: "Try again" }).first();
    await again.waitFor();
    await page.unroute(address);
    await again.click();
    await again.waitFor({ state: "detached" });
  }
});
