import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type ReactNode, useState } from "react";

interface Props<T> {
  label: string;
  items: readonly T[];
  keyOf(item: T): string;
  /** About how high a row is, in pixels; it is measured when it is shown. */
  estimate(item: T): number;
  row(item: T): ReactNode;
  /** Whether a line is drawn below it. */
  lined?(item: T): boolean;
  /** Where the list scrolls. */
  className?: string;
  /** Around the list, inside of what scrolls. */
  inner?: string;
  /** In place of the rows where there are none, and what comes after them. */
  empty?: ReactNode;
  after?: ReactNode;
}

/** A list of any length: only the rows that are seen are on the page. */
export function VirtualList<T>({
  label,
  items,
  keyOf,
  estimate,
  row,
  lined,
  className,
  inner,
  empty,
  after,
}: Props<T>) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    estimateSize: (index) => {
      const item = items[index];
      return item === undefined ? 0 : estimate(item);
    },
    overscan: 10,
  });
  return (
    <div ref={setScroller} role="region" aria-label={label} tabIndex={0} className={clsx("overflow-y-auto", className)}>
      <div className={inner}>
        {items.length === 0 && empty}
        <ul aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const item = items[index];
            return (
              item !== undefined && (
                <li
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={clsx("absolute inset-x-0 top-0", (lined?.(item) ?? true) && "border-b border-line")}
                  // Where it is drawn, not where it lies: what comes above it does not lay out the whole list anew.
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row(item)}
                </li>
              )
            );
          })}
        </ul>
        {after}
      </div>
    </div>
  );
}
