import { expect, test } from "vitest";
import { keptOf, readKept, shownBy, showsSame } from "./views";

const VIEW = {
  name: "On fire",
  filter: "priority:urgent",
  sort: "-due",
  group_by: "assignee",
  layout: "table",
  columns: ["key", "status"],
} as unknown as Parameters<typeof shownBy>[0];

test("a view becomes an address, and the address the same view", () => {
  const shown = shownBy(VIEW);
  expect(shown).toEqual({ q: "priority:urgent", sort: "-due", group: "assignee", view: "table", cols: "key,status" });
  expect({ name: "On fire", ...keptOf(shown) }).toEqual(VIEW);
});

test("what is shown is the same whatever else the address says", () => {
  expect(showsSame({ q: "a" }, { q: "a", view: "board" })).toBe(true);
  expect(showsSame({ q: "a" }, { q: "a", group: "tag" })).toBe(false);
});

test.each([
  ["not JSON", []],
  ["null", []],
  [null, []],
  ['[{"name":""},3,null]', []],
  [
    '[{"name":"Mine","q":"is:open","view":"table"}]',
    [{ name: "Mine", filter: "is:open", sort: null, group_by: null, layout: "table", columns: null }],
  ],
])("what a browser kept as %j is %j", (text, views) => expect(readKept(text)).toEqual(views));
