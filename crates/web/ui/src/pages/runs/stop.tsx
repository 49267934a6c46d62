import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import * as queries from "@/api/queries";
import { openRuns, type Stoppable, stopAgents } from "@/api/runs";
import type { Run } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Checkbox, Field, Input } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Loaded } from "@/ui/states";
import { toast } from "@/ui/toast";
import { runTone, runWord, triggerWord } from "./words";

interface Props {
  whom: Stoppable;
  /** What is stopped, as people call it. */
  title: string;
  close(): void;
}

/** Asks what is to be stopped, and shows what that is now. */
export default function StopDialog({ whom, title, close }: Props) {
  const [reason, setReason] = useState("");
  const [pause, setPause] = useState(false);
  const query = useQuery(openRuns(whom));
  const form = useForm(async () => {
    const stopped = await stopAgents(whom, { reason: reason.trim() || null, pause });
    toast.ok(t("stop.done", { count: stopped.agents }));
    close();
  });
  return (
    <FormDialog title={title} description={t("stop.text")} form={form} close={close} action={t("runs.stop")}>
      <Loaded query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="text-sm text-muted">{t("stop.nothing")}</p>
          ) : (
            <section aria-label={t("stop.running", { count: total })}>
              <h3 className="mb-1 text-sm font-medium">{t("stop.running", { count: total })}</h3>
              <ul className="max-h-48 overflow-y-auto rounded-lg border border-line">
                {items.map((run) => (
                  <Row key={run.id} run={run} />
                ))}
              </ul>
            </section>
          )
        }
      </Loaded>
      <Field label={t("stop.reason")}>
        <Input value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" />
      </Field>
      <Checkbox label={t("stop.pause")} checked={pause} onChange={(event) => setPause(event.target.checked)} />
    </FormDialog>
  );
}

function Row({ run }: { run: Run }) {
  const { data: agents = [] } = useQuery(queries.agents);
  return (
    <li className="flex items-center gap-2 border-b border-line px-3 py-1.5 text-sm last:border-0">
      <Badge tone={runTone(run)}>{runWord(run)}</Badge>
      <Link to="/runs/$runId" params={{ runId: run.id }} className="min-w-0 truncate hover:underline">
        {agents.find(({ id }) => id === run.agent_id)?.name ?? triggerWord(run)}
      </Link>
    </li>
  );
}
