// Models are chosen for a board and for one of its agents, and what the gateway has is shown.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, until } from "./stage.mjs";

let stage;
let agent;
before(async () => {
  stage = await open();
  agent = (await stage.api("GET", "/agents")).items.find((it) => it.board_id);
});
afterEach(() => stage.clear());
after(() => stage?.close());

test("a board's agents think with what is chosen for it, and one of them with its own", async () => {
  const page = await stage.page();
  await page.goto(`/boards/${agent.board_id}/settings`);
  const section = page.locator("section", { has: page.getByRole("heading", { name: "Models", exact: true }) });
  await section.getByLabel("Model", { exact: true }).fill("claude");
  await section.getByRole("button", { name: "Save" }).click();
  await section.getByRole("alert").getByText("Name the provider and the model").waitFor();
  assert.deepEqual(await faults(page), []);
  await section.getByLabel("Model", { exact: true }).fill("stub/board");
  await section.getByLabel("Model of heartbeats").fill("stub/cheap");
  await section.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").first().waitFor();

  await page.goto(`/agents/${agent.id}`);
  await page.getByRole("button", { name: "stub/board" }).click();
  const dialog = page.getByRole("dialog", { name: `Models of ${agent.name}` });
  await dialog.getByRole("status").getByText("Model: stub/board.").waitFor();
  assert.deepEqual(await faults(page), []);
  await dialog.getByLabel("Model", { exact: true }).fill("stub/own");
  await dialog.getByLabel("Thinking").selectOption("low");
  await dialog.getByLabel("Heartbeats from").fill("08:00");
  await dialog.getByLabel("Heartbeats until").fill("22:00");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "stub/own" }).waitFor();
  const read = await stage.api("GET", `/agents/${agent.id}/models`);
  assert.deepEqual(
    [read.model, read.thinking, read.active_hours, read.in_effect.heartbeat_model],
    ["stub/own", "low", { start: "08:00", end: "22:00", timezone: null }, "stub/cheap"],
  );
  const seen = async () => (await stage.api("GET", `/agents/${agent.id}/models/observed`)).is_as_wanted;
  await until(seen, "the gateway to have it");
});
