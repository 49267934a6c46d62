import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
let gateway;
let builder;
before(async () => {
  stage = await open();
  // The demo's own.
  const [shown] = await until(async () => {
    const { items } = await stage.api("GET", "/exec-policies");
    return items.length > 0 && items;
  }, "the rule of the demo");
  await stage.api("DELETE", `/exec-policies/${shown.id}`);
  [board] = (await stage.api("GET", "/boards")).items;
  [gateway] = (await stage.api("GET", "/gateways")).items;
  builder = (await stage.api("GET", "/agents")).items.find(({ name }) => name === "Builder");
});
afterEach(() => stage.clear());
after(() => stage?.close());

const command = (fields) => ({
  id: "0a3e4a58-7a8e-4a54-9c0e-2b7c6f6f1d11",
  gateway_id: gateway.id,
  approval_id: null,
  agent_id: builder.id,
  board_id: board.id,
  task_id: null,
  run_id: null,
  command: "cargo test -p core",
  cwd: null,
  host: "gateway",
  resolved_path: null,
  warning: null,
  allowed_decisions: ["once", "deny"],
  state: "pending",
  decision: null,
  decided_by: null,
  decided_by_user_id: null,
  reason: null,
  error: null,
  created_at: new Date().toISOString(),
  expires_at: new Date(Date.now() + 600_000).toISOString(),
  resolved_at: null,
  policy_id: null,
  ...fields,
});

test("a rule is tried before it is made, and withdrawn", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/exec-policies", "Rules for commands");
  await page.getByText("No rules here").waitFor();
  await page.getByRole("button", { name: "New rule" }).first().click();
  const form = page.getByRole("dialog", { name: "New rule" });
  await form.getByLabel("For", { exact: true }).selectOption({ label: board.name });
  await form.getByLabel("What it does").selectOption({ label: "Allow" });
  await form.getByLabel("The command", { exact: true }).selectOption({ label: "fits the pattern (* and ?)" });
  await form.getByLabel("Command or pattern").fill("*");
  await form.getByRole("button", { name: "See what it would have done" }).click();
  await form.getByText("This would allow every command.").first().waitFor();
  await form.getByLabel("Command or pattern").fill("cargo test*");
  await form.getByLabel("Holds for").selectOption({ label: "7 days" });
  await form.getByLabel("Why").fill("Tests harm nobody.");
  await form.getByRole("button", { name: "See what it would have done" }).click();
  await form.getByRole("region", { name: "In the last thirty days" }).waitFor();
  assert.equal((await stage.api("GET", "/exec-policies?live=true")).total, 0, "only tried so far");
  assert.deepEqual(await faults(page), []);
  await form.getByRole("button", { name: "Make the rule" }).click();

  const card = page.getByRole("listitem").filter({ hasText: "cargo test*" });
  await card.getByRole("heading", { name: board.name }).waitFor();
  await card.getByText("Tests harm nobody.").waitFor();
  const [made] = (await stage.api("GET", "/exec-policies?live=true")).items;
  assert.deepEqual([made.effect, made.matching, made.board_id], ["allow", "glob", board.id]);
  assert.ok(made.expires_at);
  assert.deepEqual(await faults(page), []);

  await card.getByRole("button", { name: "Actions for cargo test*" }).click();
  await page.getByRole("menuitem", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("No rules here").waitFor();
  await page.getByRole("radio", { name: "Withdrawn or over" }).check();
  await card.getByText("Withdrawn", { exact: false }).first().waitFor();
  assert.deepEqual(
    page.problems.filter((problem) => !problem.includes("422")),
    [],
  );
});

test("a command becomes a rule for commands like it", async () => {
  const waiting = command({});
  const page = await stage.page({ phone: true, theme: "dark", reducedMotion: "reduce" });
  await page.route("**/api/v1/exec-approvals?**", (route) =>
    route.fulfill({ json: { items: [waiting], total: 1, limit: 20, offset: 0 } }),
  );
  await page.route(`**/api/v1/exec-approvals/${waiting.id}`, (route) => route.fulfill({ json: waiting }));
  await visit(page, `/gateways/${gateway.id}?tab=commands`, gateway.name);
  await page.getByRole("link", { name: "Make a rule of this" }).click();
  const form = page.getByRole("dialog", { name: "New rule" });
  await form.waitFor();
  assert.equal(await form.getByLabel("Command or pattern").inputValue(), "cargo test");
  assert.equal(await form.getByLabel("Only on the host").inputValue(), "gateway");
  assert.equal(await form.getByLabel("For", { exact: true }).inputValue(), `agent:${builder.id}`);
  assert.equal(await form.getByLabel("What it does").inputValue(), "allow");
  assert.deepEqual(await faults(page), []);
  await form.getByRole("button", { name: "See what it would have done" }).click();
  await form.getByRole("button", { name: "Make the rule" }).click();
  await page.getByRole("heading", { name: "Builder" }).waitFor();
  assert.ok(!page.url().includes("from="), "it is not filled in once more");
  const made = (await stage.api("GET", "/exec-policies?live=true")).items;
  assert.deepEqual([made.length, made[0].agent_id, made[0].pattern], [1, builder.id, "cargo test"]);
  assert.deepEqual(page.problems, []);
});

test("a command that a rule decided says so", async () => {
  const decided = command({
    state: "allowed",
    decision: "once",
    policy_id: "5f0c3a0e-2f6d-4d43-8a0f-0d8f6c1b7a22",
    reason: "The rule to allow `cargo test` (prefix) decided.",
    resolved_at: new Date().toISOString(),
  });
  const page = await stage.page({ reducedMotion: "reduce" });
  await page.route("**/api/v1/exec-approvals?**", (route) =>
    route.fulfill({ json: { items: [decided], total: 1, limit: 20, offset: 0 } }),
  );
  await visit(page, `/gateways/${gateway.id}?tab=commands`, gateway.name);
  await page.getByText("The rule to allow `cargo test` (prefix) decided.").waitFor();
  assert.equal(await page.getByRole("link", { name: "Make a rule of this" }).count(), 0);
  await page.getByRole("link", { name: "Decided by a rule" }).click();
  await page.getByRole("heading", { name: "Rules for commands" }).waitFor();
  assert.deepEqual(page.problems, []);
});
