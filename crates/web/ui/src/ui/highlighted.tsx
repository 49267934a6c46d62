import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import type { LanguageFn } from "highlight.js";
import { createLowlight } from "lowlight";
import { type ReactNode, use } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

const lowlight = createLowlight();

/** Each language comes when it is met for the first time. */
const LANGUAGES: Record<string, () => Promise<{ default: LanguageFn }>> = {
  bash: () => import("highlight.js/lib/languages/bash"),
  css: () => import("highlight.js/lib/languages/css"),
  diff: () => import("highlight.js/lib/languages/diff"),
  go: () => import("highlight.js/lib/languages/go"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  python: () => import("highlight.js/lib/languages/python"),
  rust: () => import("highlight.js/lib/languages/rust"),
  sql: () => import("highlight.js/lib/languages/sql"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
};

const OTHER_NAMES: Record<string, string> = {
  cjs: "javascript",
  html: "xml",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  patch: "diff",
  py: "python",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  svg: "xml",
  ts: "typescript",
  tsx: "typescript",
  yml: "yaml",
  zsh: "bash",
};

const ready = new Map<string, Promise<string | undefined>>();

/** The name under which the language is known by now; nothing for a language that is not known here. */
function known(language: string): Promise<string | undefined> {
  const name = OTHER_NAMES[language] ?? language;
  const load = async () => {
    const found = await LANGUAGES[name]?.().catch(() => undefined);
    if (!found) return undefined;
    lowlight.register(name, found.default);
    return name;
  };
  const loading = ready.get(name) ?? load();
  ready.set(name, loading);
  return loading;
}

interface Props {
  language: string;
  code: string;
}

/** Code with its words in colours. */
export default function Highlighted({ language, code }: Props): ReactNode {
  const name = use(known(language.toLowerCase()));
  if (!name) return <code>{code}</code>;
  return <code className="hljs">{toJsxRuntime(lowlight.highlight(name, code), { Fragment, jsx, jsxs })}</code>;
}
