import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Server } from "lucide-react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import { t } from "@/i18n/more";
import { Button, buttonClass } from "@/ui/button";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { slugOf } from "./slug";

export default function NewBoard() {
  const gateways = useQuery(queries.gateways);
  return (
    <Page title={t("boards.new")} narrow>
      <Loaded query={gateways}>
        {(list) =>
          list[0] ? (
            <BoardForm gateway={list[0].id} gateways={list} />
          ) : (
            <Empty
              icon={<Server size={20} />}
              title={t("boards.noGatewayTitle")}
              action={
                <Link to="/gateways" className={buttonClass({ look: "primary" })}>
                  {t("gateway.connect")}
                </Link>
              }
            >
              {t("boards.noGatewayText")}
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

function BoardForm({ gateway, gateways }: { gateway: string; gateways: { id: string; name: string }[] }) {
  const { data: groups = [] } = useQuery(queries.boardGroups);
  const navigate = useNavigate();
  const edits = useEdits("board.new", { name: "", description: "", gateway, group: "", talk: true });
  const [name, setName] = edits.bind("name");
  const [description, setDescription] = edits.bind("description");
  const [gatewayId, setGatewayId] = edits.bind("gateway");
  const [groupId, setGroupId] = edits.bind("group");
  const [talk, setTalk] = edits.bind("talk");
  const form = useForm(async () => {
    const board = await answer(
      api.POST("/api/v1/boards", {
        body: {
          name: name.trim(),
          slug: slugOf(name),
          description: description.trim(),
          gateway_id: gatewayId,
          board_group_id: groupId || null,
        },
      }),
    );
    edits.forget();
    reread(["boards"]);
    await navigate({ to: talk ? "/boards/$boardId/onboarding" : "/boards/$boardId", params: { boardId: board.id } });
  });
  return (
    <form onSubmit={form.submit} className="flex max-w-xl flex-col gap-4">
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field
        label={t("common.description")}
        hint={t("boards.descriptionHint")}
        error={form.fault("description")}
        required
      >
        <Textarea rows={3} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("boards.gateway")} hint={t("boards.gatewayHint")} required>
          <Select value={gatewayId} onChange={(event) => setGatewayId(event.target.value)}>
            {gateways.map(({ id, name: label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("boards.group")} hint={t("boards.groupHint")}>
          <Select value={groupId} onChange={(event) => setGroupId(event.target.value)}>
            <option value="">{t("boards.noGroup")}</option>
            {groups.map(({ id, name: label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t("boards.start")}</legend>
        {[true, false].map((choice) => (
          <label
            key={String(choice)}
            className="flex items-start gap-2.5 rounded-lg border border-line p-3 text-sm has-checked:border-focus has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="start"
              className="mt-1 accent-(--accent)"
              checked={talk === choice}
              onChange={() => setTalk(choice)}
            />
            <span>
              <span className="block font-medium">{t(choice ? "boards.talk" : "boards.empty")}</span>
              <span className="text-muted">{t(choice ? "boards.talkText" : "boards.emptyStart")}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <FormError error={form.error} />
      <div className="flex gap-2">
        <Button look="primary" type="submit" disabled={form.busy || !name.trim() || !description.trim()}>
          {form.busy ? t("common.busy") : t("boards.create")}
        </Button>
        <Link to="/boards" className={buttonClass()} onClick={() => edits.forget()}>
          {t("common.cancel")}
        </Link>
      </div>
    </form>
  );
}
