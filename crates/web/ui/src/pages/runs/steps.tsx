import { Link } from "@tanstack/react-router";
import type { RunDetail } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge, type Tone } from "@/ui/badge";
import { lasted } from "./words";

type Step = RunDetail["steps"][number];

const TONES = { running: "info", done: "ok", failed: "bad" } satisfies Record<string, Tone>;

/** What happened in a turn, in order. */
export function Steps({ steps }: { steps: Step[] }) {
  if (steps.length === 0) return <p className="text-sm text-muted">{t("runs.noSteps")}</p>;
  return (
    <ol className="rounded-xl border border-line">
      {steps.map((step) => (
        <li key={step.key} className="border-b border-line px-4 py-3 text-sm last:border-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={TONES[step.state as keyof typeof TONES] ?? "idle"}>{stateWord(step)}</Badge>
            <span className="font-medium">
              {step.kind === "approval" ? t("runs.approval") : step.name || t("runs.tool")}
            </span>
            {given(step.arguments)?.policy_id !== undefined && (
              <Link to="/exec-policies" className="rounded text-accent-text hover:underline">
                {t("runs.decidedByRule")}
              </Link>
            )}
            <span className="ml-auto text-xs text-muted">
              {typeof step.exit_code === "number" && t("runs.exit", { code: step.exit_code })}
              {typeof step.duration_ms === "number" && ` · ${lasted(step.duration_ms)}`}
            </span>
          </div>
          {step.arguments && (
            <pre className="mt-2 overflow-x-auto rounded-md bg-sunken px-3 py-2 text-xs whitespace-pre-wrap wrap-anywhere">
              {commandOf(step.arguments)}
            </pre>
          )}
          {step.output_tail && (
            <details className="mt-1">
              <summary className="cursor-pointer text-xs text-muted">{t("runs.output")}</summary>
              <pre className="mt-1 text-xs whitespace-pre-wrap wrap-anywhere">{step.output_tail}</pre>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function stateWord(step: Step): string {
  const known = (["running", "done", "failed"] as const).find((name) => name === step.state);
  return known ? t(`runStep.${known}`) : step.state;
}

/** A command by itself; what else a tool was called with as it is. */
const commandOf = (text: string): string => given(text)?.command ?? text;

/** The command that a tool was called with, and the rule that decided about it; nothing of what was cut. */
function given(text: string | null | undefined): { command?: string; policy_id?: string } | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (!value || typeof value !== "object") return undefined;
    const { command, policy_id } = value as Record<string, unknown>;
    const word = (field: unknown) => (typeof field === "string" ? field : undefined);
    return { command: word(command), policy_id: word(policy_id) };
  } catch {
    return undefined;
  }
}
