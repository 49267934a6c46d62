import { Link, type LinkProps } from "@tanstack/react-router";
import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Count } from "@/ui/badge";
import { toggledIn, useKept } from "../kept";

interface GroupProps {
  title?: string;
  /** It can be folded, which is kept under this name. */
  fold?: string;
  action?: ReactNode;
  children: ReactNode;
}

const NONE: string[] = [];

/** A part of the navigation. */
export function Group({ title, fold, action, children }: GroupProps) {
  const [folded, keep] = useKept("mc.folded", NONE);
  const id = useId();
  const isFolded = fold !== undefined && folded.includes(fold);
  return (
    <div className="mb-3">
      {title && (
        <div className="flex h-7 items-center justify-between gap-1 text-xs text-muted">
          <h2 className="min-w-0 flex-1 font-medium tracking-normal">
            {fold === undefined ? (
              <span className="pl-2">{title}</span>
            ) : (
              <button
                type="button"
                aria-expanded={!isFolded}
                aria-controls={isFolded ? undefined : id}
                onClick={() => keep(toggledIn(folded, fold))}
                className="group/fold flex h-7 w-full items-center gap-1 rounded-md pl-2 text-left hover:text-fg"
              >
                <span className="truncate">{title}</span>
                <ChevronRight
                  size={12}
                  className={clsx(
                    "shrink-0 transition-transform",
                    isFolded
                      ? ""
                      : "rotate-90 opacity-0 group-hover/fold:opacity-100 group-focus-visible/fold:opacity-100",
                  )}
                />
              </button>
            )}
          </h2>
          {action}
        </div>
      )}
      {!isFolded && (
        <ul id={id} className="flex flex-col gap-px">
          {children}
        </ul>
      )}
    </div>
  );
}

interface ItemProps {
  to: LinkProps["to"];
  params?: LinkProps["params"];
  search?: LinkProps["search"];
  icon: ReactNode;
  children: ReactNode;
  count?: number;
  exact?: boolean;
  /** The search belongs to the address. */
  withSearch?: boolean;
  /** Lies below another. */
  nested?: boolean;
  /** Beside the link. */
  action?: ReactNode;
}

export function Item({ to, params, search, icon, children, count, exact, withSearch, nested, action }: ItemProps) {
  return (
    <li className="group/item relative">
      <Link
        to={to}
        params={params}
        search={search}
        activeOptions={{ exact: exact ?? false, includeSearch: withSearch ?? false }}
        className={clsx(
          "flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-fg/85 hover:bg-hover pointer-coarse:h-10",
          "[&.active]:bg-hover [&.active]:font-medium [&.active]:text-fg [&_svg]:text-muted [&.active_svg]:text-accent-text",
          nested && "pl-8",
          action && "pr-8",
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count ? <Count n={count} tone="accent" /> : null}
      </Link>
      {action && <span className="absolute right-1 top-1/2 -translate-y-1/2">{action}</span>}
    </li>
  );
}
