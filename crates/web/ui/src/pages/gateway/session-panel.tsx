import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Composer } from "@/ui/composer";
import { Messages } from "@/ui/messages";
import { Loaded, Skeleton } from "@/ui/states";

interface Props {
  sessionKey: string;
  /** The board whose gateway has the session; none means the organization's first gateway. */
  board_id?: string;
}

/** What was said in a session of a gateway, and a way to say more. */
export function SessionPanel({ sessionKey, board_id }: Props) {
  const params = { path: { session_id: sessionKey }, query: { board_id } };
  const query = useQuery({
    queryKey: ["session", sessionKey, board_id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/gateways/sessions/{session_id}/history", { params, signal }))).history,
    staleTime: 0,
  });
  const send = async (content: string) => {
    await answer(api.POST("/api/v1/gateways/sessions/{session_id}/message", { params, body: { content } }));
    await query.refetch();
  };
  return (
    <div className="flex h-96 flex-col rounded-xl border border-line">
      <div className="flex items-center gap-2 border-b border-line px-4 py-2 text-xs text-muted">
        <code className="min-w-0 flex-1 truncate">{sessionKey}</code>
        <Button look="ghost" size="sm" onClick={() => void query.refetch()}>
          <RefreshCw size={12} />
          {t("common.refresh")}
        </Button>
      </div>
      <Loaded query={query} skeleton={<Skeleton className="m-4 flex-1" />}>
        {(history) => <Messages messages={history.flatMap(toMessage)} empty={t("session.empty")} />}
      </Loaded>
      <div className="border-t border-line p-3">
        <Composer
          label={t("chat.message")}
          placeholder={t("session.placeholder")}
          names={[]}
          draft={`session ${sessionKey}`}
          send={send}
        />
      </div>
    </div>
  );
}

interface Part {
  type?: unknown;
  text?: unknown;
}

/** Gateways keep texts as they are, or in parts among calls of tools. */
function toMessage(entry: unknown, index: number) {
  const { role, content, timestamp } = (entry ?? {}) as { role?: unknown; content?: unknown; timestamp?: unknown };
  const parts: Part[] = Array.isArray(content) ? (content as Part[]) : [{ text: content }];
  const text = parts
    .map((part) =>
      typeof part.text === "string" ? part.text : typeof part.type === "string" ? `\`${part.type}\`` : "",
    )
    .filter(Boolean)
    .join("\n\n");
  if (!text) return [];
  return [
    {
      id: String(index),
      content: text,
      source: role === "user" ? t("session.toAgent") : role === "assistant" ? t("common.agent") : String(role),
      created_at: new Date(typeof timestamp === "number" ? timestamp : 0).toISOString(),
    },
  ];
}
