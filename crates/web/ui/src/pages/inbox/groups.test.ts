import { expect, test } from "vitest";
import type { Approval, CommentItem } from "@/api/types";
import { arranged, groupAt } from "./groups";
import type { InboxItem } from "./items";

function approval(id: string, action_type: string, payload: Record<string, string> = {}): InboxItem {
  return { kind: "approval", id, at: "", approval: { id, action_type, payload, rubric_scores: null } as Approval };
}
const mention: InboxItem = { kind: "mention", id: "m", at: "", comment: {} as CommentItem };

test("what is dangerous comes first, and equal steps stand together where the newest of them is", () => {
  const items = [
    approval("1", "run"),
    mention,
    approval("2", "deploy"),
    approval("3", "run"),
    approval("4", "deploy", { risk: "high" }),
    approval("5", "run"),
  ];
  const order = arranged(items);
  expect(order.map(({ id }) => id)).toEqual(["4", "1", "3", "5", "m", "2"]);
  expect(order.map((_, at) => groupAt(order, at)?.length)).toEqual([
    undefined,
    3,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
