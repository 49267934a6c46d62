import { ChevronRight, Copy, KeyRound } from "lucide-react";
import { useState } from "react";
import type { AuditEntry } from "@/api/types";
import { t } from "@/i18n/admin";
import { Avatar } from "@/ui/avatar";
import { Badge, type Tone } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { copy } from "@/ui/copy";
import { exactTime, parseTime, Time, useTimezone } from "@/ui/time";
import { type Change, changesOf } from "./changes";
import { Thing } from "./place";
import { actionName, actorName, thingName } from "./words";

/** What a person would look for first. */
function toneOf({ action }: AuditEntry): Tone {
  if (action.endsWith(".refused")) return "bad";
  if (action.endsWith(".deleted") || action === "job.ordered") return "warn";
  return action.endsWith(".created") ? "ok" : "idle";
}

interface Props {
  entry: AuditEntry;
  /** What it was done to, as it is called now. */
  name: string | undefined;
  /** The token that it was done with, while there is one. */
  token: string | undefined;
  /** Shows only what is like it. */
  only(filter: { actor?: string; request?: string; object?: string; kind?: string }): void;
}

/** An entry of the record; opened it tells what changed. */
export function AuditRow({ entry, name, token, only }: Props) {
  const [open, setOpen] = useState(false);
  const kind = entry.object_kind;
  const called = name ?? nameIn(entry.after) ?? nameIn(entry.before) ?? (kind ? thingName(kind) : undefined);
  const who = actorName(entry);
  return (
    <div className="px-1 py-2 text-sm">
      <div className="flex items-start gap-2">
        <button
          type="button"
          aria-expanded={open}
          aria-label={t("audit.details", { what: `${actionName(entry.action)}, ${who}` })}
          onClick={() => setOpen(!open)}
          className="flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover pointer-coarse:size-10"
        >
          <ChevronRight size={14} className={open ? "rotate-90" : ""} />
        </button>
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 sm:min-h-6">
          <Badge tone={toneOf(entry)}>{actionName(entry.action)}</Badge>
          {called && (
            <span className="min-w-0 max-w-96 truncate">
              <Thing entry={entry}>{called}</Thing>
            </span>
          )}
          <span className="flex min-w-0 items-center gap-1.5 text-muted sm:ml-auto">
            {entry.actor === "token" ? <KeyRound size={14} /> : <Avatar name={who} size={18} />}
            <span className="truncate">{who}</span>
          </span>
          <Time at={entry.at} className="shrink-0 text-right text-xs text-muted sm:w-20" />
        </div>
      </div>
      {open && <Details entry={entry} token={token} only={only} />}
    </div>
  );
}

/** Most things are called by their name, and some by what they say. */
function nameIn(side: unknown): string | undefined {
  if (typeof side !== "object" || side === null) return undefined;
  const fields = side as Record<string, unknown>;
  return [fields.name, fields.title, fields.label].find((word): word is string => typeof word === "string");
}

function Details({ entry, token, only }: Pick<Props, "entry" | "token" | "only">) {
  const timeZone = useTimezone();
  const changes = changesOf(entry.before, entry.after);
  const { actor_id, request_id, object_id, object_kind } = entry;
  return (
    <div className="mb-2 ml-8 mt-2 flex flex-col gap-3">
      {changes.length > 0 && <Changes changes={changes} />}
      <dl className="grid gap-x-6 gap-y-1 text-xs sm:grid-cols-2">
        <Fact label={t("audit.when")} value={exactTime(parseTime(entry.at), timeZone)} />
        <Fact label={t("audit.number")} value={`#${entry.seq}`} />
        <Fact
          label={t("audit.by")}
          value={`${t(`auditActor.${kindOfActor(entry.actor)}`)}${entry.actor_name ? ` ${entry.actor_name}` : ""}`}
          only={actor_id ? () => only({ actor: actor_id }) : undefined}
        />
        {entry.token_id && <Fact label={t("auditThing.api_token")} value={token ?? entry.token_id} />}
        {entry.address && <Fact label={t("audit.address")} value={entry.address} />}
        {object_id && (
          <Fact
            label={object_kind ? thingName(object_kind) : t("audit.thing")}
            value={object_id}
            only={() => only({ object: object_id, kind: object_kind ?? undefined })}
            copied
          />
        )}
        {request_id && (
          <Fact label={t("audit.request")} value={request_id} only={() => only({ request: request_id })} copied />
        )}
        <Fact label={t("audit.action")} value={entry.action} />
        <Fact label={t("audit.hash")} value={entry.hash} copied />
      </dl>
    </div>
  );
}

const ACTORS = ["user", "token", "agent", "job", "system"] as const;

const kindOfActor = (actor: string) => ACTORS.find((kind) => kind === actor) ?? "system";

interface FactProps {
  label: string;
  value: string;
  /** Shows only entries with the same. */
  only?: () => void;
  copied?: boolean;
}

function Fact({ label, value, only, copied }: FactProps) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <dt className="w-24 shrink-0 text-muted">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-1">
        <span className="truncate">{value}</span>
        {copied && (
          <IconButton
            label={`${t("common.copy")}: ${label}`}
            icon={<Copy size={12} />}
            className="!size-6"
            onClick={() => void copy(value)}
          />
        )}
        {only && (
          <button
            type="button"
            aria-label={t("audit.onlyThis", { what: `${label} ${value}` })}
            onClick={only}
            className="h-6 shrink-0 rounded px-1 text-accent-text hover:underline"
          >
            {t("audit.only")}
          </button>
        )}
      </dd>
    </div>
  );
}

/** How it was and how it is. The elements say the same as the colours. */
function Changes({ changes }: { changes: Change[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full text-xs">
        <thead className="text-left text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="w-44 px-3 py-1.5 font-medium">
              {t("audit.field")}
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {t("audit.before")}
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {t("audit.after")}
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field} className="border-b border-line align-top last:border-0">
              <th scope="row" className="px-3 py-1.5 text-left font-mono font-normal text-muted">
                {field}
              </th>
              <td className="px-3 py-1.5">
                {before === undefined ? <Nothing /> : <del className={`${VALUE} bg-bad-soft text-bad`}>{before}</del>}
              </td>
              <td className="px-3 py-1.5">
                {after === undefined ? <Nothing /> : <ins className={`${VALUE} bg-ok-soft text-ok`}>{after}</ins>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const VALUE = "line-clamp-12 rounded px-1 whitespace-pre-wrap no-underline wrap-anywhere";

const Nothing = () => <span className="text-muted">–</span>;
