import { FileSearch, FolderSync } from "lucide-react";
import { useState } from "react";
import { reread } from "@/api/cache";
import { api } from "@/api/client";
import { settled } from "@/api/settled";
import type { AgentPlan, Gateway, SyncResult } from "@/api/types";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Section } from "@/ui/page";
import { toast } from "@/ui/toast";
import { Options, type SyncOptions, same, USUAL } from "./options";
import { Outcome, Problems } from "./outcome";
import { Plan } from "./plan";
import { Running } from "./running";

/** A sync is looked at before it is done. */
type Stage =
  | { is: "idle" }
  | { is: "planning" }
  | { is: "planned"; plan: AgentPlan[]; options: SyncOptions; problems: SyncResult["errors"] }
  | { is: "applying" }
  | { is: "done"; result: SyncResult };

/** Brings the files of all agents up to date: first what would be done, then doing it. */
export function TemplateSync({ gateway }: { gateway: Gateway }) {
  const [options, setOptions] = useState(USUAL);
  const [stage, setStage] = useState<Stage>({ is: "idle" });
  const busy = stage.is === "planning" || stage.is === "applying";
  const sync = async (dry_run: boolean) => {
    setStage({ is: dry_run ? "planning" : "applying" });
    try {
      const params = { path: { gateway_id: gateway.id }, query: { ...options, dry_run } };
      const result = await settled(api.POST("/api/v1/gateways/{gateway_id}/templates/sync", { params }));
      if (dry_run) return setStage({ is: "planned", plan: result.plan ?? [], options, problems: result.errors });
      setStage({ is: "done", result });
      reread(["agent"]);
    } catch (error) {
      setStage({ is: "idle" });
      toast.error(error);
    }
  };
  const current = stage.is === "planned" && same(stage.options, options);
  const something = stage.is === "planned" && (options.reset_sessions || stage.plan.some(({ changes }) => changes));
  return (
    <Section title={t("sync.title")}>
      <p className="mb-3 text-sm text-muted">{t("sync.text")}</p>
      <Options options={options} disabled={busy} onChange={setOptions} />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button look={current ? "secondary" : "primary"} disabled={busy} onClick={() => void sync(true)}>
          <FileSearch size={14} />
          {t(stage.is === "planned" ? "sync.planAgain" : "sync.plan")}
        </Button>
        {current && (
          <Button look="primary" disabled={!something} onClick={() => void sync(false)}>
            <FolderSync size={14} />
            {t("sync.apply")}
          </Button>
        )}
        {stage.is === "planned" && (
          <p role="status" className="text-sm text-muted">
            {t(!current ? "sync.stale" : something ? "sync.ready" : "sync.nothing")}
          </p>
        )}
      </div>
      <Running gateway_id={gateway.id} />
      {stage.is === "planned" && (
        <>
          <Problems problems={stage.problems} />
          <Plan agents={stage.plan} />
        </>
      )}
      {stage.is === "done" && <Outcome result={stage.result} />}
    </Section>
  );
}
