import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, simulate, until, visit } from "./stage.mjs";

let stage;
let board;
let gateway;
before(async () => {
  stage = await open();
  [board] = (await stage.api("GET", "/boards")).items;
  [gateway] = (await stage.api("GET", "/gateways")).items;
});
afterEach(() => stage.clear());
after(() => stage?.close());

const agentNamed = async (name) => (await stage.api("GET", "/agents")).items.find((agent) => agent.name === name);

/** Changes a file as its agent would. */
const edit = (agent, name, content) =>
  stage.callGateway(gateway.name, "agents.files.set", {
    agentId: agent.openclaw_session_id.split(":")[1],
    name,
    content,
  });

test("jobs that died are found, looked into, queued again and cancelled, live for everybody", async () => {
  const away = await simulate();
  const registered = await stage.api("POST", "/gateways", {
    name: "Away",
    url: away.url,
    token: away.token,
    workspace_root: "~/.openclaw",
  });
  const main = await until(
    async () =>
      (await stage.api("GET", "/agents")).items.find(
        (agent) => agent.gateway_id === registered.id && agent.status === "online",
      ),
    "its agent",
  );
  await away.stop();
  const [page, other] = [await stage.page({ reducedMotion: "reduce" }), await stage.page()];
  await other.goto("/jobs?state=dead");
  await other.getByRole("heading", { name: "Nothing died" }).waitFor();

  await page.goto(`/agents/${main.id}`);
  await page.getByRole("button", { name: `Actions for ${main.name}` }).click();
  await page.getByRole("menuitem", { name: "Wake" }).click();
  await page.getByText("Wake failed").waitFor();

  // The page of somebody else has it without being asked.
  await other.getByRole("link", { name: "Wake an agent" }).waitFor();
  await page.goto("/jobs");
  await page.getByRole("radio", { name: /^Dead 1$/ }).check();
  assert.match(page.url(), /state=dead/);
  await page.getByRole("link", { name: "Wake an agent" }).click();
  const sheet = page.getByRole("dialog", { name: "Wake an agent" });
  await sheet.getByText("could not reach").waitFor();
  await sheet.getByText("Check that the gateway runs").waitFor();
  await sheet.getByRole("link", { name: main.name }).waitFor();
  await sheet.getByRole("region", { name: "Payload" }).getByText(main.id).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.reload();
  await sheet.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Queued again: Wake an agent").waitFor();
  await sheet.getByRole("button", { name: "Close" }).click();
  await sheet.waitFor({ state: "detached" });
  assert.doesNotMatch(page.url(), /job=/);

  // The gateway is still away: it dies again, and all that are shown are queued at once.
  await page.getByRole("link", { name: "Wake an agent" }).waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Retry 1" }).click();
  await page.getByText("1 job queued again").waitFor();

  await stage.api("POST", `/agents/${main.id}/reprovision`).catch(() => {});
  await other.goto("/jobs?state=cancelled");
  await page.goto(`/jobs?agent=${main.id}&kind=agent.provision`);
  await page.getByRole("button", { name: `Only ${main.name}` }).waitFor();
  await page.getByRole("button", { name: "Cancel: Provision an agent" }).first().click();
  await other.getByRole("link", { name: "Provision an agent" }).first().waitFor({ timeout: 60_000 });
  assert.deepEqual(
    page.problems.filter((problem) => !problem.includes("502")),
    [],
  );
});

test("what was posted to a webhook shows whether the agent heard of it, and is delivered again", async () => {
  const webhook = await stage.api("POST", `/boards/${board.id}/webhooks`, { description: "Builds" });
  const page = await stage.page();
  await page.goto(`/boards/${board.id}/webhooks/${webhook.id}`);
  await page.getByRole("heading", { name: "Nothing arrived yet" }).waitFor();
  await fetch(`${stage.base}${webhook.endpoint_path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"build":42}',
  });
  const payload = page.locator("details");
  await payload.getByText("Seen").first().waitFor();
  await payload.locator("summary").click();
  await payload.getByText('"build": 42').waitFor();
  await payload.getByText("1 attempt", { exact: true }).waitFor();
  await payload.getByRole("button", { name: "Redeliver" }).click();
  await page.getByText("Queued for delivery").waitFor();
  await payload.getByText("2 attempts").waitFor();
  await payload.getByText("Seen").first().waitFor();
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(page.problems, []);
});

test("an agent's page shows its state, days, messages, files and sessions, and pauses and resumes it", async () => {
  const agent = await agentNamed("Builder");
  const lead = (await stage.api("GET", "/agents")).items.find(({ is_board_lead }) => is_board_lead);
  await edit(agent, "SOUL.md", "# SOUL.md\n\nMy own words.\n");
  const page = await stage.page();
  await page.goto(`/agents/${agent.id}`);
  await page.getByText("Next expected").waitFor();
  await page.getByText(/\d+ heartbeats, \d+ messages and \d+ wakes in all/).waitFor({ state: "attached" });
  const menu = async (action) => {
    await page.getByRole("button", { name: "Actions for Builder" }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  await menu("Pause");
  await page.getByText("what is said to it waits").waitFor();
  await page.getByRole("main").getByText("Paused", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("main").getByText("Online", { exact: true }).waitFor();

  await page.getByRole("radio", { name: "Files" }).check();
  await page.getByRole("button", { name: "SOUL.md" }).click();
  await page.getByRole("region", { name: "SOUL.md" }).getByText("My own words.").waitFor();
  assert.match(page.url(), /tab=files&file=SOUL.md/);
  await page.getByText("The agent changed 1 file").waitFor();
  await page.getByRole("button", { name: "Overwrite changes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Overwrite changes" }).click();
  await page.getByText("Builder is provisioned again").waitFor();
  await page.getByText("The agent changed 1 file").waitFor({ state: "detached" });

  await page.getByRole("radio", { name: "Sessions" }).check();
  await page.getByRole("button", { name: /^Builder/ }).click();
  await page.getByRole("log").waitFor();
  await page.goto(`/agents/${lead.id}?tab=messages`);
  await page.getByText("Seen", { exact: true }).nth(1).waitFor();
  await page.getByRole("radio", { name: "Failed" }).check();
  await page.getByText("No such messages.").waitFor();
  assert.deepEqual(page.problems, []);
});

test("an agent that needs help says why in the list and in the inbox, and its page offers what helps", async () => {
  const away = await simulate();
  const registered = await stage.api("POST", "/gateways", {
    name: "Lost",
    url: away.url,
    token: away.token,
    workspace_root: "~/.openclaw",
  });
  const main = await until(
    async () =>
      (await stage.api("GET", "/agents")).items.find(
        (agent) => agent.gateway_id === registered.id && agent.status === "online",
      ),
    "its agent",
  );
  await away.stop();
  await stage.api("POST", `/agents/${main.id}/reprovision`).catch(() => {});
  const page = await stage.page({ reducedMotion: "reduce" });
  await page.goto("/agents");
  await page.getByRole("row", { name: main.name }).getByText("could not reach").waitFor();
  await page.goto("/inbox?show=agent");
  await page.getByRole("button", { name: main.name }).getByText("could not reach").waitFor();
  await page.goto(`/agents/${main.id}`);
  const trouble = page.getByRole("alert");
  await trouble.getByText("Check that the gateway runs").waitFor();
  await trouble.getByRole("button", { name: "Provision again" }).waitFor();
  assert.deepEqual(await faults(page), []);
  await trouble.getByRole("link", { name: "Open the gateway" }).click();
  await page.getByRole("heading", { name: "Lost", level: 1 }).waitFor();
});

test("a board is paused and resumed, and keeps the pace that it is given", async () => {
  const page = await stage.page();
  await page.goto(`/boards/${board.id}/settings`);
  await page.getByRole("button", { name: "Pause agents" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause agents" }).click();
  await page.getByRole("button", { name: "Resume agents" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume agents" }).click();
  await page.getByRole("button", { name: "Pause agents" }).waitFor();
  await page.getByLabel("Shortest interval").fill("soon");
  await page.getByText("A number and s, m, h or d").waitFor();
  await page.getByLabel("Shortest interval").fill("20m");
  await page.getByLabel("Longest interval while idle").fill("2h");
  await page.getByRole("button", { name: "Save the heartbeats" }).click();
  await page.getByText("Saved").waitFor();
  const saved = await stage.api("GET", `/boards/${board.id}`);
  assert.deepEqual(
    [saved.heartbeat_policy, saved.heartbeat_floor, saved.heartbeat_ceiling, saved.paused_at],
    ["adaptive", "20m", "2h", null],
  );
  await page.getByLabel("Heartbeats", { exact: true }).selectOption("Off");
  await page.getByRole("button", { name: "Save the heartbeats" }).click();
  await until(async () => (await stage.api("GET", `/boards/${board.id}`)).heartbeat_policy === "off", "the policy");
  await stage.api("PATCH", `/boards/${board.id}`, { heartbeat_policy: "adaptive" });
});

test("template sync shows what would change, then does it, and keeps what agents wrote unless told otherwise", async () => {
  const agent = await agentNamed("Reviewer");
  await edit(agent, "SOUL.md", "# SOUL.md\n\nMy own words.\n");
  await stage.api("PATCH", `/boards/${board.id}`, { objective: "Find more customers" });
  const page = await stage.page({ reducedMotion: "reduce" });
  await page.goto(`/gateways/${gateway.id}?tab=files`);
  await page.getByRole("button", { name: "Show what would change" }).click();
  const plan = page.getByRole("region", { name: "What would change" });
  await plan.getByText("Reviewer").click();
  await plan.locator("summary", { hasText: "AGENTS.md" }).locator("visible=true").click();
  await plan.getByText("Objective: Find more customers").locator("visible=true").waitFor();
  await plan
    .locator("summary", { hasText: "SOUL.md" })
    .locator("visible=true")
    .getByText("the agent’s, kept")
    .waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText("agents brought up to date").waitFor();
  await page.getByText("Kept as the agents changed them").getByText("Reviewer: SOUL.md").waitFor();

  await page.getByRole("button", { name: "Show what would change" }).click();
  await page.getByText("Everything is as it should be.").waitFor();
  await page.getByLabel("Overwrite what agents changed").check();
  await page.getByText("look again before you apply").waitFor();
  assert.equal(await page.getByRole("button", { name: "Apply" }).count(), 0);
  await page.getByRole("button", { name: "Compare again" }).click();
  await plan.getByText("Reviewer").click();
  await plan.locator("summary", { hasText: "SOUL.md" }).locator("visible=true").getByText("overwritten").waitFor();
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText("brought up to date").waitFor();
  const soul = await stage.api("GET", `/agents/${agent.id}/files/SOUL.md`);
  assert.doesNotMatch(soul.content, /My own words/);

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("When the gateway loses an agent").selectOption("Only say so");
  await page.getByRole("button", { name: "Save" }).click();
  await until(
    async () =>
      (await stage.api("GET", "/gateways")).items.find(({ id }) => id === gateway.id).drift_policy === "report",
    "the policy",
  );
  assert.deepEqual(page.problems, []);
});

test("a budget is made, shows how far it is used up, and is deleted", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/budgets", "Budgets");
  await page.getByRole("main").getByRole("button", { name: "New budget" }).first().click();
  const form = page.getByRole("dialog", { name: "New budget" });
  await form.getByLabel("For").selectOption({ label: board.name });
  await form.getByLabel("Per").selectOption("month");
  await form.getByLabel("Limit").fill("100000000");
  assert.deepEqual(await faults(page), []);
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  const bar = page.getByRole("progressbar", { name: `${board.name}, month` });
  await bar.waitFor();
  await page.getByText("of 100,000,000 tokens").waitFor();
  assert.deepEqual(await faults(page), []);

  // Somebody else changes it, and the page has it without being asked.
  const [budget] = (await stage.api("GET", "/budgets")).items;
  assert.equal(budget.time_zone, "Europe/Berlin");
  await stage.api("PATCH", `/budgets/${budget.id}`, { limit: 200_000_000 });
  await page.getByText("of 200,000,000 tokens").waitFor();
  await page.getByRole("button", { name: `Actions for ${board.name}, month` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "No budgets yet" }).waitFor();
  assert.deepEqual(page.problems, []);
});

test("the whole fleet is stopped after it was shown what goes on, and paused with a reason", async () => {
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, "/agents", "Agents");
  await page.getByRole("button", { name: "Stop all" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop the whole fleet" });
  await dialog.getByLabel("Why").fill("A drill.");
  await dialog.getByLabel(/^Pause them as well/).check();
  assert.deepEqual(await faults(page), []);
  await dialog.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText(/agents? (is|are) being stopped/).waitFor();
  await until(async () => (await stage.api("GET", `/boards/${board.id}`)).paused_at, "the pause");
  const feed = JSON.stringify(await stage.api("GET", "/activity?limit=50"));
  assert.match(feed, /The whole fleet was stopped: A drill\./);
  await stage.api("POST", `/boards/${board.id}/memory`, { content: "/resume", tags: ["chat"] });
  assert.deepEqual(page.problems, []);
});
