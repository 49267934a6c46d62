import { Pause, Play } from "lucide-react";
import type { Board, BoardUpdate } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Meanwhile } from "@/ui/meanwhile";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { duration } from "../agents/profile";
import { pauseBoard } from "../boards/pause";
import { saveBoard } from "./save";

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
  const edits = useEdits(`board.${board.id}.pace`, {
    policy: board.heartbeat_policy as Policy,
    floor: board.heartbeat_floor ?? "",
    ceiling: board.heartbeat_ceiling ?? "",
  });
  const { changed, theirs } = edits;
  const { policy, floor, ceiling } = edits.values;
  const form = useForm(async () => {
    const body: BoardUpdate = {};
    if (changed.policy !== undefined) body.heartbeat_policy = policy;
    if (changed.floor !== undefined) body.heartbeat_floor = floor.trim() || null;
    if (changed.ceiling !== undefined) body.heartbeat_ceiling = ceiling.trim() || null;
    if (edits.dirty) await saveBoard(board, body);
    edits.forget();
    toast.ok(t("common.saved"));
  });
  const meanwhile = (name: "policy" | "floor" | "ceiling", shown: string | undefined) =>
    theirs[name] !== undefined && <Meanwhile theirs={shown ?? ""} settle={(choice) => edits.settle(name, choice)} />;
  const floorFault = wrong(floor);
  const ceilingFault = wrong(ceiling);
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-4">
      <Field label={t("pace.policy")} hint={t(`pace.${policy}Text`)}>
        <Select value={policy} onChange={(event) => edits.set("policy", event.target.value as Policy)}>
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
            <Input value={floor} placeholder="10m" onChange={(event) => edits.set("floor", event.target.value)} />
          </Field>
          <Field
            label={t("pace.ceiling")}
            hint={t("pace.ceilingHint")}
            error={ceilingFault ?? form.fault("heartbeat_ceiling")}
          >
            <Input value={ceiling} placeholder="1h" onChange={(event) => edits.set("ceiling", event.target.value)} />
          </Field>
        </div>
      )}
      {meanwhile("policy", theirs.policy && t(`pace.${theirs.policy}`))}
      {meanwhile("floor", theirs.floor)}
      {meanwhile("ceiling", theirs.ceiling)}
      <FormError error={form.error} />
      <Button
        look="primary"
        type="submit"
        className="self-start"
        disabled={form.busy || Boolean(floorFault ?? ceilingFault) || Object.keys(theirs).length > 0}
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
