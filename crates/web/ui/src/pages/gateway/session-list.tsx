import { MessagesSquare } from "lucide-react";
import type { Agent } from "@/api/types";
import { t } from "@/i18n/more";
import { Dot } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Time } from "@/ui/time";
import { SessionPanel } from "./session-panel";

export interface Session {
  key: string;
  /** Whose it is, where that is one of ours. */
  agent?: Agent;
  label: string;
  model?: string;
  used?: number;
  limit?: number;
  active: boolean;
  updated?: string;
}

interface Props {
  sessions: Session[];
  board_id: string | undefined;
  /** The key of the open one. */
  chosen: string | undefined;
  choose(key: string | undefined): void;
  /** Shows more of them. */
  more?: () => void;
}

/** Sessions with how full their context is; one of them can be open. */
export function SessionList({ sessions, board_id, chosen, choose, more }: Props) {
  if (sessions.length === 0) return <p className="text-sm text-muted">{t("session.none")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {sessions.map((session) => (
        <li key={session.key} className="rounded-lg border border-line">
          <button
            type="button"
            aria-expanded={session.key === chosen}
            onClick={() => choose(session.key === chosen ? undefined : session.key)}
            className="flex w-full items-center gap-3 rounded-lg px-4 py-2.5 text-left text-sm hover:bg-hover"
          >
            <MessagesSquare size={15} className="text-muted" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{session.label}</span>
              {session.agent && <span className="block truncate text-xs text-muted">{session.agent.name}</span>}
            </span>
            {session.active && <Dot tone="ok" pulse />}
            <span className="text-xs text-muted max-sm:hidden">{session.model}</span>
            {session.used !== undefined && session.limit && session.used <= session.limit && (
              <span className="w-20 text-right text-xs text-muted tabular-nums max-sm:hidden">
                {t("session.context", { percent: Math.round((session.used / session.limit) * 100) })}
              </span>
            )}
            {session.updated && <Time at={session.updated} className="w-20 text-right text-xs text-muted" />}
          </button>
          {session.key === chosen && (
            <div className="border-t border-line p-3">
              <SessionPanel sessionKey={session.key} board_id={board_id} />
            </div>
          )}
        </li>
      ))}
      {more && (
        <li>
          <Button onClick={more}>{t("session.more")}</Button>
        </li>
      )}
    </ul>
  );
}

/** A session as a gateway describes it; its key begins with the agent that it belongs to. */
export function toSession(entry: unknown, agents: readonly Agent[] = []): Session[] {
  const fields = (entry ?? {}) as Record<string, unknown>;
  const { key } = fields;
  if (typeof key !== "string") return [];
  const label = [fields.displayName, fields.label].find(
    (name): name is string => typeof name === "string" && name !== "",
  );
  const number = (name: string) => (typeof fields[name] === "number" ? fields[name] : undefined);
  const updated = number("updatedAt");
  return [
    {
      key,
      agent: agents.find(({ openclaw_session_id: main }) => main && placeOf(main) === placeOf(key)),
      label: label ?? key,
      model: typeof fields.model === "string" ? fields.model : undefined,
      used: number("totalTokens"),
      limit: number("contextTokens"),
      active: fields.hasActiveRun === true,
      updated: updated === undefined ? undefined : new Date(updated).toISOString(),
    },
  ];
}

/** `agent:ada` of `agent:ada:main`. */
const placeOf = (key: string) => key.split(":").slice(0, 2).join(":");
