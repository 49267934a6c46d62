import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Terminal } from "lucide-react";
import { useState } from "react";
import { COMMAND_STATES, type CommandDecision, type CommandState, commands, decideCommand } from "@/api/commands";
import * as queries from "@/api/queries";
import type { ExecApproval } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/admin";
import { Badge, type Tone } from "@/ui/badge";
import { Code } from "@/ui/code";
import { Countdown } from "@/ui/countdown";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { Decisions } from "./decisions";

const SIZE = 20;

const TONES = {
  pending: "warn",
  sending: "info",
  allowed: "ok",
  denied: "bad",
  expired: "idle",
  lost: "idle",
} satisfies Record<CommandState, Tone>;

/** Commands of a gateway's agents: those that wait, and what became of the others. */
export function Commands({ gateway_id }: { gateway_id: string }) {
  const [state, setState] = useState<CommandState | "all">("pending");
  const [offset, setOffset] = useState(0);
  const query = useQuery({
    ...commands({ gateway_id, state: state === "all" ? undefined : state, offset, limit: SIZE }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Segmented
        label={t("commands.state")}
        value={state}
        onChange={(next) => {
          setState(next);
          setOffset(0);
        }}
        options={(["all", ...COMMAND_STATES] as const).map((value) => ({ value, label: t(`commandState.${value}`) }))}
      />
      <div className="mt-3">
        <Loaded query={query}>
          {({ items, total }) =>
            items.length === 0 ? (
              <div className="rounded-xl border border-line">
                <Empty
                  icon={<Terminal size={20} />}
                  title={t(state === "pending" ? "commands.nonePending" : "commands.none")}
                >
                  {t("commands.noneText")}
                </Empty>
              </div>
            ) : (
              <>
                <ul className="flex flex-col gap-3">
                  {items.map((command) => (
                    <li key={command.id} className="rounded-xl border border-line p-4">
                      <Command command={command} />
                    </li>
                  ))}
                </ul>
                <Pager offset={offset} size={SIZE} shown={items.length} total={total} go={setOffset} />
              </>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function Command({ command }: { command: ExecApproval }) {
  const { data: agents = [] } = useQuery(queries.agents);
  const [busy, setBusy] = useState(false);
  const { isAdmin } = useAccess();
  const agent = agents.find(({ id }) => id === command.agent_id);
  const waits = command.state === "pending";
  const decide = (decision: CommandDecision) => {
    setBusy(true);
    decideCommand(command.id, decision)
      .then(() => toast.ok(t(`commandDecided.${decision}`)), toast.error)
      .finally(() => setBusy(false));
  };
  const facts: [string, string | null | undefined][] = [
    [t("commands.cwd"), command.cwd],
    [t("commands.host"), command.host],
    [t("commands.program"), command.resolved_path],
    [t("commands.reason"), command.reason],
    [t("commands.by"), command.decided_by],
  ];
  return (
    <article className="text-sm">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={TONES[command.state as CommandState] ?? "idle"}>{stateName(command)}</Badge>
        {agent && (
          <Link
            to="/agents/$agentId"
            params={{ agentId: agent.id }}
            className="rounded font-medium hover:text-accent-text"
          >
            {agent.name}
          </Link>
        )}
        {command.run_id && (
          <Link
            to="/runs/$runId"
            params={{ runId: command.run_id }}
            className="rounded text-accent-text hover:underline"
          >
            {t("commands.run")}
          </Link>
        )}
        {command.policy_id && (
          <Link to="/exec-policies" className="rounded text-accent-text hover:underline">
            {t("commands.byRule")}
          </Link>
        )}
        {!command.policy_id && isAdmin && (
          <Link to="/exec-policies" search={{ from: command.id }} className="rounded text-accent-text hover:underline">
            {t("commands.makeRule")}
          </Link>
        )}
        <span className="ml-auto text-xs text-muted">
          {waits ? (
            <Countdown
              until={command.expires_at}
              words={(left) => t("commands.left", { left })}
              over={t("commands.over")}
              className="tabular-nums"
            />
          ) : (
            <Time at={command.resolved_at ?? command.created_at} />
          )}
        </span>
      </div>
      <Code label={t("commands.command")}>{command.command}</Code>
      {command.warning && <p className="mt-2 text-warn wrap-anywhere">{command.warning}</p>}
      <dl className="mt-2 grid grid-cols-[fit-content(40%)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label} className="contents">
                <dt className="text-muted">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {command.error && <p className="mt-2 text-bad wrap-anywhere">{command.error}</p>}
      {waits && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Decisions
            size="sm"
            command={command.command}
            decisions={command.allowed_decisions as CommandDecision[]}
            busy={busy}
            decide={decide}
          />
        </div>
      )}
    </article>
  );
}

/** How far it is. A newer server may have states that we do not know. */
function stateName({ state, decision }: ExecApproval): string {
  if (state === "allowed" && decision === "always") return t("commandState.always");
  const known = COMMAND_STATES.find((name) => name === state);
  return known ? t(`commandState.${known}`) : state;
}
