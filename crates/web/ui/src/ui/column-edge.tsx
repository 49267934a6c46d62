import type { KeyboardEvent } from "react";

const NARROWEST = 56;
const STEP = 16;

interface Props {
  label: string;
  resize(width: number): void;
  /** As wide as its content again. */
  reset(): void;
}

/** The right edge of a column's heading: moved with the pointer or the arrow keys. */
export function ColumnEdge({ label, resize, reset }: Props) {
  const heading = (edge: HTMLElement) => edge.closest("th")?.getBoundingClientRect();
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (!step) return;
    event.preventDefault();
    resize(Math.max(NARROWEST, Math.round((heading(event.currentTarget)?.width ?? 0) + step)));
  };
  return (
    <span
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={NARROWEST}
      tabIndex={0}
      onKeyDown={press}
      onDoubleClick={reset}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const left = heading(event.currentTarget)?.left ?? 0;
        resize(Math.max(NARROWEST, Math.round(event.clientX - left)));
      }}
      className="absolute inset-y-1.5 right-0 z-10 w-1.5 cursor-col-resize touch-none rounded border-r border-line hover:bg-focus/40 focus-visible:bg-focus focus-visible:outline-none"
    />
  );
}
