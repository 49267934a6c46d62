import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { ApiTokenCreated, Member } from "@/api/types";
import { t } from "@/i18n/admin";
import { useEdits } from "@/ui/edits";
import { controlClass, Field, Input, Select } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Picker } from "@/ui/picker";
import { exactTime, useNow, useTimezone } from "@/ui/time";
import { boardOptions } from "../boards/options";
import { memberName } from "../organization/member-name";
import { MadeToken } from "./made-token";

const SCOPES = ["read", "write", "admin"] as const;
type Scope = (typeof SCOPES)[number];
/** Days after which a token ends by itself. */
const TERMS = ["7", "30", "90", "365"] as const;
const DAY_MS = 86_400_000;

interface Props {
  /** The service account that it is for; the person when there is none. */
  account?: Member;
  close(): void;
}

/** Makes a token, and shows it once. */
export function TokenForm({ account, close }: Props) {
  const { data: boards = [] } = useQuery(queries.boards);
  const edits = useEdits(`token.${account?.id ?? "own"}`, {
    name: "",
    scope: "read" as Scope,
    boards: [] as string[],
    term: "90",
  });
  const [name, setName] = edits.bind("name");
  const [scope, setScope] = edits.bind("scope");
  const [chosen, setChosen] = edits.bind("boards");
  const [term, setTerm] = edits.bind("term");
  const [made, setMade] = useState<ApiTokenCreated>();
  const now = useNow();
  const timeZone = useTimezone();
  const narrow = chosen.length > 0;
  const names = boards.filter(({ id }) => chosen.includes(id)).map((board) => board.name);
  const opened = narrow ? names.join(", ") : t("nav.allBoards");
  const end = term ? new Date(now + Number(term) * DAY_MS) : undefined;
  const form = useForm(async () => {
    const token = await answer(
      api.POST("/api/v1/tokens", {
        body: {
          name: name.trim(),
          scope,
          board_ids: narrow && scope !== "admin" ? chosen : null,
          expires_at: term ? new Date(Date.now() + Number(term) * DAY_MS).toISOString() : null,
          member_id: account?.id ?? null,
        },
      }),
    );
    reread(["api_tokens"]);
    edits.forget();
    setMade(token);
  });
  if (made) return <MadeToken made={made} close={close} />;
  return (
    <FormDialog
      title={account ? t("tokens.newFor", { name: memberName(account) }) : t("tokens.new")}
      description={t(account ? "tokens.newForText" : "tokens.newText")}
      form={form}
      edits={edits}
      close={close}
      action={t("tokens.make")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("common.name")} hint={t("tokens.nameHint")} error={form.fault("name")} required>
        <Input autoFocus autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("tokens.scope")} hint={t(`tokenScopeText.${scope}`)} error={form.fault("scope")}>
        <Select value={scope} onChange={(event) => setScope(event.target.value as Scope)}>
          {SCOPES.map((value) => (
            <option key={value} value={value} disabled={value === "admin" && narrow}>
              {t(`tokenScope.${value}`)}
            </option>
          ))}
        </Select>
      </Field>
      {scope !== "admin" && (
        <div className="flex flex-col gap-1">
          <span className="text-sm font-medium">{t("nav.boards")}</span>
          <Picker
            label={t("tokens.boards")}
            options={boardOptions(boards)}
            chosen={chosen}
            onChange={setChosen}
            trigger={
              <button
                type="button"
                aria-label={`${t("tokens.boards")}: ${opened}`}
                className={`${controlClass()} flex items-center text-left`}
              >
                <span className="truncate">{opened}</span>
              </button>
            }
          />
          <p className="text-xs text-muted">
            {t(narrow ? "tokens.narrowHint" : "tokens.boardsHint")}{" "}
            {narrow && (
              <button
                type="button"
                onClick={() => setChosen([])}
                className="min-h-6 rounded text-accent-text hover:underline"
              >
                {t("tokens.everyBoard")}
              </button>
            )}
          </p>
        </div>
      )}
      <Field
        label={t("tokens.ends")}
        hint={end ? exactTime(end, timeZone) : t("tokens.noEndHint")}
        error={form.fault("expires_at")}
      >
        <Select value={term} onChange={(event) => setTerm(event.target.value)}>
          {TERMS.map((days) => (
            <option key={days} value={days}>
              {t("tokens.inDays", { count: days })}
            </option>
          ))}
          <option value="">{t("tokens.noEnd")}</option>
        </Select>
      </Field>
    </FormDialog>
  );
}
