import { useState } from "react";
import { type Board, STATUSES, type TaskStatus } from "@/api/types";
import { t } from "@/i18n/more";
import { Field, Input } from "@/ui/field";
import { Switch } from "@/ui/switch";
import { toast } from "@/ui/toast";
import { statusName } from "../task/words";
import { saveBoard } from "./save";

/** How many tasks each column is to have at most, and what becomes of agents that would put more into it. */
export function WipLimits({ board }: { board: Board }) {
  const save = (body: Parameters<typeof saveBoard>[1]) =>
    void saveBoard(board, body).then(
      () => toast.ok(t("common.saved")),
      (error) => toast.error(error),
    );
  const set = (status: TaskStatus, limit: number | undefined) => {
    const { [status]: _, ...others } = board.wip_limits;
    save({ wip_limits: limit === undefined ? others : { ...others, [status]: limit } });
  };
  return (
    <div className="rounded-xl border border-line px-4 py-3">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {STATUSES.map((status) => (
          <Field key={status} label={statusName(status)}>
            <LimitInput limit={board.wip_limits[status]} set={(limit) => set(status, limit)} />
          </Field>
        ))}
      </div>
      <p className="mb-2 mt-1.5 text-xs text-muted">{t("wip.hint")}</p>
      <Switch
        label={t("wip.refuse")}
        hint={t("wip.refuseHint")}
        checked={board.wip_refuses_agents}
        onChange={(on) => save({ wip_refuses_agents: on })}
      />
    </div>
  );
}

interface InputProps {
  limit: number | undefined;
  set(limit: number | undefined): void;
}

/** Saved when it is left, or by Enter. */
function LimitInput({ limit, set, ...rest }: InputProps) {
  const kept = limit === undefined ? "" : String(limit);
  const [typed, setTyped] = useState<string>();
  const done = () => {
    if (typed !== undefined && typed !== kept) set(typed === "" ? undefined : Number(typed));
    setTyped(undefined);
  };
  return (
    <Input
      {...rest}
      type="number"
      min={1}
      max={10_000}
      placeholder="–"
      value={typed ?? kept}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === "Enter" && done()}
    />
  );
}
