import { Suspense, lazy, useSyncExternalStore } from "react";

const Confirmation = lazy(() => import("./confirmation"));

export interface Question {
  title: string;
  text: string;
  action: string;
  /** For what cannot be undone and takes much with it: this word must be typed. */
  typed?: string;
}

let pending: { question: Question; settle(yes: boolean): void } | undefined;
const listeners = new Set<() => void>();

function show(next: typeof pending) {
  pending = next;
  listeners.forEach((listener) => listener());
}

/** Asks before something that cannot be undone. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((settle) => show({ question, settle }));
}

/** Where the questions of {@link confirm} appear. */
export function Confirmations() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => pending,
  );
  const close = (yes: boolean) => {
    current?.settle(yes);
    show(undefined);
  };
  return <Suspense>{current && <Confirmation question={current.question} close={close} />}</Suspense>;
}
