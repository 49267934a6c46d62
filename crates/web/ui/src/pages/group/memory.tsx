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

interface Props {
  groupId: string;
  chat: boolean;
  boards: string[];
}

/** What the agents of all boards of the group know and hear. */
export function GroupMemory({ groupId: group_id, chat, boards }: Props) {
  const client = useQueryClient();
  const access = useAccess();
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: access.isAdmin });
  const [everybody, setEverybody] = useState(true);
  const key = ["board-group", group_id, "memory"];
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/board-groups/{group_id}/memory", { params: { path: { group_id } }, signal })))
        .items,
  });
  const send = async (content: string) => {
    const tags = [chat ? "chat" : "note", ...(everybody ? ["broadcast"] : [])];
    const said = await answer(
      api.POST("/api/v1/board-groups/{group_id}/memory", { params: { path: { group_id } }, body: { content, tags } }),
    );
    client.setQueryData<Entry[]>(key, (list) =>
      list?.some(({ id }) => id === said.id) ? list : [...(list ?? []), said],
    );
  };
  return (
    <>
      <Loaded query={query}>
        {(entries) => (
          <Messages
            messages={entries.filter(({ is_chat }) => is_chat === chat)}
            emoji={emojiByName(agents)}
            empty={t(chat ? "groups.chatEmpty" : "groups.notesEmpty")}
          />
        )}
      </Loaded>
      {boards.some((id) => access.canWrite(id)) && (
        <div className="flex flex-col gap-2 border-t border-line p-3">
          <Composer
            label={t(chat ? "chat.message" : "groups.note")}
            placeholder={t(chat ? "groups.chatPlaceholder" : "groups.notePlaceholder")}
            names={agents.filter(({ board_id }) => board_id && boards.includes(board_id)).map(({ name }) => name)}
            draft={`group ${group_id} ${chat}`}
            send={send}
          />
          <Checkbox
            label={t("groups.broadcast")}
            checked={everybody}
            onChange={(event) => setEverybody(event.target.checked)}
          />
        </div>
      )}
    </>
  );
}
