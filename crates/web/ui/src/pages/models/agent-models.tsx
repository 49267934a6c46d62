import { useQuery } from "@tanstack/react-query";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Agent, AgentModels } from "@/api/types";
import { t } from "@/i18n/models";
import { useEdits } from "@/ui/edits";
import { FormDialog, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";
import { choiceOf, updateOf } from "./choice";
import { ModelFields } from "./fields";

/** Chooses the models of an agent, and says what its gateway has. */
export default function AgentModelsDialog({
  agent,
  models,
  close,
}: {
  agent: Agent;
  models: AgentModels;
  close(): void;
}) {
  const edits = useEdits(`models ${agent.id}`, choiceOf(models));
  const params = { path: { agent_id: agent.id } };
  const form = useForm(async () => {
    const body = updateOf(edits.changed, edits.values);
    await answer(api.PATCH("/api/v1/agents/{agent_id}/models", { params, body }));
    edits.forget();
    reread(["agent", agent.id]);
    toast.ok(t("models.saved"));
    close();
  });
  const observed = useQuery({
    queryKey: ["agent", agent.id, "models", "observed"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/agents/{agent_id}/models/observed", { params, signal })),
    retry: false,
  });
  const there = observed.data;
  return (
    <FormDialog
      wide
      title={t("models.of", { name: agent.name })}
      description={t("models.text")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={edits.dirty}
    >
      <ModelFields
        edits={edits}
        form={form}
        gateway_id={agent.gateway_id}
        otherwise={t(models.of_board ? "models.asBoard" : "models.asGateway")}
      />
      <p role="status" className="text-sm text-muted">
        {observed.error
          ? t("models.notSeen")
          : there
            ? t(there.is_as_wanted ? "models.seenSame" : "models.seenOther", {
                model: there.model ?? t("models.usual"),
              })
            : t("common.loading")}
        {there && !there.takes_thinking && ` ${t("models.noThinking")}`}
      </p>
    </FormDialog>
  );
}
