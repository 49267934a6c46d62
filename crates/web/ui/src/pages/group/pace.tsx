import { useState } from "react";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Checkbox, Field, Input } from "@/ui/field";
import { toast } from "@/ui/toast";

const PRESETS = ["5m", "10m", "30m", "1h", "6h"];

/** How often the agents of the group check in: what they cost while nothing happens. */
export function Pace({ groupId: group_id }: { groupId: string }) {
  const [every, setEvery] = useState("10m");
  const [leads, setLeads] = useState(false);
  const [busy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    try {
      const { updated_agent_ids, failed_agent_ids } = await answer(
        api.POST("/api/v1/board-groups/{group_id}/heartbeat", {
          params: { path: { group_id } },
          body: { every: every.trim(), include_board_leads: leads },
        }),
      );
      const text = t("groups.paceSet", { count: updated_agent_ids.length });
      if (failed_agent_ids.length > 0) toast.info(text, t("groups.paceFailed", { count: failed_agent_ids.length }));
      else toast.ok(text);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="mb-5 rounded-xl border border-line px-4 py-3 text-sm">
      <summary className="cursor-pointer font-medium">{t("groups.pace")}</summary>
      <p className="mt-1 text-muted">{t("groups.paceText")}</p>
      <form
        className="mt-3 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void apply();
        }}
      >
        <Field label={t("groups.every")}>
          <Input list="paces" className="!w-28" value={every} onChange={(event) => setEvery(event.target.value)} />
        </Field>
        <datalist id="paces">
          {PRESETS.map((preset) => (
            <option key={preset} value={preset} />
          ))}
        </datalist>
        <Checkbox
          className="h-8 items-center"
          label={t("groups.withLeads")}
          checked={leads}
          onChange={(event) => setLeads(event.target.checked)}
        />
        <Button type="submit" disabled={busy || !every.trim()}>
          {busy ? t("common.busy") : t("groups.apply")}
        </Button>
      </form>
    </details>
  );
}
