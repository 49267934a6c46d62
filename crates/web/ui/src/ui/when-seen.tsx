import { type ReactNode, useEffect, useRef, useState } from "react";

const SETTLED_MS = 400;

/** Draws its content once it is in sight and the page around it has settled. */
export function WhenSeen({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let timer: number | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) timer = window.setTimeout(() => setSeen(true), SETTLED_MS);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      window.clearTimeout(timer);
    };
  }, []);
  return seen ? (
    children
  ) : (
    <div ref={place} data-unseen>
      {fallback}
    </div>
  );
}
