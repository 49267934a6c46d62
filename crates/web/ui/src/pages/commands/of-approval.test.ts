import { expect, test } from "vitest";
import { commandOf } from "./of-approval";

test("an approval about a command has the decisions that its gateway takes, in one order", () => {
  const payload = { exec_approval_id: "e", allowed_decisions: ["deny", "once"], expires_at: "2026-11-29T12:00:00" };
  expect(commandOf({ action_type: "exec", payload })).toEqual({
    id: "e",
    decisions: ["once", "deny"],
    expires_at: "2026-11-29T12:00:00",
    run_id: undefined,
  });
});

test("other approvals are about no command", () => {
  expect(commandOf({ action_type: "deploy", payload: { exec_approval_id: "e" } })).toBeUndefined();
  expect(commandOf({ action_type: "exec", payload: null })).toBeUndefined();
});
