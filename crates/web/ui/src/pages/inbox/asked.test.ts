import { expect, test } from "vitest";
import { askedOf, weight } from "./asked";

const OF_AN_AGENT = { action_type: "deploy", agent_id: "a" };

test("what is asked comes first, by whatever name it came, and nothing is left out", () => {
  const asked = askedOf({
    ...OF_AN_AGENT,
    payload: {
      reason: "shown elsewhere",
      Command: "rm -rf build",
      diff: "-a\n+b",
      target: "production",
      cost: 12.5,
      dry_run: false,
      risk_level: "Critical",
      urgency: "normal",
      empty: null,
      plan: { steps: [1, 2] },
      note: "two\nlines",
    },
    rubric_scores: null,
  });
  expect(asked).toEqual({
    commands: ["rm -rf build"],
    diff: "-a\n+b",
    facts: [
      ["target", "production"],
      ["cost", "12.5"],
      ["dry_run", "false"],
    ],
    risk: "high",
    urgency: "medium",
    rest: { plan: { steps: [1, 2] }, note: "two\nlines" },
  });
});

test("a word that names no level is a fact like any other, and a rubric may say the risk", () => {
  expect(askedOf({ ...OF_AN_AGENT, payload: { risk: "who knows" }, rubric_scores: { risk: 80 } })).toMatchObject({
    facts: [["risk", "who knows"]],
    risk: "high",
  });
  expect(askedOf({ ...OF_AN_AGENT, payload: null, rubric_scores: null })).toEqual({
    commands: [],
    facts: [],
    rest: {},
  });
});

test("what is dangerous or urgent weighs more", () => {
  const of = (payload: Record<string, string>) => weight({ ...OF_AN_AGENT, payload, rubric_scores: null });
  expect([of({ risk: "high" }), of({ urgency: "urgent" }), of({ risk: "medium" }), of({})]).toEqual([2, 2, 1, 0]);
});

test("of a rule that paused agents its reason says everything; an agent that claims to be one hides nothing", () => {
  const payload = { reason: "Used up.", budget_id: "b", used: 12, limit: 10 };
  const asked = { action_type: "budget", payload, rubric_scores: null };
  expect(askedOf({ ...asked, agent_id: null }).facts).toEqual([]);
  expect(askedOf({ ...asked, agent_id: "a" }).facts).toHaveLength(3);
});
