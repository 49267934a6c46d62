import type { components } from "./schema";

type Schemas = components["schemas"];

export type Passkey = Schemas["PasskeyRead"];
export type User = Schemas["UserRead"];
export type Member = Schemas["OrganizationMemberRead"];
export type Organization = Schemas["OrganizationListItem"];
export type Invite = Schemas["OrganizationInviteRead"];
export type Board = Schemas["BoardRead"];
export type BoardView = Schemas["BoardViewRead"];
export type BoardUpdate = Schemas["BoardUpdate"];
export type BoardGroup = Schemas["BoardGroupRead"];
export type BoardSnapshot = Schemas["BoardSnapshot"];
export type Task = Schemas["TaskCardRead"];
/** A task wherever it is. */
export type MyTask = Schemas["TaskRead"];
export type TaskUpdate = Schemas["TaskUpdate"];
export type Comment = Schemas["TaskCommentRead"];
export type Approval = Schemas["ApprovalRead"];
export type Agent = Schemas["AgentRead"];
export type AgentUpdate = Schemas["AgentUpdate"];
export type Gateway = Schemas["GatewayRead"];
export type Memory = Schemas["BoardMemoryRead"];
export type GroupMemory = Schemas["BoardGroupMemoryRead"];
export type Tag = Schemas["TagRead"];
export type TagRef = Schemas["TagRef"];
export type CustomField = Schemas["TaskCustomFieldDefinitionRead"];
/** What happened; where its page is, this UI knows by itself. */
export type Activity = Omit<Schemas["ActivityEventRead"], "route_name" | "route_params" | "task_title"> & {
  /** The stream does not say it of every kind. */
  task_title?: string | null;
};
export type CommentItem = Schemas["ActivityTaskCommentFeedItemRead"];
export type Webhook = Schemas["BoardWebhookRead"];
export type WebhookPayload = Schemas["BoardWebhookPayloadRead"];
/** An entry of the event log. */
export type LiveEvent = Schemas["Event"];
export type Metrics = Schemas["DashboardMetrics"];
export type Onboarding = Schemas["BoardOnboardingRead"];

export type ApiToken = Schemas["ApiTokenRead"];
export type ApiTokenCreated = Schemas["ApiTokenCreated"];
export type AuditEntry = Schemas["AuditEntryRead"];
export type UsageReport = Schemas["UsageReport"];
export type UsageGroup = Schemas["UsageGroup"];
export type UsageTotals = Schemas["UsageTotals"];
export type ReconcileReport = Schemas["ReconcileReport"];
export type ExecApproval = Schemas["ExecApprovalRead"];
export type ExecPolicy = Schemas["ExecPolicyRead"];
export type ExecPolicyTrial = Schemas["ExecPolicyTrial"];

export type Job = Schemas["JobSummary"];
export type JobDetail = Schemas["JobRead"];
export type Run = Schemas["RunRead"];
export type RunDetail = Schemas["RunDetail"];
export type Breaker = Schemas["BoardBreakerRead"];
export type StaleRule = Schemas["BoardStaleRuleRead"];
export type ModelChoice = Schemas["ModelChoiceRead"];
export type ModelChoiceUpdate = Schemas["ModelChoiceUpdate"];
export type AgentModels = Schemas["AgentModelsRead"];
export type Budget = Schemas["BudgetRead"];
export type Stopped = Schemas["StopRead"];
export type Queue = Schemas["QueueRead"];
export type Finding = Schemas["DoctorFinding"];
export type AgentMessage = Schemas["MessageRead"];
export type AgentFile = Schemas["AgentFileRead"];
export type SyncResult = Schemas["TemplatesSyncResult"];
export type AgentPlan = Schemas["AgentPlan"];
export type FilePlan = Schemas["FilePlan"];

export const AGENT_STATES = [
  "provisioning",
  "waking",
  "online",
  "ready",
  "updating",
  "offline",
  "failed",
  "deleting",
  "paused",
] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export const JOB_STATES = ["queued", "running", "succeeded", "dead", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];

export const LANES = ["interactive", "bulk"] as const;
export type Lane = (typeof LANES)[number];

export const MESSAGE_STATES = ["queued", "sent", "seen", "failed"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const STATUSES = ["inbox", "in_progress", "review", "done"] as const;
export type TaskStatus = (typeof STATUSES)[number];

export const PRIORITIES = ["urgent", "high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A list as the API answers it. */
export interface Page<T> {
  items: T[];
  total: number;
}
