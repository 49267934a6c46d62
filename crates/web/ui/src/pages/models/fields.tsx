import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/models";
import type { Edits } from "@/ui/edits";
import { Field, Input, Select } from "@/ui/field";
import type { useForm } from "@/ui/form";
import { type Choice, LEVELS } from "./choice";

interface Props {
  edits: Edits<Choice>;
  form: ReturnType<typeof useForm>;
  /** Whose models are proposed. */
  gateway_id: string | null | undefined;
  /** What holds where nothing is chosen. */
  otherwise: string;
  disabled?: boolean;
}

/** The fields of a choice of models, with those that the gateway offers. */
export function ModelFields({ edits, form, gateway_id, otherwise, disabled }: Props) {
  const list = useId();
  const [model, setModel] = edits.bind("model");
  const [fallbacks, setFallbacks] = edits.bind("fallbacks");
  const [thinking, setThinking] = edits.bind("thinking");
  const [cheap, setCheap] = edits.bind("heartbeat_model");
  const [light, setLight] = edits.bind("light_context");
  const [start, setStart] = edits.bind("start");
  const [end, setEnd] = edits.bind("end");
  const [zone, setZone] = edits.bind("timezone");
  // Whoever knows the name does not need the gateway's list: when it is away, the field is one to type into.
  const { data: offered } = useQuery({
    queryKey: ["gateway", gateway_id, "models"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/gateways/{gateway_id}/models", {
          params: { path: { gateway_id: gateway_id ?? "" } },
          signal,
        }),
      ),
    enabled: Boolean(gateway_id) && !disabled,
    retry: false,
    staleTime: 60_000,
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("models.model")} hint={t("models.modelHint")} error={form.fault("model")}>
        <Input
          list={list}
          disabled={disabled}
          placeholder={otherwise}
          value={model}
          onChange={(event) => setModel(event.target.value)}
        />
      </Field>
      <Field label={t("models.fallbacks")} hint={t("models.fallbacksHint")} error={form.fault("fallbacks")}>
        <Input disabled={disabled} value={fallbacks} onChange={(event) => setFallbacks(event.target.value)} />
      </Field>
      <Field label={t("models.thinking")} error={form.fault("thinking")}>
        <Select
          disabled={disabled}
          value={thinking}
          onChange={(event) => setThinking(event.target.value as Choice["thinking"])}
        >
          <option value="">{otherwise}</option>
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {t(`thinking.${level}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("models.heartbeat")} hint={t("models.heartbeatHint")} error={form.fault("heartbeat_model")}>
        <Input
          list={list}
          disabled={disabled}
          placeholder={otherwise}
          value={cheap}
          onChange={(event) => setCheap(event.target.value)}
        />
      </Field>
      <Field label={t("models.light")} hint={t("models.lightHint")} error={form.fault("light_context")}>
        <Select
          disabled={disabled}
          value={light}
          onChange={(event) => setLight(event.target.value as Choice["light_context"])}
        >
          <option value="">{otherwise}</option>
          <option value="yes">{t("models.lightYes")}</option>
          <option value="no">{t("models.lightNo")}</option>
        </Select>
      </Field>
      <Field label={t("models.zone")} error={form.fault("active_hours.timezone")}>
        <Input
          disabled={disabled}
          placeholder={t("models.zoneOfGateway")}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        />
      </Field>
      <Field
        label={t("models.from")}
        hint={t("models.hoursHint")}
        error={form.fault("active_hours") ?? form.fault("active_hours.start")}
      >
        <Input
          disabled={disabled}
          placeholder="08:00"
          value={start}
          onChange={(event) => setStart(event.target.value)}
        />
      </Field>
      <Field label={t("models.until")} error={form.fault("active_hours.end")}>
        <Input disabled={disabled} placeholder="22:00" value={end} onChange={(event) => setEnd(event.target.value)} />
      </Field>
      <datalist id={list}>
        {offered?.models.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
    </div>
  );
}
