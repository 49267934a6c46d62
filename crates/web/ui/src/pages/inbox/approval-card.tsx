import { Check, X } from "lucide-react";
import { useRef, useState } from "react";
import type { Agent, Approval } from "@/api/types";
import { useCalled } from "@/app/people";
import { t } from "@/i18n/home";
import { Badge, type Tone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Markdown } from "@/ui/markdown";
import { Time } from "@/ui/time";
import { AgentAvatar } from "../agents/agent-avatar";
import { commandOf } from "../commands/of-approval";
import { actionName, nameOf, reasonOf } from "./approval-words";
import { isOfRule } from "./asked";
import { type Decision, decide } from "./decide";
import { ReasonForm } from "./reason-form";
import { Levels, Request } from "./request";
import { SETTLE_MS } from "./steady";

interface Props {
  approval: Approval;
  agents: Agent[];
  canDecide: boolean;
  compact?: boolean;
  /** Whether what is shown has just moved, so that a click may have been meant for something else. */
  settling?(): boolean;
}

/** One approval: what is asked, why, how sure the agent is, and the decision. */
export function ApprovalCard({ approval, agents, canDecide, compact, settling }: Props) {
  const [reasoning, setReasoning] = useState<Decision>();
  const acted = useRef(Number.NEGATIVE_INFINITY);
  /** Once for two clicks: the second one was not meant for what stands there by then. */
  const act = (run: () => void) => {
    if (settling?.() || performance.now() - acted.current < SETTLE_MS) return;
    acted.current = performance.now();
    run();
  };
  const asker = agents.find(({ id }) => id === approval.agent_id);
  const pending = approval.status === "pending";
  return (
    <article className={compact ? "rounded-lg border border-line p-3" : ""}>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={statusTone(approval.status)}>{t(`approval.${approval.status as "pending"}`)}</Badge>
        <Levels approval={approval} />
        <span className="font-medium">{actionName(approval.action_type)}</span>
        {!commandOf(approval) && !isOfRule(approval) && <Confidence value={approval.confidence} />}
        <span className="ml-auto flex items-center gap-1.5 text-xs text-muted">
          {asker && (
            <>
              <AgentAvatar agent={asker} size={16} />
              {asker.name} ·
            </>
          )}
          <Time at={approval.created_at} />
        </span>
      </div>
      <Request approval={approval} />
      {reasonOf(approval) && (
        <div className="mt-2 text-sm">
          <Markdown text={reasonOf(approval)} />
        </div>
      )}
      {!pending && <Decided approval={approval} />}
      {pending && canDecide && !reasoning && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button look="primary" size="sm" onClick={() => act(() => void decide([approval], "approved"))}>
            <Check size={14} />
            {t("inbox.approve")}
          </Button>
          <Button size="sm" onClick={() => act(() => setReasoning("rejected"))}>
            <X size={14} />
            {t("inbox.reject")}
          </Button>
          <Button look="ghost" size="sm" onClick={() => setReasoning("approved")}>
            {t("inbox.approveBecause")}
          </Button>
        </div>
      )}
      {reasoning && (
        <ReasonForm
          decision={reasoning}
          about={nameOf(approval)}
          draft={approval.id}
          cancel={() => setReasoning(undefined)}
          submit={(reason) => {
            setReasoning(undefined);
            return decide([approval], reasoning, reason);
          }}
        />
      )}
    </article>
  );
}

/** Who decided, when, and why. */
function Decided({ approval }: { approval: Approval }) {
  const by = useCalled([])({ user_id: approval.resolved_by_user_id, user_name: approval.resolved_by });
  return (
    <div className="mt-2 border-l-2 border-line pl-3 text-sm">
      <p className="text-xs text-muted">
        {by ? t("approval.decidedBy", { name: by.word }) : t("approval.decided")}
        {approval.resolved_at && (
          <>
            {" · "}
            <Time at={approval.resolved_at} />
          </>
        )}
      </p>
      {approval.decision_reason && <Markdown text={approval.decision_reason} />}
    </div>
  );
}

function statusTone(status: string): Tone {
  return status === "approved" ? "ok" : status === "rejected" ? "bad" : "warn";
}

export function Confidence({ value }: { value: number }) {
  // Some clients say 0.9, others 90.
  const percent = Math.round(value <= 1 ? value * 100 : value);
  const tone = percent >= 90 ? "ok" : percent >= 75 ? "info" : "warn";
  return <Badge tone={tone}>{t("approval.confidence", { percent })}</Badge>;
}
