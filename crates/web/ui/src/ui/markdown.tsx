import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { t } from "@/i18n";
import { Button } from "./button";
import { partsOf } from "./markdown-parts";

const Rendered = lazy(() => import("./markdown-rendered").catch(() => ({ default: Plain })));

/** A longer text shows its beginning, until somebody wants it all. */
const LONG = 6000;

/** Text that people and agents wrote: Markdown, made safe. */
export function Markdown({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const parts = useMemo(() => partsOf(text), [text]);
  const long = text.length > LONG && parts.length > 1;
  const shown = long && !whole ? parts.slice(0, 1) : parts;
  return (
    <div>
      <div className="prose-mc">
        <Suspense fallback={<Plain text={shown[0] ?? ""} />}>
          <Parts parts={shown} />
        </Suspense>
      </div>
      {long && (
        <Button look="ghost" size="sm" aria-expanded={whole} className="mt-1 -ml-2.5" onClick={() => setWhole(!whole)}>
          {t(whole ? "common.showLess" : "common.showAll")}
        </Button>
      )}
    </div>
  );
}

/** Part after part, each in a task of its own: between them the page can be used. */
function Parts({ parts }: { parts: string[] }) {
  const [count, setCount] = useState(1);
  const more = count < parts.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each part that was drawn asks for the next.
  useEffect(() => {
    if (!more) return;
    const timer = window.setTimeout(() => setCount((now) => now + 1), 0);
    return () => window.clearTimeout(timer);
  }, [more, count]);
  return parts.slice(0, Math.max(1, count)).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts stay where they are.
    <Rendered key={at} text={part} />
  ));
}

/** The text as it was typed, until the code that renders it is there. */
function Plain({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap">
      {text}
    </p>
  );
}
