import { AlertTriangle, Check, Info, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import { t } from "@/i18n";
import { Button, IconButton } from "./button";

interface Action {
  label: string;
  run(): void;
  /** It takes back what the toast tells of; the key for that runs it. */
  undo?: true;
}

interface Toast {
  id: number;
  kind: "ok" | "info" | "bad";
  text: string;
  detail?: string;
  action?: Action;
}

/** Long enough to read, and to reach the button. */
const SHOWN_MS = 10_000;
let toasts: Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();
const timers = new Map<number, number>();
/** Somebody is at them: they wait. */
let held = false;

function set(next: Toast[]) {
  toasts = next;
  listeners.forEach((listener) => listener());
}

function drop(id: number) {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  set(toasts.filter((toast) => toast.id !== id));
  // What is gone is not left by anybody.
  if (toasts.length === 0) held = false;
}

function start({ id, kind }: Toast) {
  window.clearTimeout(timers.get(id));
  timers.set(
    id,
    window.setTimeout(() => drop(id), SHOWN_MS * (kind === "bad" ? 1.5 : 1)),
  );
}

function hold(next: boolean) {
  if (held === next) return;
  held = next;
  if (held) timers.forEach((timer) => window.clearTimeout(timer));
  else toasts.forEach(start);
}

function add(said: Omit<Toast, "id">) {
  const toast = { ...said, id: ++count };
  set([...toasts.slice(-2), toast]);
  if (!held) start(toast);
}

export const toast = {
  ok: (text: string, action?: Action, detail?: string) => add({ kind: "ok", text, detail, action }),
  info: (text: string, detail?: string, action?: Action) => add({ kind: "info", text, detail, action }),
  bad: (text: string, detail?: string, action?: Action) => add({ kind: "bad", text, detail, action }),
  /** What went wrong, and what to do about it. */
  error: (error: unknown, action?: Action) => {
    const known = error instanceof ApiError ? error : undefined;
    add({ kind: "bad", text: known?.message ?? t("error.unexpected"), detail: known?.remedy, action });
  },
};

/** Takes back what was done last, if that can be taken back. */
export function runLastAction() {
  const newest = toasts.findLast((toast) => toast.action && (toast.kind === "ok" || toast.action.undo));
  if (!newest?.action?.undo) return;
  newest.action.run();
  drop(newest.id);
}

const ICONS = {
  ok: <Check size={16} className="text-ok" />,
  info: <Info size={16} className="text-info" />,
  bad: <AlertTriangle size={16} className="text-bad" />,
};

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <section
      aria-label={t("common.notifications")}
      aria-live="polite"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
      className="pointer-events-none fixed bottom-4 right-4 z-70 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {shown.map(({ id, kind, text, detail, action }) => (
        <div
          key={id}
          className="pointer-events-auto flex animate-rise items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pl-3 pr-2 shadow-3"
        >
          <span className="mt-0.5">{ICONS[kind]}</span>
          <div className="max-h-64 min-w-0 flex-1 overflow-y-auto text-sm">
            <p className="wrap-anywhere">{text}</p>
            {detail && <p className="mt-0.5 text-xs text-muted wrap-anywhere">{detail}</p>}
            {action && (
              <Button
                size="sm"
                className="mt-2"
                onClick={() => {
                  drop(id);
                  action.run();
                }}
              >
                {action.label}
              </Button>
            )}
          </div>
          <IconButton label={t("common.dismiss")} icon={<X size={14} />} onClick={() => drop(id)} />
        </div>
      ))}
    </section>
  );
}
