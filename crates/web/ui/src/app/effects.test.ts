import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

// What an effect returns is called when it ends. A call that answers nothing by its type may answer something in a newer
// browser (`scrollIntoView` answers a promise), and a page ends when React calls that: so an effect returns a function that is
// written right there, or nothing.

const EFFECTS = new Set(["useEffect", "useLayoutEffect", "useInsertionEffect"]);

function isEffect(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && EFFECTS.has(node.expression.text);
}

/** Whether this can only be a function, or nothing. */
function isFine(returned: ts.Expression | undefined): boolean {
  if (!returned || ts.isFunctionLike(returned) || ts.isVoidExpression(returned)) return true;
  if (ts.isParenthesizedExpression(returned)) return isFine(returned.expression);
  if (ts.isConditionalExpression(returned)) return isFine(returned.whenTrue) && isFine(returned.whenFalse);
  return ts.isIdentifier(returned) && returned.text === "undefined";
}

/** What a function returns, without the functions in it. */
function returnsOf(body: ts.Node): ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const look = (node: ts.Node) => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node)) found.push(node);
    ts.forEachChild(node, look);
  };
  ts.forEachChild(body, look);
  return found;
}

/** The places where an effect returns something else, as `name:line`. */
function faultsOf(name: string, text: string): string[] {
  if (!text.includes("Effect(")) return [];
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const faults: string[] = [];
  const fault = (node: ts.Node) =>
    faults.push(`${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
  const look = (node: ts.Node) => {
    if (isEffect(node)) {
      const [effect] = node.arguments;
      if (!effect || !(ts.isArrowFunction(effect) || ts.isFunctionExpression(effect))) fault(node);
      else if (!ts.isBlock(effect.body)) {
        if (!isFine(effect.body)) fault(effect.body);
      } else
        returnsOf(effect.body)
          .filter(({ expression }) => !isFine(expression))
          .forEach(fault);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return faults;
}

test("an effect returns a function that is written there, or nothing", () => {
  const src = fileURLToPath(new URL("..", import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((name) => faultsOf(name, readFileSync(src + name, "utf8")))).toEqual([]);
});

test("what calls something and returns its answer is found, with file and line", () => {
  const found = (effect: string) => faultsOf("page.tsx", `\nuseEffect(${effect}, []);`);
  expect(found("() => element.scrollIntoView()")).toEqual(["page.tsx:2"]);
  expect(found("close")).toEqual(["page.tsx:2"]);
  expect(found("() => { if (a) return element.focus(); }")).toEqual(["page.tsx:2"]);
  expect(found("() => (a ? () => stop() : stop())")).toEqual(["page.tsx:2"]);
  expect(found("() => () => window.clearTimeout(timer)")).toEqual([]);
  expect(found("() => void element.focus()")).toEqual([]);
  expect(found("() => { const go = () => { return 1; }; go(); return () => go(); }")).toEqual([]);
  expect(found("() => { if (a) return; return a ? () => stop() : undefined; }")).toEqual([]);
});
