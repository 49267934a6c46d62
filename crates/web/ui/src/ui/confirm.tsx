import { Suspense, useSyncExternalStore } from "react";
import { t } from "@/i18n";
import type { Question } from "./confirmation";
import { lazily } from "./lazily";

const Confirmation = lazily(() => import("./confirmation"));

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

/** Asks before what was typed is thrown away. */
export function confirmDiscard(): Promise<boolean> {
  return confirm({ title: t("common.discardTitle"), text: t("common.discardText"), action: t("common.discard") });
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
