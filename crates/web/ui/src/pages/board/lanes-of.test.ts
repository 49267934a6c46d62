import { expect, test } from "vitest";
import type { CustomField, Task } from "@/api/types";
import { groupable, lanesOf } from "./lanes-of";

const AROUND = {
  agents: [
    { id: "a2", name: "Agent 2" },
    { id: "a10", name: "Agent 10" },
  ],
  people: [
    { id: "eve", name: "Eve" },
    { id: "me", name: "Zoe" },
  ],
  fields: [{ field_key: "ready", field_type: "boolean" }] as CustomField[],
  me: "me",
  words: {
    nobody: "Nobody",
    noTag: "No tag",
    none: "None",
    yes: "Yes",
    no: "No",
    you: "you",
    priority: (word: string) => word.toUpperCase(),
  },
} as unknown as Parameters<typeof lanesOf>[2];

const task = (id: string, fields: Partial<Task>) =>
  ({ id, priority: "medium", tags: [], tag_ids: [], ...fields }) as Task;
const shape = (by: string, tasks: Task[]) =>
  lanesOf(tasks, by, AROUND).map(({ label, tasks: group }) => [label, group.map(({ id }) => id).join("")]);

test("one's own lane is first, nobody's last, the others by name", () => {
  const tasks = [
    task("1", {}),
    task("2", { assigned_agent_id: "a10" }),
    task("3", { assigned_agent_id: "a2" }),
    task("4", { assigned_user_id: "me" }),
    task("5", { assigned_user_id: "eve" }),
    task("6", { assigned_agent_id: "a2" }),
  ];
  expect(shape("assignee", tasks)).toEqual([
    ["Zoe (you)", "4"],
    ["Agent 2", "36"],
    ["Agent 10", "2"],
    ["Eve", "5"],
    ["Nobody", "1"],
  ]);
});

test("every priority has a lane, and a word that we do not have its own", () => {
  const tasks = [task("1", { priority: "High" }), task("2", { priority: "someday" })];
  expect(shape("priority", tasks)).toEqual([
    ["URGENT", ""],
    ["HIGH", "1"],
    ["MEDIUM", ""],
    ["LOW", ""],
    ["SOMEDAY", "2"],
  ]);
});

test("a task is in the lane of its first tag, and takes another in its place", () => {
  const tags = [
    { id: "t1", name: "Docs" },
    { id: "t2", name: "Api" },
  ] as Task["tags"];
  const tagged = task("1", { tag_ids: ["t1", "t2"], tags });
  const api = task("2", { tag_ids: ["t2"], tags: tags.slice(1) });
  const lanes = lanesOf([tagged, api, task("3", {})], "tag", AROUND);
  expect(lanes.map(({ label }) => label)).toEqual(["Api", "Docs", "No tag"]);
  expect(lanes[0]?.into(tagged)).toEqual({ tag_ids: ["t2"] });
  expect(lanes[1]?.into(api)).toEqual({ tag_ids: ["t1"] });
  expect(lanes[2]?.into(tagged)).toEqual({ tag_ids: [] });
});

test("a lane is entered by taking on its value", () => {
  const mine = task("1", { assigned_user_id: "me" });
  expect(lanesOf([mine], "assignee", AROUND)[0]?.into(task("2", {}))).toEqual({ assigned_user_id: "me" });
  const ready = task("1", { custom_field_values: { ready: true } });
  const lanes = lanesOf(
    [ready, task("2", { custom_field_values: { ready: false } }), task("3", {})],
    "field:ready",
    AROUND,
  );
  expect(lanes.map(({ label }) => label)).toEqual(["No", "Yes", "None"]);
  expect(lanes[1]?.into(task("3", {}))).toEqual({ custom_field_values: { ready: true } });
  expect(lanes[2]?.into(ready)).toEqual({ custom_field_values: { ready: null } });
});

test("fields with long or odd values are no lanes", () => {
  const fields = ["text", "text_long", "boolean", "json", "date", "integer"].map((field_type) => ({ field_type }));
  expect(groupable(fields as CustomField[]).map(({ field_type }) => field_type)).toEqual([
    "text",
    "boolean",
    "integer",
  ]);
});
