import { expect, test } from "vitest";
import type { Task } from "@/api/types";
import { countsOf, isKnown, matches, parseFilter, parted, term, termsOf, toggled } from "./filter";

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

const VIEWER = { timeZone: "UTC", id: "me-id" };

const passes = (filter: string, task = TASK) => matches(task, parseFilter(filter), VIEWER);

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

test("a term takes the place of its opposite", () => {
  expect(toggled("keys -tag:docs", "tag:docs")).toBe("keys tag:docs");
  expect(toggled("tag:docs", "-tag:docs")).toBe("-tag:docs");
});

test("a tag is not chosen by another that begins with it", () => {
  expect(termsOf("tag:docs").includes("tag:doc")).toBe(false);
  expect(matches({ ...TASK, tags: [{ slug: "docs", name: "Docs" }] } as Task, parseFilter("tag:doc"), VIEWER)).toBe(
    false,
  );
});

test("an agent is found by whole words of its name", () => {
  const task = { ...TASK, assignee: "Agent 10" } as Task;
  expect(passes('assignee:"agent 10"', task)).toBe(true);
  expect(passes('assignee:"agent 1"', task)).toBe(false);
});

test("a filter is parted into terms and words", () => {
  expect(parted('login tag:"two words" page -is:open')).toEqual({
    terms: ['tag:"two words"', "-is:open"],
    words: "login page",
  });
});

test("words that mean nothing are known for it", () => {
  const choices = [
    { field: "tag" as const, value: "docs", label: "Docs" },
    { field: "assignee" as const, value: "ada lovelace", label: "Ada Lovelace" },
    { field: "status" as const, value: "in_progress", label: "In progress" },
  ];
  const known = (written: string) => parseFilter(written).every((term) => isKnown(term, choices));
  expect(["is:blocked", "tag:docs", "assignee:ada", "status:in-progress", "assignee:none"].filter(known).length).toBe(
    5,
  );
  expect(["is:blockd", "tag:doc", "assignee:bob", "status:donne"].filter(known)).toEqual([]);
});

test("each value says how many tasks have it", () => {
  const counts = countsOf([TASK, { ...TASK, status: "done", is_blocked: false } as Task], VIEWER);
  expect([counts.get("status:done"), counts.get("priority:high"), counts.get("tag:security")]).toEqual([1, 2, 2]);
  expect([counts.get("is:blocked"), counts.get("is:open"), counts.get("is:overdue")]).toEqual([1, 1, undefined]);
});

test("tasks of people are found by their names, and one's own as such", () => {
  const mine = { ...TASK, assigned_agent_id: null, assigned_user_id: "me-id", assignee: "Eve Moneypenny" } as Task;
  expect(passes("assignee:eve", mine)).toBe(true);
  expect(passes("assignee:me", mine)).toBe(true);
  expect(passes("assignee:me")).toBe(false);
  expect(passes("is:unassigned", mine)).toBe(false);
  expect(passes("assignee:none", mine)).toBe(false);
  expect(isKnown({ field: "assignee", value: "me", not: false }, [])).toBe(true);
  expect(countsOf([mine, TASK], VIEWER).get("assignee:me")).toBe(1);
});
