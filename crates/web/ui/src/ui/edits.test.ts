import { expect, test } from "vitest";
import { compare } from "./edits";

const now = { name: "Release", text: "theirs", size: 3 };

test("fields that nobody edits follow what there is, and only what differs is sent", () => {
  const edited = { name: { base: "Release", mine: "Releases" }, size: { base: 1, mine: 3 } };
  expect(compare(now, edited)).toEqual({
    values: { name: "Releases", text: "theirs", size: 3 },
    changed: { name: "Releases" },
    theirs: {},
  });
});

test("what others have changed of an edited field is known, and of a field that both made the same it is no matter", () => {
  const edited = { text: { base: "old", mine: "mine" }, size: { base: 1, mine: 3 }, gone: { base: 1, mine: 2 } };
  expect(compare(now, edited)).toEqual({
    values: { name: "Release", text: "mine", size: 3 },
    changed: { text: "mine" },
    theirs: { text: "theirs" },
  });
});
