import { useEffect, useState } from "react";
import { Kbd } from "./kbd";

interface Tip {
  text: string;
  keys?: string;
  x: number;
  y: number;
  above: boolean;
}

const DELAY_MS = 450;
const MARGIN = 8;

/**
 * Words that appear beside whatever has `data-tip`, on hover and on keyboard focus. They repeat the element's label, so
 * assistive technology needs nothing of this.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip>();
  useEffect(() => {
    let timer: number | undefined;
    const hide = () => {
      window.clearTimeout(timer);
      setTip(undefined);
    };
    const show = (event: Event) => {
      const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null;
      hide();
      if (!target || (event.type === "focusin" && !target.matches(":focus-visible"))) return;
      timer = window.setTimeout(() => {
        const rect = target.getBoundingClientRect();
        if (rect.width === 0) return;
        const above = rect.bottom + 48 > innerHeight;
        setTip({
          text: target.dataset.tip ?? "",
          keys: target.dataset.keys,
          x: Math.max(MARGIN + 60, Math.min(innerWidth - MARGIN - 60, rect.left + rect.width / 2)),
          y: above ? rect.top - 6 : rect.bottom + 6,
          above,
        });
      }, DELAY_MS);
    };
    const events = ["pointerover", "focusin"];
    const ends = ["pointerdown", "keydown", "scroll", "focusout"];
    events.forEach((name) => document.addEventListener(name, show));
    ends.forEach((name) => document.addEventListener(name, hide, true));
    return () => {
      hide();
      events.forEach((name) => document.removeEventListener(name, show));
      ends.forEach((name) => document.removeEventListener(name, hide, true));
    };
  }, []);
  if (!tip) return null;
  return (
    <div
      aria-hidden
      style={{ left: tip.x, top: tip.y }}
      className={`pointer-events-none fixed z-80 flex w-max max-w-72 -translate-x-1/2 animate-fade items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-xs text-fg shadow-2 ${tip.above ? "-translate-y-full" : ""}`}
    >
      {tip.text}
      {tip.keys && <Kbd keys={tip.keys} />}
    </div>
  );
}
