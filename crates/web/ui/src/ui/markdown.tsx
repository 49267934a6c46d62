import { lazy, Suspense } from "react";

const Rendered = lazy(() => import("./markdown-rendered").catch(() => ({ default: Plain })));

/** Text that people and agents wrote: Markdown, made safe. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="prose-mc">
      <Suspense fallback={<Plain text={text} />}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
}

/** The text as it was typed, until the code that renders it is there. */
function Plain({ text }: { text: string }) {
  return <p className="whitespace-pre-wrap">{text}</p>;
}
