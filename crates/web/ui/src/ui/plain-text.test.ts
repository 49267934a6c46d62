import { expect, test } from "vitest";
import { plainText } from "./plain-text";

test("marks go, and what they mark stays", () => {
  expect(plainText("**Done**: the _first_ ~~draft~~ of `npm run check` is *in*.")).toBe(
    "Done: the first draft of npm run check is in.",
  );
  expect(plainText("***all** of it*, and **some *more* of** it")).toBe("all of it, and some more of it");
});

test("a link is its words, an image what it shows, and an address itself", () => {
  expect(
    plainText("See [the run](https://ci.example/1_(a)) and ![a chart](x.png), [docs][1] or <https://a.example/b>."),
  ).toBe("See the run and a chart, docs or https://a.example/b.");
  expect(plainText("Text.\n\n[1]: https://a.example")).toBe("Text.");
});

test("headings, quotations, lists and boxes read as one line", () => {
  expect(plainText("## Result\n\n> quoted\n\n- one\n- [x] two\n1. three\n\n---\nend")).toBe(
    "Result quoted one two three end",
  );
});

test("code is quoted without its fence, and keeps its signs", () => {
  expect(plainText("Run:\n```sh\nls **/*.rs\n```\nthen")).toBe("Run: ls **/*.rs then");
  expect(plainText("`a_b_c` and `**x**`")).toBe("a_b_c and **x**");
});

test("a table is its words", () => {
  expect(plainText("| file | size |\n|:---|---:|\n| a.js | 2 |")).toBe("file size a.js 2");
});

test("signs that mark nothing stay", () => {
  expect(plainText("2 * 3 * 4 = 24, snake_case_name, a|b, 5 < 6, C:\\dir, #12, -1, @lead")).toBe(
    "2 * 3 * 4 = 24, snake_case_name, a|b, 5 < 6, C:\\dir, #12, -1, @lead",
  );
  expect(plainText("\\*not\\* marked")).toBe("*not* marked");
  expect(plainText("**begun")).toBe("**begun");
});

test("what has no words is shown as it was typed", () => {
  expect(plainText("---")).toBe("---");
  expect(plainText("")).toBe("");
});

test("a text without end is not read to its end, whatever it is made of", () => {
  for (const mark of ["`", "[", "_", "*", "*a", "_a ", "~", "|", "> ", "- ", "(", "word "])
    expect(plainText(mark.repeat(1_000_000)).length).toBeLessThanOrEqual(2000);
});
