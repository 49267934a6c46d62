import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Blocks, ExternalLink, Package, Pencil, Plus, Trash2 } from "lucide-react";
import { Suspense, useDeferredValue, useState } from "react";
import { attempt, remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import { t } from "@/i18n/more";
import { Badge, type Tone } from "@/ui/badge";
import { Button, buttonClass } from "@/ui/button";
import { SearchField, Select } from "@/ui/field";
import { lazily } from "@/ui/lazily";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { catalogue, packs, type Skill } from "./queries";

const SkillForm = lazily(() => import("./skill-form"));
const route = getRouteApi("/skills");
const RISKS = ["safe", "low", "medium", "high", "unknown"];

/** What agents can be taught, and on which gateway it is installed. */
export default function SkillsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: gateways = [] } = useQuery(queries.gateways);
  const { data: allPacks = [] } = useQuery(packs);
  const gateway_id = search.gateway ?? gateways[0]?.id;
  const [pages, setPages] = useState(1);
  const [editing, setEditing] = useState<Skill | "new">();
  const words = useDeferredValue(search.q);
  const query = useQuery({
    ...catalogue({ gateway_id: gateway_id ?? "", search: words, risk: search.risk, pack_id: search.pack }, pages),
    enabled: gateway_id !== undefined,
    placeholderData: keepPreviousData,
  });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  return (
    <Page
      title={t("nav.skills")}
      actions={
        <>
          <Link to="/skills/packs" className={buttonClass()}>
            <Package size={14} />
            {t("nav.skillPacks")}
          </Link>
          <Button onClick={() => setEditing("new")}>
            <Plus size={14} />
            {t("skills.addSkill")}
          </Button>
        </>
      }
    >
      {gateway_id === undefined ? (
        <Empty icon={<Blocks size={20} />} title={t("boards.noGatewayTitle")}>
          {t("skills.noGateway")}
        </Empty>
      ) : (
        <>
          <div className="mb-4 flex flex-wrap gap-2">
            <SearchField
              className="!w-64 max-sm:!w-full"
              label={t("common.searchIn", { list: t("nav.skills") })}
              placeholder={t("common.search")}
              value={search.q ?? ""}
              onChange={(q) => set({ q: q || undefined })}
            />
            <Select
              className="!w-auto"
              aria-label={t("boards.gateway")}
              value={gateway_id}
              onChange={(event) => set({ gateway: event.target.value })}
            >
              {gateways.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Select
              className="!w-auto"
              aria-label={t("skills.pack")}
              value={search.pack ?? ""}
              onChange={(event) => set({ pack: event.target.value || undefined })}
            >
              <option value="">{t("skills.everyPack")}</option>
              {allPacks.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Select
              className="!w-auto"
              aria-label={t("skills.risk")}
              value={search.risk ?? ""}
              onChange={(event) => set({ risk: event.target.value || undefined })}
            >
              <option value="">{t("skills.everyRisk")}</option>
              {RISKS.map((risk) => (
                <option key={risk} value={risk}>
                  {risk}
                </option>
              ))}
            </Select>
          </div>
          <Loaded query={query}>
            {({ items, total }) =>
              items.length === 0 ? (
                <Empty
                  icon={<Blocks size={20} />}
                  title={t("skills.emptyTitle")}
                  action={
                    <Link to="/skills/packs" className={buttonClass({ look: "primary" })}>
                      {t("skills.addPack")}
                    </Link>
                  }
                >
                  {t("skills.emptyText")}
                </Empty>
              ) : (
                <>
                  <ul className="grid gap-3 lg:grid-cols-2">
                    {items.map((skill) => (
                      <li key={skill.id}>
                        <SkillCard skill={skill} gateway_id={gateway_id} edit={() => setEditing(skill)} />
                      </li>
                    ))}
                  </ul>
                  <p role="status" className="mt-4 flex items-center gap-3 text-sm text-muted">
                    {t("skills.shown", { shown: items.length, count: total })}
                    {items.length < total && <Button onClick={() => setPages(pages + 1)}>{t("skills.more")}</Button>}
                  </p>
                </>
              )
            }
          </Loaded>
        </>
      )}
      <Suspense>
        {editing && <SkillForm skill={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />}
      </Suspense>
    </Page>
  );
}

function riskTone(risk: string): Tone {
  return risk === "safe" || risk === "low" ? "ok" : risk === "high" ? "bad" : "warn";
}

interface CardProps {
  skill: Skill;
  gateway_id: string;
  edit(): void;
}

function SkillCard({ skill, gateway_id, edit }: CardProps) {
  const [busy, setBusy] = useState(false);
  const params = { path: { skill_id: skill.id }, query: { gateway_id } };
  const change = async () => {
    setBusy(true);
    await attempt(
      () =>
        skill.installed
          ? answer(api.POST("/api/v1/skills/marketplace/{skill_id}/uninstall", { params }))
          : answer(api.POST("/api/v1/skills/marketplace/{skill_id}/install", { params })),
      t(skill.installed ? "skills.removed" : "skills.installed", { name: skill.name }),
      [["skills"]],
    );
    setBusy(false);
  };
  return (
    <article className="flex h-full items-start gap-3 rounded-xl border border-line p-4">
      <div className="min-w-0 flex-1">
        <h2 className="flex items-center gap-2 text-sm">
          <span className="truncate">{skill.name}</span>
          {skill.risk && <Badge tone={riskTone(skill.risk)}>{skill.risk}</Badge>}
          {skill.installed && <Badge tone="accent">{t("skills.isInstalled")}</Badge>}
        </h2>
        <p className="mt-1 line-clamp-3 text-sm text-muted">{skill.description}</p>
        <a
          href={skill.source_url}
          target="_blank"
          rel="noreferrer noopener"
          className="mt-1 inline-flex max-w-full items-center gap-1 rounded text-xs text-accent-text hover:underline"
        >
          <span className="truncate">{skill.source_url.replace(/^https?:\/\//, "")}</span>
          <ExternalLink size={11} className="shrink-0" />
        </a>
      </div>
      <Button
        size="sm"
        disabled={busy}
        aria-label={t(skill.installed ? "skills.uninstallIt" : "skills.installIt", { name: skill.name })}
        onClick={() => void change()}
      >
        {busy ? t("common.busy") : t(skill.installed ? "skills.uninstall" : "skills.install")}
      </Button>
      <RowMenu label={t("common.actionsFor", { name: skill.name })}>
        <MenuItem icon={<Pencil size={14} />} onSelect={edit}>
          {t("common.edit")}
        </MenuItem>
        <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => void takeOut(skill)}>
          {t("common.delete")}
        </MenuItem>
      </RowMenu>
    </article>
  );
}

function takeOut(skill: Skill) {
  return remove({
    title: t("skills.takeOutTitle", { name: skill.name }),
    text: t("skills.takeOutText"),
    keys: [["skills"]],
    run: () =>
      answer(api.DELETE("/api/v1/skills/marketplace/{skill_id}", { params: { path: { skill_id: skill.id } } })),
  });
}
