import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../src/", import.meta.url));

/** Every text of a file: `section.name` and what is filled in. */
async function texts(path) {
  const sections = JSON.parse(await readFile(path, "utf8"));
  const found = Object.entries(sections).flatMap(([section, names]) =>
    Object.entries(names).map(([name, text]) => [`${section}.${name}`, text]),
  );
  return new Map(found);
}

/** What is filled into a text: `{name}`, once each. */
function places(text) {
  const words = typeof text === "string" ? text : text.other;
  return [...new Set(words.match(/\{\w+\}/g))].sort().join(" ");
}

test("English and Chinese have the same texts, with the same places to fill in", async () => {
  const files = (await readdir(source, { recursive: true })).filter((path) => /(^|[/.])en\.json$/.test(path));
  assert.ok(files.length > 0);
  for (const file of files) {
    const [en, zh] = await Promise.all(
      [file, file.replace(/en\.json$/, "zh.json")].map((path) => texts(source + path)),
    );
    assert.deepEqual([...zh.keys()].sort(), [...en.keys()].sort(), file);
    for (const [key, text] of en) {
      assert.equal(typeof zh.get(key), typeof text, key);
      assert.equal(places(zh.get(key)), places(text), key);
    }
  }
});
