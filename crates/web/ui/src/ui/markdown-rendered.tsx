import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Element, ElementContent, Root } from "hast";
import { Copy } from "lucide-react";
import { memo, type ReactNode, Suspense } from "react";
import ReactMarkdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkBreaks from "remark-breaks";
import remarkGfm from "remark-gfm";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { IconButton } from "./button";
import { copy } from "./copy";
import { lazily } from "./lazily";

const Highlighted = lazily(() => import("./highlighted"));

/** Blocks take the direction of their own text. */
const BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th"];
/** Names after an `@`, and what looks like the key of a task. */
const SPECIAL = /(^|[\s(])@([A-Za-z][\w-]{0,31})|\b([A-Z][A-Z0-9]{0,9})-(\d{1,9})\b/g;

/** Lets names stand out and keys of tasks lead to them, where they are not part of code or of another link. */
function withNamesAndKeys(prefixes: ReadonlySet<string>) {
  const walk = (node: Root | Element) => {
    if (node.type === "element") {
      if (["code", "pre", "a"].includes(node.tagName)) return;
      if (BLOCKS.includes(node.tagName)) node.properties.dir = "auto";
    }
    const children: Root["children"] = node.children;
    node.children = children.flatMap((child): Root["children"] => {
      if (child.type === "text") return parted(child.value, prefixes);
      if (child.type === "element") walk(child);
      return [child];
    }) as ElementContent[];
  };
  return () => walk;
}

function parted(text: string, prefixes: ReadonlySet<string>): ElementContent[] {
  const parts: ElementContent[] = [];
  let end = 0;
  const element = (tagName: string, properties: Element["properties"], value: string) =>
    parts.push({ type: "element", tagName, properties, children: [{ type: "text", value }] });
  for (const found of text.matchAll(SPECIAL)) {
    const [all, before = "", name, prefix = "", number] = found;
    if (!name && !prefixes.has(prefix)) continue;
    parts.push({ type: "text", value: text.slice(end, found.index) + before });
    end = found.index + all.length;
    if (name) element("strong", {}, `@${name}`);
    else element("a", { href: `/t/${prefix}-${number}` }, all);
  }
  parts.push({ type: "text", value: text.slice(end) });
  return parts;
}

const NONE: ReadonlySet<string> = new Set();

const Part = memo(function Part({ text }: { text: string }) {
  const { data: prefixes = NONE } = useQuery({ ...queries.boards, select: prefixesOf });
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm, remarkBreaks]}
      rehypePlugins={[rehypeSanitize, withNamesAndKeys(prefixes)]}
      components={{
        a: ({ href, children }) =>
          href?.startsWith("/t/") ? (
            <Link to="/t/$key" params={{ key: href.slice(3) }}>
              {children}
            </Link>
          ) : (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        // Pictures would be loaded from anywhere, and tell who looks.
        img: ({ alt, src }) => <a href={typeof src === "string" ? src : undefined}>{alt || src}</a>,
        pre: ({ children, node }) => <CodeBlock node={node}>{children}</CodeBlock>,
      }}
    >
      {text}
    </ReactMarkdown>
  );
});

export default function MarkdownRendered({ text }: { text: string }) {
  return <Part text={text} />;
}

function prefixesOf(boards: { task_prefix: string }[]): ReadonlySet<string> {
  return new Set(boards.map(({ task_prefix }) => task_prefix));
}

/** Code longer than this is shown in one colour. */
const MOST_CODE = 20_000;

function CodeBlock({ node, children }: { node: Element | undefined; children: ReactNode }) {
  const code = node?.children.find((child): child is Element => child.type === "element" && child.tagName === "code");
  const text = code ? textOf(code).replace(/\n$/, "") : "";
  const classes = code?.properties.className;
  const language = Array.isArray(classes)
    ? classes.map((name) => /^language-(\S+)$/.exec(String(name))?.[1]).find(Boolean)
    : undefined;
  return (
    <div className="group/code relative">
      <pre tabIndex={0}>
        {language && text.length <= MOST_CODE ? (
          <Suspense fallback={children}>
            <Highlighted language={language} code={text} />
          </Suspense>
        ) : (
          children
        )}
      </pre>
      <IconButton
        label={t("common.copy")}
        icon={<Copy size={13} />}
        onClick={() => void copy(text)}
        className="absolute right-1.5 top-1.5 bg-sunken opacity-0 group-hover/code:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
      />
    </div>
  );
}

function textOf(node: Element): string {
  return node.children
    .map((child) => (child.type === "text" ? child.value : child.type === "element" ? textOf(child) : ""))
    .join("");
}
