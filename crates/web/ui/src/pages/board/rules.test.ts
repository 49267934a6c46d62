import { expect, test } from "vitest";
import type { Approval, Board, Task, TaskStatus } from "@/api/types";
import { obstacle } from "./rules";

const task = (fields: Partial<Task> = {}) =>
  ({ id: "t", status: "in_progress", is_blocked: false, blocked_by_task_ids: [], ...fields }) as unknown as Task;
const board = (fields: Partial<Board> = {}) => fields as Board;
const approval = (status: string, resolved_at: string | null = null) =>
  ({ id: `${status}${resolved_at ?? ""}`, status, resolved_at, task_ids: ["t"], task_id: null }) as unknown as Approval;

const at = (to: TaskStatus, of: Task, rules: Partial<Board>, approvals: Approval[] = []) =>
  obstacle(of, to, { board: board(rules), approvals })?.reason;

test("a board without rules lets every task go everywhere", () => {
  for (const to of ["inbox", "in_progress", "review", "done"] as const) expect(at(to, task(), {})).toBeUndefined();
});

test("a blocked task goes to the inbox alone, and names what blocks it", () => {
  const blocked = task({ is_blocked: true, blocked_by_task_ids: ["b"] });
  expect(obstacle(blocked, "done", { board: board(), approvals: [] })).toEqual({
    reason: "rule.blocked",
    fix: "open-blocker",
    id: "b",
  });
  expect(at("inbox", blocked, {})).toBeUndefined();
});

test("done comes after review where the board says so", () => {
  const rules = { require_review_before_done: true };
  expect(at("done", task(), rules)).toBe("rule.reviewFirst");
  expect(at("done", task({ status: "review" }), rules)).toBeUndefined();
});

test("the latest decision counts, not the kindest", () => {
  const rules = { require_approval_for_done: true };
  const [yes, no] = [approval("approved", "2026-01-01"), approval("rejected", "2026-01-02")];
  expect(at("done", task(), rules)).toBe("rule.approvalNeeded");
  expect(at("done", task(), rules, [approval("pending")])).toBe("rule.approvalWaits");
  expect(at("done", task(), rules, [yes])).toBeUndefined();
  expect(at("done", task(), rules, [yes, no])).toBe("rule.approvalNeeded");
  expect(at("done", task(), rules, [no, approval("approved", "2026-01-03")])).toBeUndefined();
});

test("an approval of another task opens and blocks nothing", () => {
  const other = { ...approval("approved", "2026-01-01"), task_ids: ["u"] };
  expect(at("done", task(), { require_approval_for_done: true }, [other])).toBe("rule.approvalNeeded");
  const waiting = { ...approval("pending"), task_ids: ["u"] };
  expect(at("done", task(), { block_status_changes_with_pending_approval: true }, [waiting])).toBeUndefined();
});

test("a pending approval holds the task where the board says so, and review wants a comment", () => {
  expect(at("inbox", task(), { block_status_changes_with_pending_approval: true }, [approval("pending")])).toBe(
    "rule.pendingApproval",
  );
  expect(at("review", task(), { comment_required_for_review: true })).toBe("rule.commentNeeded");
});
