import type { AuditEntry, LiveEvent } from "@/api/types";
import { type MessageKey, t } from "@/i18n/admin";

type Kind = LiveEvent["kind"];

/** Changes to choose from; streams are told of them as well. */
const CHANGES = [
  "agent.created",
  "agent.updated",
  "agent.deleted",
  "api_token.created",
  "api_token.deleted",
  "approval.created",
  "approval.updated",
  "approval.deleted",
  "board.created",
  "board.updated",
  "board.deleted",
  "board_view.updated",
  "board_group.created",
  "board_group.updated",
  "board_group.deleted",
  "budget.created",
  "budget.updated",
  "budget.deleted",
  "custom_field.created",
  "custom_field.updated",
  "custom_field.deleted",
  "exec_policy.created",
  "exec_policy.decided",
  "exec_policy.withdrawn",
  "gateway.created",
  "gateway.updated",
  "gateway.deleted",
  "invite.created",
  "invite.updated",
  "invite.deleted",
  "member.created",
  "member.updated",
  "member.deleted",
  "memory.created",
  "group_memory.created",
  "skill.created",
  "skill.updated",
  "skill.deleted",
  "skill_pack.created",
  "skill_pack.updated",
  "skill_pack.synced",
  "skill_pack.deleted",
  "tag.created",
  "tag.updated",
  "tag.deleted",
  "task.created",
  "task.updated",
  "task.status_changed",
  "task.commented",
  "task.deleted",
  "web_session.ended",
  "webhook.created",
  "webhook.updated",
  "webhook.deleted",
] as const satisfies readonly Kind[];

/** What it has of acts that change nothing others see. */
const OTHERS = {
  "session.signed_in": "auditDone.signedIn",
  "session.ended_by_provider": "auditDone.endedByProvider",
  "session.refused": "auditDone.signInRefused",
  "request.refused": "auditDone.refused",
  "user.updated": "auditDone.profile",
  "user.switched": "auditDone.switched",
  "job.ordered": "auditDone.ordered",
  "audit.trimmed": "auditDone.trimmed",
  "web_session.ended": "auditDone.signedOut",
  "account.created": "auditDone.accountMade",
  "account.password_changed": "auditDone.passwordChanged",
  "account.second_factor_on": "auditDone.secondFactorOn",
  "account.second_factor_off": "auditDone.secondFactorOff",
  "account.identity_linked": "auditDone.identityLinked",
  "account.passkey_added": "auditDone.passkeyAdded",
  "account.passkey_renamed": "auditDone.passkeyRenamed",
  "account.passkey_removed": "auditDone.passkeyRemoved",
  "account.reset_offered": "auditDone.resetOffered",
} as const satisfies Record<string, MessageKey>;

/** Every kind of thing that an event is about, and those that only the record knows. */
const THINGS: Record<Kind extends `${infer Thing}.${string}` ? Thing | "user" : never, MessageKey> = {
  agent: "auditThing.agent",
  api_token: "auditThing.api_token",
  approval: "auditThing.approval",
  board: "auditThing.board",
  board_group: "auditThing.board_group",
  board_view: "auditThing.board_view",
  budget: "auditThing.budget",
  custom_field: "auditThing.custom_field",
  exec_policy: "auditThing.exec_policy",
  gateway: "auditThing.gateway",
  group_memory: "auditThing.group_memory",
  inbox_mark: "auditThing.inbox_mark",
  invite: "auditThing.invite",
  job: "auditThing.job",
  member: "auditThing.member",
  memory: "auditThing.memory",
  message: "auditThing.message",
  organization: "auditThing.organization",
  run: "auditThing.run",
  skill: "auditThing.skill",
  skill_pack: "auditThing.skill_pack",
  tag: "auditThing.tag",
  task: "auditThing.task",
  user: "auditThing.user",
  web_session: "auditThing.web_session",
  webhook: "auditThing.webhook",
};
/** Everything that an event says of it. */
const VERBS: Record<Kind extends `${string}.${infer Verb}` ? Verb : never, MessageKey> = {
  commented: "auditVerb.commented",
  connection: "auditVerb.connection",
  created: "auditVerb.created",
  decided: "auditVerb.decided",
  deleted: "auditVerb.deleted",
  ended: "auditVerb.ended",
  installed: "auditVerb.installed",
  status_changed: "auditVerb.status_changed",
  synced: "auditVerb.synced",
  uninstalled: "auditVerb.uninstalled",
  updated: "auditVerb.updated",
  withdrawn: "auditVerb.withdrawn",
};

/** What kind of thing it is, in words. A newer server may have kinds that we do not know. */
export function thingName(kind: string): string {
  return kind in THINGS ? t(THINGS[kind as keyof typeof THINGS]) : kind;
}

/** What was done, in words. */
export function actionName(action: string): string {
  if (action in OTHERS) return t(OTHERS[action as keyof typeof OTHERS]);
  const [thing = "", verb = ""] = action.split(".");
  return verb in VERBS ? t(VERBS[verb as keyof typeof VERBS], { thing: thingName(thing) }) : action;
}

/** Actions to choose from, by their words. */
export function actionOptions() {
  const all = [...CHANGES.filter((action) => !(action in OTHERS)), ...Object.keys(OTHERS)];
  return all
    .map((action) => ({ id: action, label: actionName(action) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

export function thingOptions() {
  return Object.keys(THINGS)
    .map((kind) => ({ id: kind, label: thingName(kind) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

/** Who did it, where nobody has a name. */
export function actorName({ actor, actor_name }: AuditEntry): string {
  if (actor_name) return actor_name;
  if (actor === "job") return t("auditActor.job");
  return t(actor === "system" ? "auditActor.system" : "common.person");
}
