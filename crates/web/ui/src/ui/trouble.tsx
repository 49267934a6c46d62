import type { ReactNode } from "react";

interface Props {
  cause: string;
  remedy?: string | null;
  /** What helps, as buttons. */
  children?: ReactNode;
}

/** What is wrong, and what to do about it. */
export function Trouble({ cause, remedy, children }: Props) {
  return (
    <div role="alert" className="mt-3 rounded-lg bg-bad-soft px-3.5 py-3 text-sm text-bad">
      <p className="font-medium wrap-anywhere">{cause}</p>
      {remedy && <p className="mt-0.5 wrap-anywhere">{remedy}</p>}
      {children && <div className="mt-2.5 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
