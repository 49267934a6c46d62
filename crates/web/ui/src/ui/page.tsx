import clsx from "clsx";
import { type ReactNode, useEffect } from "react";
import { useTitle } from "@/app/title";

interface Props {
  title: string;
  /** In the browser's tab, when it is not the title. */
  tab?: string;
  /** What waits here: shown in the tab. */
  count?: number;
  description?: ReactNode;
  /** Before the title, e.g. where the page belongs. */
  crumbs?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** The content fills the height and scrolls inside. */
  fill?: boolean;
  /** What fills it keeps to the width of all pages. */
  column?: boolean;
  narrow?: boolean;
}

/** All pages have their edges at the same places. */
const WIDTH = "mx-auto w-full max-w-6xl";

/** The frame of every page: heading, actions, content. */
export function Page({ title, tab, count, description, crumbs, actions, children, fill, column, narrow }: Props) {
  useTitle(tab ?? title, count);
  useEffect(() => {
    document.getElementById("main")?.scrollTo(0, 0);
  }, []);
  return (
    <div className={clsx("flex min-h-full flex-col", fill && "h-full")}>
      <header className="border-b border-line px-5 max-md:px-3">
        <div className={clsx("flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 py-1", (!fill || column) && WIDTH)}>
          <div className="min-w-0 flex-1 max-md:flex-auto">
            <div className="flex min-w-0 items-center gap-1.5">
              {crumbs}
              <h1 className="truncate text-lg leading-6">{title}</h1>
            </div>
            {description && <p className="text-xs leading-4 text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2 py-1 max-sm:gap-1.5">{actions}</div>}
        </div>
      </header>
      <div className={clsx("min-h-0 flex-1", !fill && "px-5 py-5 max-md:px-4")}>
        {fill ? (
          children
        ) : (
          <div className={WIDTH}>{narrow ? <div className="max-w-3xl">{children}</div> : children}</div>
        )}
      </div>
    </div>
  );
}

export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-8">
      <div className="mb-2 flex min-h-7 items-center justify-between gap-3">
        <h2 className="text-base">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={clsx("rounded-xl border border-line bg-surface shadow-1", className)}>{children}</div>;
}
