import { expect, test } from "vitest";
import { assigneeName, assigneeOf, assignTo, type Team } from "./assignee";

const TEAM = {
  agents: [{ id: "a", name: "Ada" }],
  people: [{ id: "p", name: "Eve" }],
} as unknown as Team;

test.each([
  [{ assigned_agent_id: "a", assigned_user_id: null }, "a", "Ada"],
  [{ assigned_agent_id: null, assigned_user_id: "p" }, "p", "Eve"],
  [{}, "", null],
  [{ assigned_agent_id: "gone" }, "gone", null],
])("%j is had by %j, who is called %j", (task, id, name) => {
  expect(assigneeOf(task)).toBe(id);
  expect(assigneeName(TEAM, task)).toBe(name);
});

test("a task is given to a person or to an agent, and taken from either", () => {
  expect(assignTo(TEAM, "p")).toEqual({ assigned_user_id: "p" });
  expect(assignTo(TEAM, "a")).toEqual({ assigned_agent_id: "a" });
  expect(assignTo(TEAM, "")).toEqual({ assigned_agent_id: null, assigned_user_id: null });
});
