import { Suspense, lazy } from "react";

const Rendered = lazy(() => import("./markdown-rendered"));

/** Text that people and agents wrote: Markdown, made safe. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="prose-mc">
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
}
