import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { Board, ModelChoice } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/models";
import { useEdits } from "@/ui/edits";
import { Loaded } from "@/ui/states";
import { choiceOf, updateOf } from "../models/choice";
import { ModelFields } from "../models/fields";
import { RuleForm, useRuleForm } from "./rule-form";

/** The models of the board's agents, which are for admins to choose. */
export function ModelsSection({ board }: { board: Board }) {
  const params = { path: { board_id: board.id } };
  const query = useQuery({
    queryKey: ["board", board.id, "models"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/boards/{board_id}/models", { params, signal })),
  });
  return <Loaded query={query}>{(choice) => <ModelsForm board={board} choice={choice} />}</Loaded>;
}

function ModelsForm({ board, choice }: { board: Board; choice: ModelChoice }) {
  const { isAdmin } = useAccess();
  const edits = useEdits(`models ${board.id}`, choiceOf(choice));
  const form = useRuleForm(board.id, "models", async () => {
    const body = updateOf(edits.changed, edits.values);
    await answer(api.PATCH("/api/v1/boards/{board_id}/models", { params: { path: { board_id: board.id } }, body }));
    edits.forget();
  });
  return (
    <RuleForm form={form} text={t("models.boardText")}>
      <ModelFields
        edits={edits}
        form={form}
        gateway_id={isAdmin ? board.gateway_id : undefined}
        otherwise={t("models.asGateway")}
        disabled={!isAdmin}
      />
    </RuleForm>
  );
}
