import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { GroupMemory as Entry } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Composer } from "@/ui/composer";
import { Checkbox } from "@/ui/field";
import { Messages } from "@/ui/messages";
import { Loaded } from "@/ui/states";
import { emojiByName } from "../agents/profile";
import Notes from "../memory/notes";

interface Props {
  groupId: string;
  /** The conversation, or what is kept for later. */
  chat: boolean;
  boards: string[];
}

/** What the agents of all boards of the group know and hear. */
export function GroupMemory({ groupId: group_id, chat, boards }: Props) {
  const client = useQueryClient();
  const access = useAccess();
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: access.isAdmin });
  const [everybody, setEverybody] = useState(false);
  const key = ["board-group", group_id, "memory"];
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET("/api/v1/board-groups/{group_id}/memory", {
            params: { path: { group_id }, query: { is_chat: true } },
            signal,
          }),
        )
      ).items,
    enabled: chat,
  });
  const send = async (content: string) => {
    const tags = ["chat", ...(everybody ? ["broadcast"] : [])];
    const said = await answer(
      api.POST("/api/v1/board-groups/{group_id}/memory", { params: { path: { group_id } }, body: { content, tags } }),
    );
    client.setQueryData<Entry[]>(key, (list) =>
      list?.some(({ id }) => id === said.id) ? list : [...(list ?? []), said],
    );
  };
  const canWrite = boards.some((id) => access.canWrite(id));
  const broadcast = (
    <Checkbox
      label={t("groups.broadcast")}
      checked={everybody}
      onChange={(event) => setEverybody(event.target.checked)}
    />
  );
  if (!chat) {
    const tags = ["note", ...(everybody ? ["broadcast"] : [])];
    return <Notes of={{ group_id }} canWrite={canWrite} emoji={emojiByName(agents)} tags={tags} below={broadcast} />;
  }
  return (
    <>
      <Loaded query={query}>
        {(entries) => (
          <Messages
            messages={entries.filter(({ is_chat }) => is_chat)}
            emoji={emojiByName(agents)}
            empty={t("groups.chatEmpty")}
          />
        )}
      </Loaded>
      {canWrite && (
        <div className="flex flex-col gap-2 border-t border-line p-3">
          <Composer
            label={t("chat.message")}
            placeholder={t("groups.chatPlaceholder")}
            names={agents.filter(({ board_id }) => board_id && boards.includes(board_id)).map(({ name }) => name)}
            draft={`group ${group_id}`}
            send={send}
          />
          {broadcast}
        </div>
      )}
    </>
  );
}
