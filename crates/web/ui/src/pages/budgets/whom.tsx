import { useQuery } from "@tanstack/react-query";
import * as queries from "@/api/queries";
import { t } from "@/i18n/more";
import { Field, Select } from "@/ui/field";

/** For whom something holds: a board, an agent, or with neither the organization. */
export interface Whom {
  board_id?: string | null;
  agent_id?: string | null;
}

export const EVERYBODY: Whom = { board_id: null, agent_id: null };

interface WhomFieldProps {
  value: Whom;
  onChange(whom: Whom): void;
  error?: string;
}

/** Chooses for whom something holds. */
export function WhomField({ value: { board_id, agent_id }, onChange, error }: WhomFieldProps) {
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: agents = [] } = useQuery(queries.agents);
  const choose = (chosen: string) =>
    onChange({
      board_id: boards.find(({ id }) => chosen === `board:${id}`)?.id ?? null,
      agent_id: agents.find(({ id }) => chosen === `agent:${id}`)?.id ?? null,
    });
  const value = agent_id ? `agent:${agent_id}` : board_id ? `board:${board_id}` : "";
  return (
    <Field label={t("budget.whom")} error={error}>
      <Select value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{t("budget.organization")}</option>
        <optgroup label={t("nav.boards")}>
          {boards.map(({ id, name }) => (
            <option key={id} value={`board:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
        <optgroup label={t("nav.agents")}>
          {agents.map(({ id, name }) => (
            <option key={id} value={`agent:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </Select>
    </Field>
  );
}

/** What people call those for whom something holds. */
export function useWhom({ board_id, agent_id }: Whom): string {
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: Boolean(agent_id) });
  if (agent_id) return agents.find(({ id }) => id === agent_id)?.name ?? t("budget.oneAgent");
  if (board_id) return boards.find(({ id }) => id === board_id)?.name ?? t("budget.oneBoard");
  return t("budget.organization");
}
