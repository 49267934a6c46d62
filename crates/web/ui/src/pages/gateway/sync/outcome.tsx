import { Link } from "@tanstack/react-router";
import type { SyncResult } from "@/api/types";
import { t } from "@/i18n/more";

/** What a sync did, what it left alone and what went wrong. */
export function Outcome({ result }: { result: SyncResult }) {
  const { agents_updated, main_updated, kept = [], errors } = result;
  return (
    <>
      <p role="status" className="mt-4 rounded-lg bg-ok-soft px-3.5 py-2.5 text-sm text-ok">
        {t("sync.done", { count: agents_updated + Number(main_updated) })}
        {kept.length > 0 && <span className="block">{t("sync.kept", { files: kept.join(", ") })}</span>}
      </p>
      <Problems problems={errors} />
    </>
  );
}

export function Problems({ problems }: { problems: SyncResult["errors"] }) {
  if (problems.length === 0) return null;
  return (
    <ul role="alert" className="mt-3 flex flex-col gap-1 rounded-lg bg-bad-soft px-3.5 py-2.5 text-sm text-bad">
      {problems.map(({ agent_id, agent_name, message }) => (
        <li key={`${agent_id} ${message}`} className="wrap-anywhere">
          {agent_id && (
            <Link to="/agents/$agentId" params={{ agentId: agent_id }} className="mr-1.5 rounded font-medium underline">
              {agent_name}
            </Link>
          )}
          {message}
        </li>
      ))}
    </ul>
  );
}
