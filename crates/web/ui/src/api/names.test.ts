import { expect, test } from "vitest";
import { byName } from "./names";

test("names are in the order in which people count", () => {
  const names = ["Agent 10", "agent 2", "Agent 1", "Zoe", "Ärger", "Bo"].map((name) => ({ name }));
  expect(names.toSorted(byName).map(({ name }) => name)).toEqual([
    "Agent 1",
    "agent 2",
    "Agent 10",
    "Ärger",
    "Bo",
    "Zoe",
  ]);
});
