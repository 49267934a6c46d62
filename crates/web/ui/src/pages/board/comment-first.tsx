import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { useDraft } from "@/ui/draft";
import { Field, Textarea } from "@/ui/field";
import { taskName } from "../task/words";

/** Asks for the comment without which a task does not go to review. */
export default function CommentFirst({
  task,
  close,
  submit,
}: {
  task: Task;
  close(): void;
  submit(comment: string): void;
}) {
  const [text = "", setText] = useDraft(`review.${task.id}`);
  return (
    <Dialog
      open
      onClose={close}
      title={t("move.commentTitle")}
      description={t("move.commentText", { title: taskName(task) })}
      footer={
        <>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={!text.trim()} onClick={() => submit(text.trim())}>
            {t("rule.toReview")}
          </Button>
        </>
      }
    >
      <Field label={t("task.comment")} required>
        <Textarea autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </Dialog>
  );
}
