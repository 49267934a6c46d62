import type { Approval } from "@/api/types";
import { t } from "@/i18n";
import { Badge, type Tone } from "@/ui/badge";
import { Code } from "@/ui/code";
import { Diff } from "@/ui/diff";
import { actionName } from "./approval-words";
import { askedOf, type Level } from "./asked";

const TONES: Record<Level, Tone> = { high: "bad", medium: "warn", low: "idle" };

/** How dangerous and how urgent it is, as far as that is said. */
export function Levels({ approval }: { approval: Approval }) {
  const { risk, urgency } = askedOf(approval);
  return (
    <>
      {risk && <Badge tone={TONES[risk]}>{t(`approval.risk_${risk}`)}</Badge>}
      {urgency && <Badge tone={TONES[urgency]}>{t(`approval.urgency_${urgency}`)}</Badge>}
    </>
  );
}

/** What exactly is asked: what would be run or changed, where, and for how much. */
export function Request({ approval }: { approval: Approval }) {
  const { commands, diff, facts, rest } = askedOf(approval);
  return (
    <div className="mt-2 flex flex-col gap-2 empty:hidden">
      {commands.map((command) => (
        <Code key={command} label={t("approval.command")}>
          {command}
        </Code>
      ))}
      {diff && <Diff label={t("approval.diff")} text={diff} />}
      {facts.length > 0 && (
        <dl className="grid grid-cols-[fit-content(40%)_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted wrap-anywhere">{actionName(name)}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {Object.keys(rest).length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted">{t("approval.details")}</summary>
          <pre className="mt-2 overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-xs">
            {JSON.stringify(rest, null, 2)}
          </pre>
        </details>
      )}
    </div>
  );
}
