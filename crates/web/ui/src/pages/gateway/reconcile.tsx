import { FileSearch, RefreshCw } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import { settled } from "@/api/settled";
import type { Gateway, ReconcileReport } from "@/api/types";
import { t } from "@/i18n/admin";
import { Button } from "@/ui/button";
import { Section } from "@/ui/page";
import { toast } from "@/ui/toast";
import { Trouble } from "@/ui/trouble";

/** What was found, and whether something was done about it. */
interface Found {
  report: ReconcileReport;
  planned: boolean;
}

/** Compares a gateway's agents with what they shall be: first what differs, then doing something about it. */
export function Reconcile({ gateway: { id: gateway_id } }: { gateway: Gateway }) {
  const [found, setFound] = useState<Found>();
  const [busy, setBusy] = useState(false);
  const params = { path: { gateway_id } };
  const look = async (planned: boolean) => {
    setBusy(true);
    try {
      const report = planned
        ? await answer(api.GET("/api/v1/gateways/{gateway_id}/reconcile", { params }))
        : await settled(api.POST("/api/v1/gateways/{gateway_id}/reconcile", { params }));
      setFound({ report, planned });
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t("reconcile.title")}>
      <p className="mb-3 text-sm text-muted">{t("reconcile.text")}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button look={found?.planned ? "secondary" : "primary"} disabled={busy} onClick={() => void look(true)}>
          <FileSearch size={14} />
          {t("reconcile.plan")}
        </Button>
        {found?.planned && (
          <Button look="primary" disabled={busy} onClick={() => void look(false)}>
            <RefreshCw size={14} />
            {t("reconcile.apply")}
          </Button>
        )}
        <p role="status" className="text-sm text-muted">
          {busy ? t("common.busy") : ""}
        </p>
      </div>
      {found && <Report {...found} />}
    </Section>
  );
}

function Report({ report, planned }: Found) {
  const { agents, unreachable, actions, edited, paced, config_written, remarks = [] } = report;
  const done = [paced > 0 && t("reconcile.paced", { count: paced }), config_written && t("reconcile.config")].filter(
    (line) => line !== false,
  );
  const calm = !unreachable && actions.length + edited.length + remarks.length + done.length === 0;
  return (
    <div className="mt-4 flex flex-col gap-4 text-sm">
      <p>{t(calm ? "reconcile.calm" : planned ? "reconcile.wouldBe" : "reconcile.done", { count: agents })}</p>
      {unreachable && <Trouble cause={unreachable} />}
      <Lines title={t(planned ? "reconcile.actionsPlanned" : "reconcile.actions")} lines={[...actions, ...done]} />
      <Lines title={t("reconcile.edited")} lines={edited} />
      <Lines title={t("reconcile.remarks")} lines={remarks} />
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-sm">{title}</h3>
      <ul className="max-h-96 overflow-y-auto rounded-xl border border-line">
        {lines.map((line) => (
          <li key={line} className="border-b border-line px-4 py-2 wrap-anywhere last:border-0">
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
