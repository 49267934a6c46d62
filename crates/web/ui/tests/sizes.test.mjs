// What each page loads before it is there, held to a budget: over the built files, without a server or a browser.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const assets = fileURLToPath(new URL("../dist/assets/", import.meta.url));

/** KB of JavaScript as browsers are sent it over TLS (Brotli): pages that are not named here have the usual budget. */
const USUAL = 160;
const BUDGETS = {
  board: 125,
  boards: 125,
  dashboard: 92,
  inbox: 93,
  activity: 94,
  settings: 102,
  jobs: 100,
  task: 104,
};

const files = existsSync(assets) ? readdirSync(assets).filter((name) => name.endsWith(".js")) : [];
const imported = new Map(
  files.map((name) => {
    const text = readFileSync(assets + name, "utf8");
    return [name, [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(([, other]) => other)];
  }),
);

/** What is loaded with a file, itself included: everything that is imported before anything runs. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of imported.get(name) ?? []) closure(other, seen);
  return seen;
}

function sent(name, suffix) {
  const copy = `${assets}${name}.${suffix}`;
  return statSync(existsSync(copy) ? copy : assets + name).size;
}

const sum = (names, suffix) => [...names].reduce((all, name) => all + sent(name, suffix), 0) / 1024;

test("every page keeps to its budget of JavaScript", { skip: files.length === 0 && "not built" }, (context) => {
  const pages = files.flatMap((name) => {
    const page = /^page-([\w-]+)-[\w-]{8}\.js$/.exec(name)?.[1];
    return page ? [{ page, name }] : [];
  });
  assert.ok(pages.length > 15, `only ${pages.length} pages were found`);
  const over = [];
  for (const { page, name } of pages) {
    const all = closure(name);
    const [br, gz] = [sum(all, "br"), sum(all, "gz")];
    const budget = BUDGETS[page] ?? USUAL;
    context.diagnostic(`${page}: ${br.toFixed(1)} KB (gzip ${gz.toFixed(1)}), at most ${budget}`);
    if (br > budget) over.push(`${page}: ${br.toFixed(1)} KB, allowed are ${budget}`);
  }
  assert.deepEqual(over, []);
});
