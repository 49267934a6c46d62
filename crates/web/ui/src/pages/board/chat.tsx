import { X } from "lucide-react";
import { Suspense } from "react";
import { patchSnapshot } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { BoardSnapshot } from "@/api/types";
import { t } from "@/i18n";
import { IconButton } from "@/ui/button";
import { Composer } from "@/ui/composer";
import { lazily } from "@/ui/lazily";
import { Messages } from "@/ui/messages";
import { Skeleton } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { emojiByName } from "../agents/profile";

interface Props {
  snapshot: BoardSnapshot;
  canWrite: boolean;
  panel: "chat" | "notes";
  /** Shows the other half, or closes it. */
  show(panel: "chat" | "notes" | undefined): void;
}

const Notes = lazily(() => import("../memory/notes"));

/**
 * The conversation of people and agents about the board, of which the lead hears everything and others what mentions them; and
 * what the board remembers beside it.
 */
export default function BoardChat({ snapshot, canWrite, panel, show }: Props) {
  const close = () => show(undefined);
  const { board, agents, chat_messages } = snapshot;
  const send = async (content: string) => {
    const said = await answer(
      api.POST("/api/v1/boards/{board_id}/memory", {
        params: { path: { board_id: board.id } },
        body: { content, tags: ["chat"] },
      }),
    );
    patchSnapshot(board.id, (now) =>
      now.chat_messages.some(({ id }) => id === said.id)
        ? now
        : { ...now, chat_messages: [...now.chat_messages, said] },
    );
  };
  return (
    <aside
      aria-label={t("chat.title")}
      onKeyDown={(event) => event.key === "Escape" && close()}
      className="flex w-96 shrink-0 animate-slide flex-col border-l border-line bg-surface max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:shadow-3 max-sm:w-full"
    >
      <header className="flex h-12 shrink-0 items-center justify-between pl-4 pr-2">
        <h2 className="text-base">{t("chat.title")}</h2>
        <IconButton label={t("common.close")} icon={<X size={16} />} onClick={close} />
      </header>
      <div className="px-4 pb-3">
        <Segmented<"chat" | "notes">
          label={t("chat.parts")}
          value={panel}
          onChange={show}
          options={[
            { value: "chat", label: t("chat.chat") },
            { value: "notes", label: t("chat.notes") },
          ]}
        />
      </div>
      {panel === "notes" && (
        <Suspense fallback={<Skeleton className="m-4 flex-1" />}>
          <Notes of={{ board_id: board.id }} canWrite={canWrite} emoji={emojiByName(agents)} />
        </Suspense>
      )}
      {panel === "chat" && <Messages messages={chat_messages} empty={t("chat.empty")} emoji={emojiByName(agents)} />}
      {panel === "chat" && canWrite && (
        <div className="border-t border-line p-3">
          <Composer
            autoFocus
            label={t("chat.message")}
            placeholder={t("chat.placeholder")}
            names={agents.map((agent) => agent.name)}
            draft={`chat ${board.id}`}
            send={send}
          />
        </div>
      )}
    </aside>
  );
}
