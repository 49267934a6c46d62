import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import clsx from "clsx";
import { FileText } from "lucide-react";
import { answer, api } from "@/api/client";
import { queryClient } from "@/api/query-client";
import type { Agent, AgentFile } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Code } from "@/ui/code";
import { confirm } from "@/ui/confirm";
import { Loaded, Skeleton } from "@/ui/states";
import { Time } from "@/ui/time";
import { useAction } from "./use-action";

const route = getRouteApi("/agents/$agentId");

/** The agent's workspace as it is on its gateway now. */
export function Files({ agent }: { agent: Agent }) {
  const agent_id = agent.id;
  const { file } = route.useSearch();
  const { busy, run } = useAction(agent);
  const query = useQuery({
    queryKey: ["agent", agent_id, "files"],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/agents/{agent_id}/files", { params: { path: { agent_id } }, signal }))).files,
    staleTime: 0,
  });
  const overwrite = async () => {
    const question = {
      title: t("agentFile.overwrite"),
      text: t("agentFile.overwriteText"),
      action: t("agentFile.overwrite"),
    };
    if (await confirm(question)) run("reprovision", { overwrite: true });
  };
  return (
    <Loaded query={query}>
      {(files) => {
        const open = files.find(({ name }) => name === file) ?? files[0];
        const edited = files.filter((each) => each.edited).length;
        return (
          <>
            {edited > 0 && (
              <p className="mb-3 flex flex-wrap items-center gap-3 rounded-lg bg-warn-soft px-3.5 py-2.5 text-sm text-warn">
                <span className="min-w-0 flex-1">{t("agentFile.someEdited", { count: edited })}</span>
                <Button size="sm" disabled={busy !== undefined} onClick={() => void overwrite()}>
                  {t("agentFile.overwrite")}
                </Button>
              </p>
            )}
            {open ? (
              <div className="grid gap-4 md:grid-cols-[13rem_minmax(0,1fr)]">
                <ul className="flex flex-col gap-px">
                  {files.map((each) => (
                    <Entry key={each.name} file={each} current={each === open} />
                  ))}
                </ul>
                <Content agent_id={agent_id} file={open} />
              </div>
            ) : (
              <p className="text-sm text-muted">{t("agentFile.none")}</p>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Entry({ file, current }: { file: AgentFile; current: boolean }) {
  const navigate = route.useNavigate();
  return (
    <li>
      <button
        type="button"
        aria-current={current || undefined}
        onClick={() => void navigate({ search: (now) => ({ ...now, file: file.name }), replace: true })}
        className={clsx(
          "flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover",
          current && "bg-hover font-medium",
        )}
      >
        <FileText size={14} className="shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">{file.name}</span>
        <Standing file={file} />
      </button>
    </li>
  );
}

/** Whether the agent has changed what was written. */
function Standing({ file }: { file: AgentFile }) {
  if (file.edited) return <Badge tone="warn">{t("agentFile.edited")}</Badge>;
  return file.written_at ? null : <Badge>{t("agentFile.own")}</Badge>;
}

function Content({ agent_id, file }: { agent_id: string; file: AgentFile }) {
  const { name } = file;
  const query = useQuery({
    queryKey: ["agent", agent_id, "files", name],
    queryFn: async ({ signal }) => {
      const params = { path: { agent_id, file_name: name } };
      const content = await answer(api.GET("/api/v1/agents/{agent_id}/files/{file_name}", { params, signal }));
      // The list knows of changes only what was seen before.
      queryClient.setQueryData<AgentFile[]>(["agent", agent_id, "files"], (list) =>
        list?.map((each) => (each.name === name ? { ...each, edited: content.edited } : each)),
      );
      return content;
    },
    staleTime: 0,
  });
  return (
    <div className="min-w-0">
      <p className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <Standing file={file} />
        {file.written_at && (
          <span>
            {t("agentFile.written")} <Time at={file.written_at} />
          </span>
        )}
        {file.size != null && <span>{t("agentFile.size", { count: file.size })}</span>}
      </p>
      <Loaded query={query} skeleton={<Skeleton className="h-64" />}>
        {({ content, truncated }) => (
          <>
            <Code label={name}>{content}</Code>
            {truncated && <p className="mt-1.5 text-xs text-muted">{t("agentFile.cut")}</p>}
          </>
        )}
      </Loaded>
    </div>
  );
}
