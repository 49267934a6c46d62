import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { t } from "@/i18n";
import { only, useEdits } from "@/ui/edits";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Meanwhile } from "@/ui/meanwhile";
import { PickField } from "@/ui/picker";
import { boardOptions } from "../boards/options";
import { duration, EMOJI, everyOf, profileOf } from "./profile";
import { saveAgent } from "./save";

/** A new agent, or the settings of one that is there. */
export function AgentForm({ agent: opened, close }: { agent?: Agent; close(): void }) {
  const { data: agents } = useQuery(queries.agents);
  const agent = agents?.find(({ id }) => id === opened?.id) ?? opened;
  const { data: boards = [] } = useQuery(queries.boards);
  const navigate = useNavigate();
  const known = agent ? profileOf(agent) : {};
  const edits = useEdits(`agent.${agent?.id ?? "new"}`, {
    name: agent?.name ?? "",
    board_id: agent?.board_id ?? boards[0]?.id ?? "",
    role: known.role ?? "",
    style: known.communication_style ?? "",
    emoji: known.emoji ?? ":robot:",
    every: agent ? everyOf(agent) : "10m",
    soul_template: agent?.soul_template ?? "",
  });
  const { changed, theirs } = edits;
  const [name, setName] = edits.bind("name");
  const [boardId, setBoardId] = edits.bind("board_id");
  const [role, setRole] = edits.bind("role");
  const [style, setStyle] = edits.bind("style");
  const [emoji, setEmoji] = edits.bind("emoji");
  const [every, setEvery] = edits.bind("every");
  const [soul, setSoul] = edits.bind("soul_template");
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
    const profiled = changed.role ?? changed.style ?? changed.emoji;
    const sent = only(body, {
      ...changed,
      ...(changed.every !== undefined && { heartbeat_config: true }),
      ...(profiled !== undefined && { identity_profile: true }),
    });
    const saved = agent ? await saveAgent(agent, sent) : await answer(api.POST("/api/v1/agents", { body }));
    edits.forget();
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
      edits={edits}
      ready={
        Object.keys(theirs).length === 0 && Boolean(name.trim()) && !everyFault && (Boolean(boardId) || Boolean(agent))
      }
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
      {Object.entries(theirs).map(([field, text]) => (
        <Meanwhile key={field} theirs={text} settle={(choice) => edits.settle(field as keyof typeof theirs, choice)} />
      ))}
    </FormDialog>
  );
}
