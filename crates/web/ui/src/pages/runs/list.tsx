import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { runs } from "@/api/runs";
import type { Run } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Pager } from "@/ui/pager";
import { Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { duration, money, runTone, runWord, tokensOf, triggerWord } from "./words";

const SIZE = 20;

/** The turns of an agent, newest first. */
export function AgentRuns({ agent_id }: { agent_id: string }) {
  const [offset, setOffset] = useState(0);
  const query = useQuery({ ...runs({ agent_id, offset, limit: SIZE }), placeholderData: keepPreviousData });
  return (
    <Loaded query={query}>
      {({ items, total }) =>
        items.length === 0 ? (
          <p className="text-sm text-muted">{t("runs.none")}</p>
        ) : (
          <>
            <ul className="rounded-xl border border-line">
              {items.map((run) => (
                <Row key={run.id} run={run} />
              ))}
            </ul>
            <Pager offset={offset} size={SIZE} shown={items.length} total={total} go={setOffset} />
          </>
        )
      }
    </Loaded>
  );
}

function Row({ run }: { run: Run }) {
  const tokens = tokensOf(run);
  const facts = [
    run.tool_calls > 0 && t("runs.tools", { count: run.tool_calls }),
    tokens > 0 && t("runs.tokens", { count: tokens }),
    money(run.cost_micros),
    duration(run.started_at, run.ended_at),
  ].filter(Boolean);
  return (
    <li className="border-b border-line text-sm last:border-0">
      <Link
        to="/runs/$runId"
        params={{ runId: run.id }}
        className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 hover:bg-sunken"
      >
        <Badge tone={runTone(run)}>{runWord(run)}</Badge>
        <span className="font-medium">{triggerWord(run)}</span>
        <span className="text-muted">{facts.join(" · ")}</span>
        <span className="ml-auto text-xs text-muted">
          <Time at={run.created_at} />
        </span>
        {run.error && <span className="w-full truncate text-bad">{run.error}</span>}
      </Link>
    </li>
  );
}
