import { useQuery } from "@tanstack/react-query";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { BoardGroup } from "@/api/types";
import { t } from "@/i18n/more";
import { only, useEdits } from "@/ui/edits";
import { Checkbox, Field, Input, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";
import { slugOf } from "../boards/slug";

export function GroupForm({ group, close }: { group?: BoardGroup; close(): void }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const before = boards.filter((board) => group && board.board_group_id === group.id).map(({ id }) => id);
  const edits = useEdits(`group.${group?.id ?? "new"}`, {
    name: group?.name ?? "",
    description: group?.description ?? "",
    boards: before,
  });
  const [name, setName] = edits.bind("name");
  const [description, setDescription] = edits.bind("description");
  const [boardIds, setBoardIds] = edits.bind("boards");
  const form = useForm(async () => {
    const body = { name: name.trim(), description: description.trim() || null };
    const saved = group
      ? await answer(
          api.PATCH("/api/v1/board-groups/{group_id}", {
            params: { path: { group_id: group.id } },
            body: only(body, edits.changed),
          }),
        )
      : await answer(api.POST("/api/v1/board-groups", { body: { ...body, slug: slugOf(name) } }));
    const moved = [
      ...boardIds.filter((id) => !before.includes(id)).map((id) => [id, saved.id] as const),
      ...before.filter((id) => !boardIds.includes(id)).map((id) => [id, null] as const),
    ];
    const outcomes = await Promise.allSettled(
      moved.map(([board_id, board_group_id]) =>
        answer(api.PATCH("/api/v1/boards/{board_id}", { params: { path: { board_id } }, body: { board_group_id } })),
      ),
    );
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) toast.error(failed.reason);
    edits.forget();
    reread(["board-groups"]);
    reread(["boards"]);
    close();
  });
  return (
    <FormDialog
      title={t(group ? "groups.edit" : "groups.new")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("common.description")}>
        <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t("nav.boards")}</legend>
        <div className="flex max-h-56 flex-col gap-1.5 overflow-y-auto">
          {boards.map((board) => (
            <Checkbox
              key={board.id}
              label={
                <>
                  {board.name}
                  {board.board_group_id && board.board_group_id !== group?.id && (
                    <span className="text-muted"> · {t("groups.elsewhere")}</span>
                  )}
                </>
              }
              checked={boardIds.includes(board.id)}
              onChange={(event) =>
                setBoardIds(event.target.checked ? [...boardIds, board.id] : boardIds.filter((id) => id !== board.id))
              }
            />
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}
