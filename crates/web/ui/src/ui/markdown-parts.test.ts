import { expect, test } from "vitest";
import { partsOf } from "./markdown-parts";

const long = (line: string, lines: number) => Array.from({ length: lines }, () => line).join("\n");

test("a short text is one part", () => {
  expect(partsOf("# One\n\nTwo")).toEqual(["# One\n\nTwo"]);
});

test("a text of any kind is whole again when its parts are put together", () => {
  const paragraphs = Array.from({ length: 60 }, (_, n) => `Paragraph ${n}: ${"word ".repeat(40)}`).join("\n\n");
  const code = `\`\`\`ts\n${long("const a = 1;\n", 500)}\n\`\`\``;
  const list = Array.from({ length: 300 }, (_, n) => `- item ${n}\n\n  with more`).join("\n\n");
  for (const text of [paragraphs, code, list, `${paragraphs}\n\n${code}\n\n${list}\n\n${paragraphs}`]) {
    expect(partsOf(text).join("\n")).toBe(text);
  }
  expect(partsOf(paragraphs).length).toBeGreaterThan(2);
});

test("code, lists and tables are not cut", () => {
  const code = `Before\n\n\`\`\`\n${long("line\n", 2000)}\n\`\`\`\n`;
  expect(partsOf(code).filter((part) => part.split("```").length % 2 === 0)).toEqual([]);
  expect(partsOf(Array.from({ length: 400 }, (_, n) => `${n}. item ${n}`).join("\n\n")).length).toBe(1);
});

test("what a link means is known in every part", () => {
  const text = `${Array.from({ length: 50 }, () => `See [docs]. ${"word ".repeat(40)}`).join("\n\n")}\n\n[docs]: https://example.org`;
  const parts = partsOf(text);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => part.includes("[docs]: https://example.org"))).toBe(true);
});
