import { expect, test } from "vitest";
import type { Task } from "@/api/types";
import { matches, parseFilter, term, termsOf, toggled } from "./filter";

const TASK = {
  key: "OPS-7",
  title: "Rotate the keys",
  description: "Of the gateway",
  status: "in_progress",
  priority: "high",
  assigned_agent_id: "a",
  assignee: "Ada Lovelace",
  tags: [{ slug: "security", name: "Security first" }],
  is_blocked: true,
  due_at: null,
  approvals_pending_count: 1,
} as unknown as Task;

const passes = (filter: string, task = TASK) => matches(task, parseFilter(filter), "UTC");

test.each([
  "",
  "keys",
  "ops-7",
  "GATEWAY",
  '"the keys"',
  "status:in_progress",
  "status:in-progress",
  "priority:HIGH",
  "assignee:ada",
  "tag:security",
  'tag:"security first"',
  "is:blocked",
  "is:waiting",
  "is:open",
  "-is:unassigned",
  "-is:overdue",
  "keys priority:high -tag:docs",
])("the task passes %j", (filter) => expect(passes(filter)).toBe(true));

test.each(["locks", "-keys", "status:done", "assignee:none", "is:unassigned", "is:nonsense", "keys tag:docs"])(
  "the task does not pass %j",
  (filter) => expect(passes(filter)).toBe(false),
);

test("a field that nobody knows is searched for as it is written", () => {
  expect(parseFilter("https://example.org")).toEqual([{ field: "text", value: "https://example.org", not: false }]);
  expect(passes("colour:red")).toBe(false);
});

test("a term with a space is quoted, and read again as one", () => {
  expect(term("tag", "security first")).toBe('tag:"security first"');
  expect(termsOf('keys tag:"security first" -is:open')).toEqual(["keys", 'tag:"security first"', "-is:open"]);
});

test("toggling a term twice leaves the filter as it was", () => {
  const once = toggled("keys", "is:open");
  expect(once).toBe("keys is:open");
  expect(toggled(once, "is:open")).toBe("keys");
});
