import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { patchSnapshot } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Board, BoardUpdate } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { duration } from "../agents/profile";
import { pauseBoard } from "../boards/pause";

const POLICIES = ["adaptive", "fixed", "off"] as const;
type Policy = NonNullable<BoardUpdate["heartbeat_policy"]>;

/** Whether the board's agents work, and how often they check in, which is for admins to change. */
export function Pace({ board }: { board: Board }) {
  const { isAdmin } = useAccess();
  return (
    <>
      <Standing board={board} />
      {isAdmin && <PaceForm board={board} />}
    </>
  );
}

function PaceForm({ board }: { board: Board }) {
  const [policy, setPolicy] = useState(board.heartbeat_policy as Policy);
  const [floor, setFloor] = useState(board.heartbeat_floor ?? "");
  const [ceiling, setCeiling] = useState(board.heartbeat_ceiling ?? "");
  const form = useForm(async () => {
    const saved = await answer(
      api.PATCH("/api/v1/boards/{board_id}", {
        params: { path: { board_id: board.id } },
        body: {
          heartbeat_policy: policy,
          heartbeat_floor: floor.trim() || null,
          heartbeat_ceiling: ceiling.trim() || null,
        },
      }),
    );
    patchSnapshot(board.id, (now) => ({ ...now, board: saved }));
    toast.ok(t("common.saved"));
  });
  const floorFault = wrong(floor);
  const ceilingFault = wrong(ceiling);
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-4">
      <Field label={t("pace.policy")} hint={t(`pace.${policy}Text`)}>
        <Select value={policy} onChange={(event) => setPolicy(event.target.value as Policy)}>
          {POLICIES.map((value) => (
            <option key={value} value={value}>
              {t(`pace.${value}`)}
            </option>
          ))}
        </Select>
      </Field>
      {policy === "adaptive" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("pace.floor")} hint={t("pace.floorHint")} error={floorFault ?? form.fault("heartbeat_floor")}>
            <Input value={floor} placeholder="10m" onChange={(event) => setFloor(event.target.value)} />
          </Field>
          <Field
            label={t("pace.ceiling")}
            hint={t("pace.ceilingHint")}
            error={ceilingFault ?? form.fault("heartbeat_ceiling")}
          >
            <Input value={ceiling} placeholder="1h" onChange={(event) => setCeiling(event.target.value)} />
          </Field>
        </div>
      )}
      <FormError error={form.error} />
      <Button
        look="primary"
        type="submit"
        className="self-start"
        disabled={form.busy || Boolean(floorFault ?? ceilingFault)}
      >
        {form.busy ? t("common.busy") : t("pace.save")}
      </Button>
    </form>
  );
}

/** Whether the agents are paused, and the way to change that. */
function Standing({ board }: { board: Board }) {
  const { paused_at } = board;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3 rounded-xl border border-line px-4 py-3 text-sm">
      <Badge tone={paused_at ? "warn" : "ok"}>{t(paused_at ? "agentStatus.paused" : "pace.atWork")}</Badge>
      <span className="min-w-0 flex-1 text-muted">
        {paused_at ? (
          <>
            {t("agentState.since")} <Time at={paused_at} />
          </>
        ) : (
          t("pace.atWorkText")
        )}
      </span>
      <Button onClick={() => void pauseBoard(board, !paused_at)}>
        {paused_at ? <Play size={14} /> : <Pause size={14} />}
        {t(paused_at ? "board.resume" : "board.pause")}
      </Button>
    </div>
  );
}

/** An empty field leaves it to the agents. */
function wrong(text: string): string | undefined {
  return text.trim() && duration(text) === undefined ? t("agent.everyInvalid") : undefined;
}
