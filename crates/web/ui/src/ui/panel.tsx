import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useKept } from "@/app/kept";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n";

const NARROWEST = 340;
const USUAL = 560;
const STEP = 32;
/** What is left to the page beside it. */
const PAGE = 320;

interface Props {
  label: string;
  close(): void;
  children: ReactNode;
}

/**
 * A panel beside the page, which stays usable: nothing lies over it. Its left edge is moved with the pointer or the arrow keys,
 * and stays where it was put. On narrow screens it takes the whole screen.
 */
export function Panel({ label, close, children }: Props) {
  const [kept, keep] = useKept("mc.panel", USUAL);
  const panel = useRef<HTMLDivElement>(null);
  // The panel itself has the focus, so that its keys work and no button asks for attention.
  useEffect(() => void panel.current?.focus({ preventScroll: true }), []);
  useShortcuts([{ keys: "Escape", label: t("common.close"), group: t("keys.task"), run: close }]);
  const widest = () => Math.max(NARROWEST, (panel.current?.parentElement?.clientWidth ?? 1200) - PAGE);
  const resize = (width: number) => keep(Math.round(Math.max(NARROWEST, Math.min(width, widest()))));
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      style={{ "--panel": `${kept}px` } as React.CSSProperties}
      className="relative flex w-full shrink-0 flex-col border-l border-line bg-surface focus:outline-none max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:max-w-2xl max-lg:animate-slide max-lg:shadow-3 lg:w-(--panel) lg:max-w-[calc(100%-20rem)]"
    >
      <Edge
        width={kept}
        widest={widest}
        resize={resize}
        right={() => panel.current?.getBoundingClientRect().right ?? 0}
      />
      {children}
    </div>
  );
}

interface EdgeProps {
  width: number;
  widest(): number;
  resize(width: number): void;
  /** Where the panel ends, on the screen. */
  right(): number;
}

function Edge({ width, widest, resize, right }: EdgeProps) {
  const press = (event: KeyboardEvent) => {
    const wanted = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: NARROWEST,
      End: widest(),
    }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  };
  return (
    <div
      role="separator"
      aria-label={t("common.resize")}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={2400}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) =>
        event.currentTarget.hasPointerCapture(event.pointerId) && resize(right() - event.clientX)
      }
      onDoubleClick={() => resize(USUAL)}
      className="absolute inset-y-0 -left-1 z-20 w-2 cursor-col-resize touch-none transition-colors hover:bg-focus/40 focus-visible:bg-focus focus-visible:outline-none active:bg-focus/60 max-lg:hidden"
    />
  );
}
