import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import {
  Activity,
  Blocks,
  Bot,
  Cable,
  CircleDot,
  Coins,
  CornerDownRight,
  FolderTree,
  Gauge,
  HeartPulse,
  Inbox,
  Keyboard,
  KeyRound,
  LayoutGrid,
  ListChecks,
  Moon,
  Package,
  Plus,
  ScrollText,
  Search,
  Server,
  Settings,
  ShieldCheck,
  Sparkles,
  SquareKanban,
  Sun,
  Tags,
  TextCursorInput,
  Users,
  Wallet,
  Zap,
} from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import * as queries from "@/api/queries";
import { type MessageKey, t } from "@/i18n";
import { Kbd } from "@/ui/kbd";
import { useAccess } from "../access";
import { setTheme } from "../preferences";
import { useRecentIds } from "../recent";
import { type Shortcut, useActiveShortcuts } from "../shortcuts";

const PAGES: { to: string; label: MessageKey; icon: ReactNode; keys?: string; admin?: boolean }[] = [
  { to: "/inbox", label: "nav.inbox", icon: <Inbox size={14} />, keys: "g then i" },
  { to: "/dashboard", label: "nav.dashboard", icon: <Gauge size={14} />, keys: "g then d" },
  { to: "/activity", label: "nav.activity", icon: <Activity size={14} />, keys: "g then f" },
  { to: "/boards", label: "nav.boards", icon: <LayoutGrid size={14} />, keys: "g then b" },
  { to: "/groups", label: "nav.groups", icon: <FolderTree size={14} /> },
  { to: "/agents", label: "nav.agents", icon: <Bot size={14} />, keys: "g then a", admin: true },
  { to: "/gateways", label: "nav.gateways", icon: <Server size={14} />, keys: "g then g", admin: true },
  { to: "/budgets", label: "nav.budgets", icon: <Wallet size={14} /> },
  { to: "/exec-policies", label: "nav.execPolicies", icon: <ShieldCheck size={14} />, admin: true },
  { to: "/jobs", label: "nav.jobs", icon: <ListChecks size={14} />, keys: "g then j", admin: true },
  { to: "/skills", label: "nav.skills", icon: <Blocks size={14} />, admin: true },
  { to: "/skills/packs", label: "nav.skillPacks", icon: <Package size={14} />, admin: true },
  { to: "/organization", label: "nav.members", icon: <Users size={14} /> },
  { to: "/tags", label: "nav.tags", icon: <Tags size={14} /> },
  { to: "/custom-fields", label: "nav.customFields", icon: <TextCursorInput size={14} />, admin: true },
  { to: "/usage", label: "nav.usage", icon: <Coins size={14} />, keys: "g then u" },
  { to: "/tokens", label: "nav.tokens", icon: <KeyRound size={14} /> },
  { to: "/connect", label: "nav.connect", icon: <Cable size={14} /> },
  { to: "/souls", label: "nav.souls", icon: <Sparkles size={14} />, admin: true },
  { to: "/audit", label: "nav.audit", icon: <ScrollText size={14} />, admin: true },
  { to: "/settings", label: "nav.settings", icon: <Settings size={14} />, keys: "g then s" },
  { to: "/settings/health", label: "health.title", icon: <HeartPulse size={14} />, admin: true },
];

/** The window is gone by then. */
const FOCUS_MS = 60;
/** Keys that are of no use without their place: those of the palette itself, of going, and of walking. */
const NO_ACTIONS = /^(mod\+k|\/|\?|g .|Escape|Arrow\w+|j|k|m|s|x)$/;

/** What the key of a task looks like. */
const KEY = /^[a-z0-9]+-\d+$/i;

/** Everything can be reached and done from here, without the mouse. */
export default function Palette({ close, help }: { close(): void; help(): void }) {
  const navigate = useNavigate();
  const { isAdmin } = useAccess();
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: isAdmin });
  const { data: gateways = [] } = useQuery({ ...queries.gateways, enabled: isAdmin });
  const [typed, setTyped] = useState("");
  // What had the focus has it again afterwards: the field of the window takes it too soon to be noticed otherwise.
  const [before] = useState(() => document.activeElement);
  const giveBack = () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    else document.getElementById("main")?.focus({ preventScroll: true });
  };
  // Asked for when the person pauses, not at every letter.
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(typed.trim()), 120);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const { data: found = [], isPlaceholderData } = useQuery({
    ...queries.search(asked),
    placeholderData: keepPreviousData,
  });
  const key = KEY.test(typed.trim()) ? typed.trim().toUpperCase() : undefined;
  // Enter after a key leads to that task alone: what was found before would be another.
  const tasks = key && (isPlaceholderData || asked !== typed.trim()) ? [] : found;
  const go = (to: string, params?: Record<string, string>, search?: Record<string, string>) => {
    close();
    void navigate({ to, params, search });
  };
  // What was looked at last, before anything is typed.
  const known = [
    ...boards.map(({ id, name }) => ({
      id,
      name,
      icon: <SquareKanban size={14} />,
      open: () => go("/boards/$boardId", { boardId: id }),
    })),
    ...agents.map(({ id, name }) => ({
      id,
      name,
      icon: <Bot size={14} />,
      open: () => go("/agents/$agentId", { agentId: id }),
    })),
    ...gateways.map(({ id, name }) => ({
      id,
      name,
      icon: <Server size={14} />,
      open: () => go("/gateways/$gatewayId", { gatewayId: id }),
    })),
  ];
  const recentIds = useRecentIds();
  const recent = typed ? [] : recentIds.flatMap((id) => known.find((thing) => thing.id === id) ?? []).slice(0, 5);
  const here = useActiveShortcuts().filter(({ keys }) => !NO_ACTIONS.test(keys));
  /** Does what the keys would do, once what had the focus before has it again. */
  const run = (shortcut: Shortcut) => {
    close();
    window.setTimeout(() => {
      giveBack();
      shortcut.run(new KeyboardEvent("keydown"));
    }, FOCUS_MS);
  };
  const paint = (theme: "dark" | "light") => {
    setTheme(theme);
    close();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack();
          }}
          className="fixed left-1/2 top-[14vh] z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-rise overflow-hidden rounded-xl border border-line bg-raised shadow-3 max-sm:top-4"
        >
          <Dialog.Title className="sr-only">{t("keys.palette")}</Dialog.Title>
          <Command label={t("keys.palette")} loop filter={closeness}>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={16} className="text-muted" />
              <Command.Input
                autoFocus
                value={typed}
                onValueChange={setTyped}
                placeholder={t("palette.placeholder")}
                className="h-12 w-full bg-transparent text-base focus-visible:outline-none"
              />
            </div>
            <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
                {t("common.nothingFound")}
              </Command.Empty>
              {key && !tasks.some((task) => task.key === key) && (
                <Entry value={key} icon={<CornerDownRight size={14} />} onSelect={() => go("/t/$key", { key })}>
                  {t("palette.goTo", { key })}
                </Entry>
              )}
              {!key && recent.length > 0 && (
                <Group heading={t("palette.recent")}>
                  {recent.map(({ id, name, icon, open }) => (
                    <Entry key={id} value={`${name} recent ${id}`} icon={icon} onSelect={open}>
                      {name}
                    </Entry>
                  ))}
                </Group>
              )}
              {tasks.length > 0 && (
                <Group heading={t("palette.tasks")}>
                  {tasks.map(({ id, key: name, title, board_id, board_name }) => (
                    <Entry
                      key={id}
                      // The server found it by the words that were typed, so it is shown whatever they are.
                      value={`${name} ${title} ${asked} ${id}`}
                      icon={<CircleDot size={14} />}
                      note={board_name}
                      onSelect={() => board_id && go("/boards/$boardId", { boardId: board_id }, { taskId: id })}
                    >
                      <span className="mr-2 text-xs text-muted tabular-nums">{name}</span>
                      {title}
                    </Entry>
                  ))}
                </Group>
              )}
              {!key && here.length > 0 && (
                <Group heading={t("palette.here")}>
                  {here.map((shortcut) => (
                    <Entry
                      key={shortcut.keys + shortcut.label}
                      value={`${shortcut.label} ${shortcut.group}`}
                      icon={<Zap size={14} />}
                      keys={shortcut.keys}
                      onSelect={() => run(shortcut)}
                    >
                      {shortcut.label}
                    </Entry>
                  ))}
                </Group>
              )}
              {!key && (
                <>
                  <Group heading={t("palette.pages")}>
                    {PAGES.filter(({ admin }) => isAdmin || !admin).map(({ to, label, icon, keys }) => (
                      <Entry key={to} value={`${to} ${t(label)}`} icon={icon} keys={keys} onSelect={() => go(to)}>
                        {t(label)}
                      </Entry>
                    ))}
                  </Group>
                  <Group heading={t("nav.boards")}>
                    {boards.map(({ id, name }) => (
                      <Entry
                        key={id}
                        value={`${name} ${id}`}
                        icon={<SquareKanban size={14} />}
                        onSelect={() => go("/boards/$boardId", { boardId: id })}
                      >
                        {name}
                      </Entry>
                    ))}
                  </Group>
                  <Group heading={t("nav.fleet")}>
                    {agents.map(({ id, name }) => (
                      <Entry
                        key={id}
                        value={`${name} ${id}`}
                        icon={<Bot size={14} />}
                        onSelect={() => go("/agents/$agentId", { agentId: id })}
                      >
                        {name}
                      </Entry>
                    ))}
                    {gateways.map(({ id, name }) => (
                      <Entry
                        key={id}
                        value={`${name} ${id}`}
                        icon={<Server size={14} />}
                        onSelect={() => go("/gateways/$gatewayId", { gatewayId: id })}
                      >
                        {name}
                      </Entry>
                    ))}
                  </Group>
                  <Group heading={t("common.actions")}>
                    {isAdmin && (
                      <Entry value="new board" icon={<Plus size={14} />} onSelect={() => go("/boards/new")}>
                        {t("boards.new")}
                      </Entry>
                    )}
                    <Entry value="dark theme" icon={<Moon size={14} />} onSelect={() => paint("dark")}>
                      {t("palette.dark")}
                    </Entry>
                    <Entry value="light theme" icon={<Sun size={14} />} onSelect={() => paint("light")}>
                      {t("palette.light")}
                    </Entry>
                    <Entry value="keyboard shortcuts" icon={<Keyboard size={14} />} onSelect={help}>
                      {t("keys.title")}
                    </Entry>
                  </Group>
                </>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** How well what was typed fits an entry: the whole name, its beginning, the beginning of a word, a part, all words. */
function closeness(value: string, typed: string): number {
  // Entries of the same name are told apart by their id, which nobody searches for.
  const name = value.replace(/ [0-9a-f-]{36}$/, "").toLowerCase();
  const sought = typed.trim().toLowerCase();
  if (name === sought) return 1;
  if (name.startsWith(sought)) return 0.9;
  if (name.includes(` ${sought}`)) return 0.8;
  if (name.includes(sought)) return 0.6;
  return sought.split(/\s+/).every((word) => name.includes(word)) ? 0.4 : 0;
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

interface EntryProps {
  value: string;
  icon: ReactNode;
  note?: string;
  /** Keys that do the same. */
  keys?: string;
  onSelect(): void;
  children: ReactNode;
}

function Entry({ value, icon, note, keys, onSelect, children }: EntryProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 text-sm data-[selected=true]:bg-hover pointer-coarse:py-3"
    >
      <span className="text-muted">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {note && <span className="max-w-[40%] shrink-0 truncate text-xs text-muted">{note}</span>}
      {keys && <Kbd keys={keys} />}
    </Command.Item>
  );
}
