// Draws the pictures of the README anew: `scripts/ui pictures`. The fleet is the demo's, with a few tasks of people beside it.
import { fileURLToPath } from "node:url";
import { open, until, visit } from "./stage.mjs";

const images = fileURLToPath(new URL("../../../../docs/images/", import.meta.url));
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

const stage = await open();
try {
  const [board] = (await stage.api("GET", "/boards")).items;
  const on = (path) => `/boards/${board.id}/${path}`;
  const tag = (name, slug, color) => stage.api("POST", "/tags", { name, slug, color });
  const [security, customers] = [
    await tag("Security", "security", "b91c1c"),
    await tag("Customers", "customers", "0f766e"),
  ];
  const first = (await stage.api("GET", on("tasks"))).items.at(-1);
  for (const task of [
    { title: "Measure cold start on a small server", priority: "low" },
    { title: "Rotate the signing keys", priority: "high", tag_ids: [security.id], due_at: day(3) },
    { title: "Interview five customers about billing", tag_ids: [customers.id], depends_on_task_ids: [first.id] },
    {
      title: "Rate-limit the login endpoint",
      priority: "high",
      tag_ids: [security.id],
      due_at: day(1),
      status: "in_progress",
    },
    { title: "Draft the release notes", tag_ids: [customers.id], due_at: day(-2), status: "in_progress" },
  ])
    await stage.api("POST", on("tasks"), task);

  const pending = async () => (await stage.api("GET", on("approvals?status=pending"))).items;
  await until(async () => (await pending()).length > 1, "the agents' first questions", 240_000);
  const decided = (await pending()).at(-1);
  await stage.api("PATCH", on(`approvals/${decided.id}`), { status: "approved", reason: "Reads well." });
  const finished = on(`tasks/${decided.task_id}`);
  await until(async () => (await stage.api("GET", finished)).status === "done", "a finished task", 240_000);

  const draw = async (page, name) => {
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${images}${name}.png`, animations: "disabled" });
  };
  const page = await stage.page({ reducedMotion: "reduce" });
  await visit(page, `/boards/${board.id}`, board.name);
  await draw(page, "board");
  await visit(page, `/inbox?item=${(await pending())[0].id}`, "Inbox");
  await page.getByRole("button", { name: "Reject" }).waitFor();
  await draw(page, "inbox");
  await visit(page, "/usage", "Usage");
  await draw(page, "usage");
  const dark = await stage.page({ reducedMotion: "reduce", theme: "dark" });
  await visit(dark, `/boards/${board.id}`, board.name);
  await draw(dark, "board-dark");
  const phone = await stage.page({ reducedMotion: "reduce", phone: true, deviceScaleFactor: 2 });
  await visit(phone, `/boards/${board.id}`, board.name);
  await draw(phone, "phone");
} finally {
  await stage.close();
}
