import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until, visit } from "./stage.mjs";

let stage;
let board;
let gateway;
let agents;
before(async () => {
  stage = await open();
  [board] = (await stage.api("GET", "/boards")).items;
  [gateway] = (await stage.api("GET", "/gateways")).items;
  agents = (await stage.api("GET", "/agents")).items;
});
afterEach(() => stage.clear());
after(() => stage?.close());

const named = (name) => agents.find((agent) => agent.name === name);

test("a gateway's messages say whom they reached, and are sent again", async () => {
  const task = await stage.api("POST", `/boards/${board.id}/tasks`, { title: "Say it" });
  await stage.api("PATCH", `/boards/${board.id}/tasks/${task.id}`, { assigned_agent_id: named("Builder").id });
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/gateways/${gateway.id}?tab=messages`, gateway.name);
  const row = page.getByRole("listitem").filter({ hasText: "Say it" }).first();
  await row.getByText("to Builder").waitFor();
  await page.getByRole("radio", { name: "Seen" }).check();
  await row.getByRole("button", { name: "Send again" }).click();
  await page.getByText("On its way once more").waitFor();
  assert.deepEqual(page.problems, []);
});

test("what differs on a gateway is said before something is done about it", async () => {
  const agent = named("Reviewer");
  await stage.callGateway(gateway.name, "agents.files.set", {
    agentId: agent.openclaw_session_id.split(":")[1],
    name: "SOUL.md",
    content: "# SOUL.md\n\nMy own words.\n",
  });
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/gateways/${gateway.id}?tab=look`, gateway.name);
  await page.getByRole("button", { name: "Show what differs" }).click();
  await page
    .getByRole("region", { name: "Files that agents changed, and keep" })
    .getByText("Reviewer: SOUL.md")
    .waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Put right" }).click();
  await page.getByText(/^Of \d agents:$/).waitFor();
  assert.deepEqual(page.problems, []);
});

test("sessions of a gateway are found by agent, and one is read", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/gateways/${gateway.id}?tab=sessions`, gateway.name);
  const sessions = page.getByRole("region", { name: "Sessions" });
  await sessions.getByRole("button", { name: /Builder/ }).waitFor();
  await sessions.getByRole("searchbox").fill("reviewer");
  await sessions.getByRole("button", { name: /Builder/ }).waitFor({ state: "detached" });
  await sessions.getByRole("button", { name: /Reviewer/ }).click();
  await page.getByRole("log").waitFor();
  assert.match(page.url(), /session=/);
});

const soon = () => new Date(Date.now() + 90_000).toISOString();
const command = (decisions, expires_at) => ({
  id: "3f0e2b1c-0000-4000-8000-000000000001",
  gateway_id: gateway.id,
  approval_id: null,
  agent_id: named("Builder").id,
  board_id: board.id,
  task_id: null,
  run_id: null,
  command: "rm -rf build",
  cwd: "/srv/work",
  host: "gateway",
  resolved_path: null,
  warning: "It deletes files.",
  allowed_decisions: decisions,
  state: "pending",
  decision: null,
  decided_by: null,
  decided_by_user_id: null,
  reason: null,
  error: null,
  created_at: new Date().toISOString(),
  expires_at,
  resolved_at: null,
});

test("a command that waits offers exactly what its gateway takes, and counts down", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  let waiting = [command(["once", "always", "deny"], soon())];
  const decided = [];
  await page.route("**/api/v1/exec-approvals?**", (route) =>
    route.fulfill({ json: { items: waiting, total: waiting.length, limit: 20, offset: 0, next_cursor: null } }),
  );
  await page.route("**/api/v1/exec-approvals/*/decision", (route) => {
    decided.push(route.request().postDataJSON());
    const [first] = waiting;
    waiting = [];
    return route.fulfill({ json: { ...first, state: "sending" } });
  });
  await visit(page, `/gateways/${gateway.id}?tab=commands`, gateway.name);
  await page.getByText("rm -rf build").waitFor();
  await page.getByText(/^1:\d\d left$/).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Always allow" }).click();
  const sure = page.getByRole("dialog", { name: "Allow this command always?" });
  await sure.getByText("rm -rf build").waitFor();
  await sure.getByRole("button", { name: "Always allow" }).click();
  await page.getByRole("heading", { name: "No command waits" }).waitFor();
  assert.deepEqual(decided, [{ decision: "always" }]);

  waiting = [command(["deny"], soon())];
  await page.reload();
  await page.getByRole("button", { name: "Deny" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Allow once" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Always allow" }).count(), 0);
});

test("in the inbox a command has the same decisions, and says how long it waits", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  const { id, command: line } = command([], soon());
  const approval = {
    id: "3f0e2b1c-0000-4000-8000-000000000002",
    board_id: board.id,
    task_id: null,
    task_ids: [],
    task_titles: [],
    agent_id: named("Builder").id,
    action_type: "exec",
    confidence: 0,
    lead_reasoning: null,
    rubric_scores: null,
    status: "pending",
    created_at: new Date().toISOString(),
    resolved_at: null,
    version: "1",
    payload: { exec_approval_id: id, command: line, allowed_decisions: ["once", "always", "deny"], expires_at: soon() },
  };
  let waiting = [approval];
  const decided = [];
  await page.route("**/api/v1/approvals?**", (route) =>
    route.fulfill({ json: { items: waiting, total: waiting.length, limit: 200, offset: 0, next_cursor: null } }),
  );
  await page.route(`**/api/v1/exec-approvals/${id}/decision`, (route) => {
    decided.push(route.request().postDataJSON());
    waiting = [];
    return route.fulfill({ json: command(["once"], soon()) });
  });
  await page.goto("/inbox");
  await page.getByText("rm -rf build").first().waitFor();
  await page.getByText(/^1:\d\d left$/).waitFor();
  assert.equal(await page.getByText("% sure").count(), 0);
  assert.deepEqual(await faults(page), []);
  await page.waitForTimeout(600);
  await page.getByRole("button", { name: "Deny" }).click();
  await page.getByText("Denied").first().waitFor();
  await page.getByText("rm -rf build").first().waitFor({ state: "detached" });
  assert.deepEqual(decided, [{ decision: "deny" }]);
});

test("notes of a board are written and found again, and do not go into its chat", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await page.goto(`/boards/${board.id}?panel=notes`);
  const field = page.getByLabel("Note", { exact: true });
  for (const text of ["The garden gate sticks", "Water costs **nothing** on Sundays"]) {
    await field.fill(text);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Notes" }).getByText(text.split(" ")[0]).first().waitFor();
  }
  await page.getByRole("searchbox", { name: "Search in Notes" }).fill("sundays water");
  await page.getByText("The garden gate sticks").waitFor({ state: "detached" });
  await page.getByText("on Sundays").waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("radio", { name: "Chat" }).check();
  assert.equal(await page.getByRole("log").getByText("on Sundays").count(), 0);
  assert.match(page.url(), /panel=chat/);
});

test("a page says how assistants connect, with the tools as the server tells them", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/connect", "Connect (MCP)");
  await page.getByText(`${stage.base}/mcp`, { exact: true }).waitFor();
  await page.locator("summary", { hasText: "create_task" }).click();
  await page.getByText("board_id").locator("visible=true").first().waitFor();
  await page.getByRole("radio", { name: "Configuration file" }).check();
  const snippet = JSON.parse(await page.getByRole("region", { name: "Configuration file" }).textContent());
  assert.equal(snippet.mcpServers["mission-control"].url, `${stage.base}/mcp`);
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(page.problems, []);
});

test("a soul of the directory is read and given to an agent", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  const soul = { handle: "ada", slug: "gardener", page_url: "", raw_md_url: "" };
  await page.route("**/api/v1/souls-directory/search?**", (route) => {
    const fits = "gardener".includes(new URL(route.request().url()).searchParams.get("q"));
    return route.fulfill({ json: { items: fits ? [soul] : [] } });
  });
  await page.route("**/api/v1/souls-directory/ada/gardener", (route) =>
    route.fulfill({ json: { ...soul, content: "# Gardener\n\nPatient." } }),
  );
  await visit(page, "/souls", "Souls");
  await page.getByRole("searchbox", { name: "Search in Souls" }).fill("garden");
  await page.getByRole("link", { name: /gardener/ }).click();
  await page.getByText("Patient.").waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Give to an agent" }).click();
  await page.getByRole("option", { name: "Builder" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give" }).click();
  await page.getByText("Builder has another soul now").waitFor();
  const builder = await stage.api("GET", `/agents/${named("Builder").id}`);
  assert.equal(builder.soul_template, "# Gardener\n\nPatient.");
});

test("a skill of one's own is put into the catalogue, changed, and taken out", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/skills", "Skills");
  await page.getByRole("button", { name: "Add a skill" }).click();
  const form = page.getByRole("dialog", { name: "Add a skill" });
  await form.getByLabel("Address").fill("https://example.org/skills/weeding");
  await form.getByLabel("Name").fill("Weeding");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Actions for Weeding" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit skill" });
  await edit.getByLabel("Description").fill("Pulls what nobody planted.");
  await edit.getByRole("button", { name: "Save" }).click();
  await page.getByText("Pulls what nobody planted.").waitFor();
  await page.getByRole("button", { name: "Actions for Weeding" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("Weeding").first().waitFor({ state: "detached" });
});

test("the activity feed names the task of a comment, and is narrowed to an agent, a board and a kind", async () => {
  const task = await stage.api("POST", `/boards/${board.id}/tasks`, { title: "Prune the roses" });
  await stage.api("POST", `/boards/${board.id}/tasks/${task.id}/comments`, { message: "Not before March" });
  const page = await stage.page({ reducedMotion: "reduce" });
  const asked = [];
  page.on("request", (request) => request.url().includes("/activity?") && asked.push(new URL(request.url())));
  await visit(page, "/activity", "Activity");
  const row = page.getByRole("listitem").filter({ hasText: "Not before March" });
  await row.getByText("Prune the roses").waitFor();
  await page.getByRole("button", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Comments" }).click();
  await page.waitForURL(/kind=comment/);
  await row.waitFor();
  await page.getByRole("button", { name: "Agent", exact: true }).click();
  await page.getByRole("option", { name: "Reviewer" }).click();
  await row.waitFor({ state: "detached" });
  await until(async () => asked.at(-1).searchParams.get("agent_id") === named("Reviewer").id, "the agent's");
  assert.equal(asked.at(-1).searchParams.get("heartbeats"), "false");
  await page.getByLabel("Check-ins too").check();
  await until(async () => asked.at(-1).searchParams.get("heartbeats") === "true", "the check-ins");
  assert.deepEqual(await faults(page), []);
});
