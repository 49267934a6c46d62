import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatches, useNavigate, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon, Search } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { doctor } from "@/api/doctor";
import { t } from "@/i18n";
import { IconButton } from "@/ui/button";
import { lazily } from "@/ui/lazily";
import { runLastAction } from "@/ui/toast";
import { NoAccess, useAccess } from "../access";
import { useRecent } from "../recent";
import { useShortcuts } from "../shortcuts";
import { ConnectionBanner } from "./connection-banner";
import { Sidebar } from "./sidebar";

const HealthLine = lazily(() => import("./health-line"));
const Drawer = lazily(() => import("./drawer"));
const Palette = lazily(() => import("./palette"));
const ShortcutHelp = lazily(() => import("./shortcut-help"));

const PRELOAD_MS = 3000;

type Overlay = "palette" | "help" | "navigation";

/** What is around every page: navigation, palette, keys. */
export function Shell() {
  const [overlay, setOverlay] = useState<Overlay>();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const close = () => setOverlay(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address closes what lies over the page.
  useEffect(() => void close(), [path]);
  useEffect(() => {
    // It opens without delay once the page has settled.
    const timer = window.setTimeout(() => void import("./palette"), PRELOAD_MS);
    return () => window.clearTimeout(timer);
  }, []);

  useRecent(path);
  /** Goes there by keys: the next key is meant for the page, not for a link that was left behind. */
  const go = (to: string) => {
    void navigate({ to });
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  const group = t("keys.everywhere");
  const goes = t("keys.go");
  useShortcuts([
    { keys: "mod+k", label: t("keys.palette"), group, run: () => setOverlay("palette") },
    { keys: "/", label: t("keys.search"), group, run: () => setOverlay("palette") },
    { keys: "?", label: t("keys.help"), group, run: () => setOverlay("help") },
    { keys: "z", label: t("keys.undo"), group, run: runLastAction },
    { keys: "g i", label: t("nav.inbox"), group: goes, run: () => go("/inbox") },
    { keys: "g d", label: t("nav.dashboard"), group: goes, run: () => go("/dashboard") },
    { keys: "g b", label: t("nav.boards"), group: goes, run: () => go("/boards") },
    { keys: "g a", label: t("nav.agents"), group: goes, run: () => go("/agents") },
    { keys: "g g", label: t("nav.gateways"), group: goes, run: () => go("/gateways") },
    { keys: "g j", label: t("nav.jobs"), group: goes, run: () => go("/jobs") },
    { keys: "g f", label: t("nav.activity"), group: goes, run: () => go("/activity") },
    { keys: "g u", label: t("nav.usage"), group: goes, run: () => go("/usage") },
    { keys: "g s", label: t("nav.settings"), group: goes, run: () => go("/settings") },
  ]);

  return (
    <div className="flex h-full">
      {/* biome-ignore lint/a11y/useValidAnchor: this is the link that skips the navigation; only the address stays as it is. */}
      <a
        href="#main"
        className="absolute left-2 top-2 z-80 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-fg focus:translate-y-0"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {t("nav.skip")}
      </a>
      <aside className="w-59 shrink-0 border-r border-line bg-bg max-md:hidden">
        <Sidebar search={() => setOverlay("palette")} help={() => setOverlay("help")} />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-12 shrink-0 items-center justify-between border-b border-line bg-bg px-2 md:hidden">
          <IconButton label={t("nav.open")} icon={<MenuIcon size={18} />} onClick={() => setOverlay("navigation")} />
          <span className="font-semibold">Mission Control</span>
          <IconButton label={t("keys.palette")} icon={<Search size={18} />} onClick={() => setOverlay("palette")} />
        </div>
        <main id="main" tabIndex={-1} className="relative min-h-0 flex-1 overflow-auto bg-surface focus:outline-none">
          <Suspense>
            <Content />
          </Suspense>
        </main>
        {/* What comes late is below the page, which it does not push away. */}
        <Health />
        <ConnectionBanner />
      </div>
      <Suspense>
        {overlay === "navigation" && (
          <Drawer close={close} search={() => setOverlay("palette")} help={() => setOverlay("help")} />
        )}
        {overlay === "palette" && <Palette close={close} help={() => setOverlay("help")} />}
        {overlay === "help" && <ShortcutHelp close={close} />}
      </Suspense>
    </div>
  );
}

/** One line below every page while something does not work. */
function Health() {
  const { isAdmin } = useAccess();
  const { data } = useQuery({ ...doctor, enabled: isAdmin });
  return isAdmin && data?.errors ? (
    <Suspense>
      <HealthLine errors={data.errors} />
    </Suspense>
  ) : null;
}

/** The page, for those who may see it. */
function Content() {
  const forAdmins = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.admins) });
  const { isAdmin, role } = useAccess();
  if (!forAdmins || isAdmin) return <Outlet />;
  return role && <NoAccess />;
}
