import { Link, type LinkProps } from "@tanstack/react-router";
import type { AuditEntry } from "@/api/types";

/** Where something of the record is to be seen, while it is there. */
function placeOf({ object_kind, object_id: id, board_id: board }: AuditEntry): LinkProps | undefined {
  if (!id) return undefined;
  switch (object_kind) {
    case "agent":
      return { to: "/agents/$agentId", params: { agentId: id } };
    case "api_token":
      return { to: "/tokens" };
    case "approval":
      return { to: "/inbox", search: { item: id } };
    case "board":
      return { to: "/boards/$boardId", params: { boardId: id } };
    case "board_group":
      return { to: "/groups/$groupId", params: { groupId: id } };
    case "custom_field":
      return { to: "/custom-fields" };
    case "gateway":
      return { to: "/gateways/$gatewayId", params: { gatewayId: id } };
    case "invite":
    case "member":
      return { to: "/organization" };
    case "job":
      return { to: "/jobs", search: { job: id } };
    case "run":
      return { to: "/runs/$runId", params: { runId: id } };
    case "skill":
      return { to: "/skills" };
    case "skill_pack":
      return { to: "/skills/packs" };
    case "tag":
      return { to: "/tags" };
    case "task":
      return board ? { to: "/boards/$boardId/tasks/$taskId", params: { boardId: board, taskId: id } } : undefined;
    case "webhook":
      return board
        ? { to: "/boards/$boardId/webhooks/$webhookId", params: { boardId: board, webhookId: id } }
        : undefined;
  }
  return undefined;
}

/** What it was done to, as a link to it; text alone when it is gone. */
export function Thing({ entry, children }: { entry: AuditEntry; children: string }) {
  const place = entry.action.endsWith(".deleted") ? undefined : placeOf(entry);
  if (!place) return <span className="wrap-anywhere">{children}</span>;
  return (
    <Link {...place} className="rounded text-accent-text wrap-anywhere hover:underline">
      {children}
    </Link>
  );
}
