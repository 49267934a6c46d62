import type { ComponentType, ReactNode } from "react";

interface Props {
  as?: ComponentType<{ children: ReactNode }>;
  children: ReactNode;
}

/** Stands in for the library's component of this name: see vite.config.ts. */
export function RemoveScroll({ as: As, children }: Props) {
  return As ? <As>{children}</As> : children;
}
