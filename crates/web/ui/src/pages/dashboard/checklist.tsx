import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, Circle, X } from "lucide-react";
import { useState } from "react";
import * as queries from "@/api/queries";
import { useAccess } from "@/app/access";
import { type MessageKey, t } from "@/i18n/home";
import { buttonClass, IconButton } from "@/ui/button";
import { Card } from "@/ui/page";

const KEY = "mc.checklist.hidden";

interface Step {
  name: "gateway" | "board" | "agent" | "task";
  done: boolean;
  to: string;
  search?: { connect: true };
}

/**
 * Whether there is a way to go to a first finished task, as what hides it; null when it has been gone or hidden, and nothing
 * before that is known.
 */
export function useWay(): (() => void) | null | undefined {
  const [hidden, setHidden] = useState(() => localStorage.getItem(KEY) === "yes");
  const { isPending } = useQuery(queries.member);
  const { isAdmin } = useAccess();
  const metrics = useQuery(queries.metrics("7d"));
  const hide = () => {
    localStorage.setItem(KEY, "yes");
    setHidden(true);
  };
  if (hidden) return null;
  if (isPending || (isAdmin && metrics.isPending)) return undefined;
  return isAdmin && metrics.data?.kpis.done_tasks === 0 ? hide : null;
}

/** The way to a first finished task. Each step is looked at live. */
export function Checklist({ hide }: { hide(): void }) {
  const { data: gateways } = useQuery(queries.gateways);
  const { data: boards } = useQuery(queries.boards);
  const { data: agents } = useQuery(queries.agents);
  const known = gateways && boards && agents;
  const steps: Step[] = [
    {
      name: "gateway",
      done: gateways?.some(({ connection_state }) => connection_state === "up") ?? false,
      to: "/gateways",
      search: gateways?.length ? undefined : { connect: true },
    },
    { name: "board", done: !!boards?.length, to: "/boards/new" },
    {
      name: "agent",
      done: agents?.some(({ status, is_gateway_main }) => status === "online" && !is_gateway_main) ?? false,
      to: "/agents",
    },
    { name: "task", done: false, to: boards?.[0] ? `/boards/${boards[0].id}` : "/boards" },
  ];
  const next = steps.find(({ done }) => !done);
  const broken = gateways?.find(({ connection_error }) => connection_error);
  return (
    // Until the steps are known, it is a shape of its own size.
    <Card className={known ? "" : "animate-breathe *:invisible"}>
      <header className="flex items-start justify-between gap-3 px-4 pt-3.5">
        <div>
          <h2 className="text-base">{t("checklist.title")}</h2>
          <p className="text-sm text-muted">{t("checklist.text")}</p>
        </div>
        <IconButton label={t("checklist.hide")} icon={<X size={14} />} onClick={hide} />
      </header>
      <ol className="grid gap-1 p-2.5 sm:grid-cols-2 lg:grid-cols-4">
        {steps.map((step) => (
          <li key={step.name} className={`flex flex-col rounded-lg p-3 ${step === next ? "bg-accent-soft" : ""}`}>
            <span className="flex items-center gap-2 text-sm font-medium">
              {step.done ? <Check size={16} className="text-ok" /> : <Circle size={16} className="text-muted" />}
              {t(`checklist.${step.name}` as MessageKey)}
              {step.done && <span className="sr-only">{t("checklist.isDone")}</span>}
            </span>
            <span className={`mt-1 text-sm ${step === next ? "text-fg" : "text-muted"}`}>
              {step.name === "gateway" && !step.done && broken
                ? broken.connection_error
                : t(`checklist.${step.name}Text` as MessageKey)}
            </span>
            {step === next && (
              <Link
                to={step.to}
                search={step.search}
                className={buttonClass({ look: "primary", size: "sm" }, "mt-2.5 self-start")}
              >
                {t(`checklist.${step.name}Action` as MessageKey)}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
