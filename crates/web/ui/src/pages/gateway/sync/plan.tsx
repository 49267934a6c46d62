import { ChevronRight } from "lucide-react";
import type { AgentPlan, FilePlan } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge, type Tone } from "@/ui/badge";
import { Diff } from "@/ui/diff";
import { VirtualList } from "@/ui/virtual-list";

type Fate = "create" | "update" | "overwritten" | "kept" | "unsupported" | "unchanged";

const TONES: Record<Fate, Tone> = {
  create: "ok",
  update: "info",
  overwritten: "bad",
  kept: "warn",
  unsupported: "idle",
  unchanged: "idle",
};
const FATES = Object.keys(TONES) as Fate[];

/** What becomes of a file: one that the agent changed is kept unless it is to be overwritten. */
function fateOf({ action, written }: FilePlan): Fate {
  if (action === "edited") return written ? "overwritten" : "kept";
  return action;
}

/** What a sync would do, agent by agent. */
export function Plan({ agents }: { agents: AgentPlan[] }) {
  const fates = agents.flatMap(({ files }) => files.map(fateOf));
  const counts = FATES.map((fate) => ({ fate, count: fates.filter((other) => other === fate).length })).filter(
    ({ count }) => count > 0,
  );
  return (
    <div className="mt-4">
      <ul className="mb-3 flex flex-wrap gap-2">
        {counts.map(({ fate, count }) => (
          <li key={fate}>
            <Badge tone={TONES[fate]}>
              {count} {t(`syncFile.${fate}`)}
            </Badge>
          </li>
        ))}
      </ul>
      <VirtualList
        label={t("sync.planTitle")}
        className="max-h-[min(36rem,70dvh)] rounded-xl border border-line"
        items={agents}
        keyOf={({ agent_id }) => agent_id}
        estimate={() => 44}
        row={(agent) => <Agent agent={agent} />}
      />
    </div>
  );
}

function Agent({ agent }: { agent: AgentPlan }) {
  const shown = agent.files.filter((file) => fateOf(file) !== "unchanged");
  const unchanged = agent.files.length - shown.length;
  return (
    <details className="group">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
        <ChevronRight size={14} className="text-muted transition-transform group-open:rotate-90" />
        <span className="min-w-0 flex-1 truncate font-medium">{agent.agent_name}</span>
        {agent.token !== "kept" && (
          <Badge tone={agent.token === "new" ? "info" : "warn"}>{t(`syncToken.${agent.token}`)}</Badge>
        )}
        <span className="text-xs text-muted">
          {agent.changes
            ? t("sync.written", { count: agent.files.filter(({ written }) => written).length })
            : t("sync.leftAlone")}
        </span>
      </summary>
      <div className="border-t border-line px-4 py-2 text-sm">
        {agent.note && <p className="py-1 text-warn">{agent.note}</p>}
        <ul>
          {shown.map((file) => (
            <li key={file.name} className="py-1.5">
              <File file={file} />
            </li>
          ))}
        </ul>
        {unchanged > 0 && <p className="py-1 text-xs text-muted">{t("sync.unchanged", { count: unchanged })}</p>}
      </div>
    </details>
  );
}

function File({ file }: { file: FilePlan }) {
  const fate = fateOf(file);
  const head = (
    <>
      <code className="text-xs">{file.name}</code> <Badge tone={TONES[fate]}>{t(`syncFile.${fate}`)}</Badge>
      {file.note && <span className="ml-2 text-xs text-muted">{file.note}</span>}
    </>
  );
  if (!file.diff) return <p>{head}</p>;
  return (
    <details>
      <summary className="cursor-pointer">{head}</summary>
      <Diff label={t("sync.diff", { file: file.name })} text={file.diff} />
    </details>
  );
}
