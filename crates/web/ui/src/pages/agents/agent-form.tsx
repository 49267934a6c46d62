import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { t } from "@/i18n";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { PickField } from "@/ui/picker";
import { boardOptions } from "../boards/options";
import { duration, EMOJI, everyOf, profileOf } from "./profile";

/** A new agent, or the settings of one that is there. */
export function AgentForm({ agent, close }: { agent?: Agent; close(): void }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const navigate = useNavigate();
  const known = agent ? profileOf(agent) : {};
  const [name, setName] = useState(agent?.name ?? "");
  const [boardId, setBoardId] = useState(agent?.board_id ?? boards[0]?.id ?? "");
  const [role, setRole] = useState(known.role ?? "");
  const [style, setStyle] = useState(known.communication_style ?? "");
  const [emoji, setEmoji] = useState(known.emoji ?? ":robot:");
  const [every, setEvery] = useState(agent ? everyOf(agent) : "10m");
  const [soul, setSoul] = useState(agent?.soul_template ?? "");
  const form = useForm(async () => {
    const body = {
      name: name.trim(),
      board_id: boardId || null,
      heartbeat_config: { ...((agent?.heartbeat_config as object | null) ?? {}), every: every.trim() },
      identity_profile: {
        ...((agent?.identity_profile as object | null) ?? {}),
        role: role.trim() || t("agent.worker"),
        emoji,
        communication_style: style.trim() || null,
      },
      soul_template: soul.trim() || null,
    };
    const saved = agent
      ? await answer(api.PATCH("/api/v1/agents/{agent_id}", { params: { path: { agent_id: agent.id } }, body }))
      : await answer(api.POST("/api/v1/agents", { body }));
    reread(["agents"]);
    reread(["agent", saved.id]);
    close();
    if (!agent) await navigate({ to: "/agents/$agentId", params: { agentId: saved.id } });
  });
  const everyFault = every.trim() !== "0m" && duration(every) === undefined ? t("agent.everyInvalid") : undefined;
  return (
    <FormDialog
      wide
      title={t(agent ? "agent.edit" : "agent.new")}
      description={t("agent.formText")}
      form={form}
      close={close}
      action={t(agent ? "common.save" : "agent.create")}
      ready={Boolean(name.trim()) && !everyFault && (Boolean(boardId) || Boolean(agent))}
    >
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field label={t("common.name")} error={form.fault("name")} required>
          <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {!agent?.is_gateway_main && (
          <Field label={t("agent.board")} error={form.fault("board_id")} required>
            <PickField label={t("agent.board")} value={boardId} choose={setBoardId} options={boardOptions(boards)} />
          </Field>
        )}
        <Field label={t("agent.role")} hint={t("agent.roleHint")}>
          <Input value={role} onChange={(event) => setRole(event.target.value)} />
        </Field>
        <Field label={t("agent.emoji")}>
          <Select value={emoji} onChange={(event) => setEmoji(event.target.value)}>
            {Object.entries(EMOJI).map(([word, character]) => (
              <option key={word} value={word}>
                {character} {word.replaceAll(":", "")}
              </option>
            ))}
            {!(emoji in EMOJI) && <option value={emoji}>{emoji}</option>}
          </Select>
        </Field>
        <Field
          label={t("agent.every")}
          hint={t("agent.everyHint")}
          error={everyFault ?? form.fault("heartbeat_config")}
        >
          <Input value={every} onChange={(event) => setEvery(event.target.value)} />
        </Field>
        <Field label={t("agent.style")} hint={t("agent.styleHint")}>
          <Input value={style} onChange={(event) => setStyle(event.target.value)} />
        </Field>
      </div>
      <Field label={t("agent.soul")} hint={t("agent.soulHint")} error={form.fault("soul_template")}>
        <Textarea rows={5} value={soul} onChange={(event) => setSoul(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
