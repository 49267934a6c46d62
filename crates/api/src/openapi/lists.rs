//! How long the lists of answers are at most. What makes a list keeps it that long; here it is told.

use std::collections::BTreeMap;

use mission_control_core::limits::{
    ACTIVITY_DAYS, ANSWER, BOARD_AGENTS, BOARD_LATEST, BOARD_PEOPLE, BOARD_TASKS, BOARDS, BUDGET_WINDOWS,
    CONVERSATION_TURNS, DASHBOARD_APPROVALS, DECISIONS, EXEC_EXAMPLES, FINDINGS, GROUP_BOARDS, GROUP_TASKS,
    HISTORY_SEARCHED, HITS, IDS, INBOX_MARKS, MODEL_FALLBACKS, NAMED, OPTIONS, PAGE, PLAIN_ARRAY, POINTS,
    RECOVERY_CODES, RUN_STEPS, RUNS_AT_ONCE, SESSIONS, SHOWN_MODELS, SHOWN_SESSIONS, SOULS, TAGS,
    USAGE_GROUPS, WORKSPACE_FILES,
};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::schema::{Array, ArrayItems};
use utoipa::openapi::{RefOr, Schema};

/// Schema, field, entries. No field: one of the forms that it has is a list.
pub const LISTS: [(&str, &str, usize); 68] = [
    ("ActivityTaskCommentFeedItemRead", "mentioned_user_ids", IDS),
    ("AgentActivityCounts", "days", ACTIVITY_DAYS as usize),
    ("AgentFiles", "files", WORKSPACE_FILES),
    ("AgentPlan", "files", WORKSPACE_FILES),
    ("AgentSessions", "sessions", SHOWN_SESSIONS),
    ("ApiTokenRead", "board_ids", IDS),
    ("ApprovalRead", "decisions", DECISIONS),
    ("ApprovalRead", "task_ids", IDS),
    ("ApprovalRead", "task_titles", IDS),
    ("BoardGroupBoardSnapshot", "tasks", GROUP_TASKS as usize),
    ("BoardGroupHeartbeatApplyResult", "failed_agent_ids", NAMED),
    ("BoardGroupHeartbeatApplyResult", "updated_agent_ids", NAMED),
    ("BoardGroupMemoryRead", "tags", TAGS),
    ("BoardGroupSnapshot", "boards", GROUP_BOARDS as usize),
    ("BoardGroupTaskSummary", "tags", IDS),
    ("BoardMemoryRead", "tags", TAGS),
    ("BoardOnboardingRead", "messages", CONVERSATION_TURNS),
    ("BoardSnapshot", "agents", BOARD_AGENTS),
    ("BoardSnapshot", "approvals", BOARD_LATEST as usize),
    ("BoardSnapshot", "chat_messages", BOARD_LATEST as usize),
    ("BoardSnapshot", "people", BOARD_PEOPLE as usize),
    ("BoardSnapshot", "tasks", BOARD_TASKS),
    ("BoardViewRead", "columns", OPTIONS),
    ("BudgetRead", "held_agent_ids", NAMED),
    ("BudgetWindows", "items", BUDGET_WINDOWS as usize),
    ("Commands", "events", NAMED),
    ("Commands", "methods", NAMED),
    ("DashboardPendingApprovals", "items", DASHBOARD_APPROVALS as usize),
    ("DashboardRangeSeries", "points", POINTS),
    ("DashboardWipRangeSeries", "points", POINTS),
    ("DoctorReport", "findings", FINDINGS),
    ("DoctorReport", "notes", NAMED),
    ("ExecApprovalRead", "allowed_decisions", 3),
    ("ExecTrialGroup", "examples", EXEC_EXAMPLES),
    ("GatewayLeadBroadcastResponse", "results", NAMED),
    ("GatewayModelsRead", "models", SHOWN_MODELS),
    ("GatewaySessionHistoryResponse", "history", HISTORY_SEARCHED as usize),
    ("GatewayStatus", "sessions", SESSIONS as usize),
    ("InboxMarks", "done", INBOX_MARKS as usize),
    ("ModelChoiceRead", "fallbacks", MODEL_FALLBACKS),
    ("ObservedModels", "fallbacks", MODEL_FALLBACKS),
    ("OrganizationMemberRead", "board_access", BOARDS),
    ("QueueRead", "circuits", NAMED),
    ("QueueRead", "lanes", NAMED),
    ("QueueRead", "schedules", NAMED),
    ("QueueRead", "workers", NAMED),
    ("Readiness", "degraded", NAMED),
    ("ReconcileReport", "actions", NAMED),
    ("ReconcileReport", "edited", NAMED),
    ("ReconcileReport", "remarks", NAMED),
    ("RecoveryCodes", "recovery_codes", RECOVERY_CODES),
    ("RunDetail", "steps", RUN_STEPS as usize),
    ("SearchResult", "tasks", HITS as usize),
    ("SessionList", "sessions", SESSIONS as usize),
    ("SkillPackSyncResponse", "warnings", NAMED),
    ("SoulsDirectorySearchResponse", "items", SOULS as usize),
    ("StopRead", "job_ids", NAMED),
    ("StopRead", "runs", RUNS_AT_ONCE as usize),
    ("TaskCounts", "", IDS),
    ("TaskCustomFieldDefinitionRead", "board_ids", BOARDS),
    ("TaskRead", "blocked_by_task_ids", IDS),
    ("TaskRead", "depends_on_task_ids", IDS),
    ("TaskRead", "tag_ids", IDS),
    ("TaskRead", "tags", IDS),
    ("TemplatesSyncResult", "errors", NAMED),
    ("TemplatesSyncResult", "kept", NAMED),
    ("TemplatesSyncResult", "plan", NAMED),
    ("UsageReport", "groups", USAGE_GROUPS as usize),
];

/// Tells of each list of these schemas how long it is at most.
pub(super) fn bound(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    for (name, schema) in schemas {
        bound_in(name, schema);
    }
}

/// Tells of a plain array how long it is at most.
pub(super) fn bound_plain(array: &mut Array) {
    measure(array, PLAIN_ARRAY as usize);
}

/// A list whose answer has a maximum as a whole.
fn measure(array: &mut Array, entries: usize) {
    array.max_items = Some(entries);
    array.extensions = Some(ExtensionsBuilder::new().add("x-max-bytes", ANSWER).build());
}

fn bound_in(name: &str, schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    let parts = match schema {
        Schema::Object(object) => {
            for (field, schema) in &mut object.properties {
                bound_field(name, field, schema);
            }
            return;
        }
        Schema::Array(array) => {
            array.max_items = array.max_items.or_else(|| most(name, ""));
            return;
        }
        Schema::AllOf(all) => &mut all.items,
        Schema::OneOf(one) => &mut one.items,
        Schema::AnyOf(any) => &mut any.items,
        _ => return,
    };
    parts.iter_mut().for_each(|part| bound_in(name, part));
}

fn bound_field(name: &str, field: &str, schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Array(array)) = schema else { return bound_in(name, schema) };
    // The items of a page are written out in it, and so are theirs.
    match name.strip_prefix("List_") {
        Some(item) if field == "items" => {
            measure(array, PAGE as usize);
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                bound_in(item.strip_prefix("Excerpt_").unwrap_or(item), items);
            }
        }
        _ => array.max_items = array.max_items.or_else(|| most(name, field)),
    }
}

fn most(name: &str, field: &str) -> Option<usize> {
    LISTS.iter().find(|list| (list.0, list.1) == (name, field)).map(|list| list.2)
}
