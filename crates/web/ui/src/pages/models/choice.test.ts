import { expect, test } from "vitest";
import { choiceOf, updateOf } from "./choice";

const nothing = choiceOf({
  model: null,
  fallbacks: [],
  thinking: null,
  heartbeat_model: null,
  light_context: null,
  active_hours: null,
  updated_at: null,
});

test("only what was changed is sent, and what was emptied is chosen no more", () => {
  expect(updateOf({}, nothing)).toEqual({});
  const whole = { ...nothing, model: " a/one ", fallbacks: "b/two,, c/three ", thinking: "low" as const };
  expect(updateOf({ model: whole.model, fallbacks: whole.fallbacks }, whole)).toEqual({
    model: "a/one",
    fallbacks: ["b/two", "c/three"],
  });
  expect(updateOf({ model: "", thinking: "" }, nothing)).toEqual({ model: null, thinking: null });
});

test("light context is yes, no, or as the board has it", () => {
  for (const [light_context, sent] of [
    ["yes", true],
    ["no", false],
    ["", null],
  ] as const) {
    expect(updateOf({ light_context }, { ...nothing, light_context })).toEqual({ light_context: sent });
  }
});

test("hours are sent as one, whichever of them was changed", () => {
  const whole = { ...nothing, start: "08:00", end: "22:00" };
  expect(updateOf({ end: "22:00" }, whole)).toEqual({
    active_hours: { start: "08:00", end: "22:00", timezone: null },
  });
  expect(updateOf({ start: "" }, nothing)).toEqual({ active_hours: null });
});

test("what was read is what a form shows", () => {
  const read = {
    model: "a/one",
    fallbacks: ["b/two", "c/three"],
    thinking: "high" as const,
    heartbeat_model: "a/cheap",
    light_context: false,
    active_hours: { start: "08:00", end: "24:00", timezone: "Europe/Berlin" },
    updated_at: "2026-01-01T00:00:00",
  };
  expect(choiceOf(read)).toEqual({
    model: "a/one",
    fallbacks: "b/two, c/three",
    thinking: "high",
    heartbeat_model: "a/cheap",
    light_context: "no",
    start: "08:00",
    end: "24:00",
    timezone: "Europe/Berlin",
  });
});
