//! The tools. Each stands for an operation for agents: its hints describe it, its input is read by the same readers, and
//! the same use-case does the work.

mod input;
mod run;

use actix_web::web;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_fleet::guide::{OPERATIONS, Operation};
use mission_control_fleet::naming::Role;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;

use crate::auth::{Agent, MemberOrAgent};
use crate::error::ApiResult;
use crate::routes::approvals::{ApprovalCreate, ApprovalListQuery};
use crate::routes::board_memory::{BoardMemoryCreate, MemoryListQuery};
use crate::routes::tasks::{TaskCommentCreate, TaskCreate, TaskListQuery, TaskUpdate};
use crate::state::State;
use input::{OnBoard, OnTask, Part, ToLead};
use run::Call;

/// A tool.
pub(super) struct Tool {
    /// Its name.
    pub(super) name: &'static str,
    /// What it does, in a sentence.
    does: &'static str,
    /// The operation whose hints it has, if it is one.
    operation: Option<&'static str>,
    /// For agents only, or for people too.
    people: bool,
    changes: bool,
    input: &'static [fn() -> utoipa::openapi::RefOr<utoipa::openapi::Schema>],
    run: for<'c> fn(Call<'c>) -> LocalBoxFuture<'c, ApiResult<Value>>,
}

const TOOLS: [Tool; 12] = [
    Tool {
        name: "read_board",
        does: "Reads a board: its goal and its rules.",
        operation: Some("agent_boards_read"),
        people: true,
        changes: false,
        input: &[OnBoard::schema],
        run: |call| call.read_board().boxed_local(),
    },
    Tool {
        name: "list_tasks",
        does: "Lists the tasks of a board, newest first.",
        operation: Some("agent_tasks_list"),
        people: true,
        changes: false,
        input: &[OnBoard::schema, TaskListQuery::schema, Part::schema],
        run: |call| call.list_tasks().boxed_local(),
    },
    Tool {
        name: "create_task",
        does: "Creates a task.",
        operation: Some("agent_tasks_create"),
        people: true,
        changes: true,
        input: &[OnBoard::schema, TaskCreate::schema],
        run: |call| call.create_task().boxed_local(),
    },
    Tool {
        name: "claim_task",
        does: "Makes a task of the inbox yours and moves it to in_progress.",
        operation: Some("agent_tasks_claim"),
        people: false,
        changes: true,
        input: &[OnTask::schema],
        run: |call| call.claim_task().boxed_local(),
    },
    Tool {
        name: "update_task",
        does: "Changes a task: its status, its fields, who does it.",
        operation: Some("agent_tasks_update"),
        people: true,
        changes: true,
        input: &[OnTask::schema, TaskUpdate::schema],
        run: |call| call.update_task().boxed_local(),
    },
    Tool {
        name: "list_comments",
        does: "Lists the comments on a task, oldest first.",
        operation: Some("agent_task_comments_list"),
        people: true,
        changes: false,
        input: &[OnTask::schema, Part::schema],
        run: |call| call.list_comments().boxed_local(),
    },
    Tool {
        name: "comment_task",
        does: "Comments on a task.",
        operation: Some("agent_task_comments_create"),
        people: true,
        changes: true,
        input: &[OnTask::schema, TaskCommentCreate::schema],
        run: |call| call.comment_task().boxed_local(),
    },
    Tool {
        name: "ask_for_approval",
        does: "Asks people to decide about a step; lead_reasoning says why.",
        operation: Some("agent_approvals_create"),
        people: true,
        changes: true,
        input: &[OnBoard::schema, ApprovalCreate::schema],
        run: |call| call.ask_for_approval().boxed_local(),
    },
    Tool {
        name: "list_approvals",
        does: "Lists approvals with what was decided, newest first.",
        operation: Some("agent_approvals_list"),
        people: true,
        changes: false,
        input: &[OnBoard::schema, ApprovalListQuery::schema, Part::schema],
        run: |call| call.list_approvals().boxed_local(),
    },
    Tool {
        name: "read_memory",
        does: "Reads what a board remembers, newest first.",
        operation: Some("agent_memory_list"),
        people: true,
        changes: false,
        input: &[OnBoard::schema, MemoryListQuery::schema, Part::schema],
        run: |call| call.read_memory().boxed_local(),
    },
    Tool {
        name: "write_memory",
        does: "Adds to what a board remembers.",
        operation: Some("agent_memory_create"),
        people: true,
        changes: true,
        input: &[OnBoard::schema, BoardMemoryCreate::schema],
        run: |call| call.write_memory().boxed_local(),
    },
    Tool {
        name: "message_lead",
        does: "Says something to the lead of a board, who is woken by it. For questions and blockers that no comment \
            on a task fits.",
        operation: None,
        people: true,
        changes: true,
        input: &[ToLead::schema],
        run: |call| call.message_lead().boxed_local(),
    },
];

impl Tool {
    /// The tools that the caller has a use for.
    pub(super) fn of(caller: &MemberOrAgent) -> impl Iterator<Item = &'static Self> + use<> {
        let role = match caller {
            MemberOrAgent::Member(_) => None,
            MemberOrAgent::Agent(Agent(agent)) => Some(Role::of(agent)),
        };
        TOOLS.iter().filter(move |tool| match role {
            None => tool.people,
            Some(role) => tool.roles().contains(&role),
        })
    }

    fn hints(&self) -> Option<&'static Operation> {
        OPERATIONS.iter().find(|operation| Some(operation.id) == self.operation)
    }

    /// The agents that have a use for it: without an operation, all that are no leads.
    fn roles(&self) -> &'static [Role] {
        self.hints().map_or(&[Role::Worker, Role::Main], |hints| hints.roles)
    }

    /// The tool as clients list it.
    pub(super) fn describe(&self) -> Value {
        let hints = self.hints().map(|hints| format!(" {} {}", hints.when, hints.policy));
        json!({
            "name": self.name,
            "description": format!("{}{}", self.does, hints.unwrap_or_default()),
            "inputSchema": self.input_schema(),
            "annotations": { "readOnlyHint": !self.changes, "destructiveHint": false, "openWorldHint": false },
        })
    }

    /// One object with the fields of all parts; of two of one name the later one counts.
    fn input_schema(&self) -> Value {
        let mut properties = Map::new();
        let mut required: Vec<Value> = Vec::new();
        for part in self.input {
            let schema = serde_json::to_value(part()).unwrap_or_default();
            if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
                properties.extend(fields.clone());
            }
            required.extend(schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
        }
        json!({ "type": "object", "properties": properties, "required": required })
    }

    /// Runs the tool. What goes wrong is a result too, so that the model reads it.
    pub(super) async fn call(
        &self,
        state: &web::Data<State>,
        caller: MemberOrAgent,
        arguments: Value,
    ) -> Value {
        let ignored = self.unknown(&arguments);
        let outcome = (self.run)(Call { state, caller, arguments }).await;
        let (is_error, mut content) = match outcome {
            Ok(content) => (false, content),
            Err(error) => {
                if let Some(cause) = error.logged_cause() {
                    tracing::warn!(tool = self.name, error = %cause, "tool failed");
                }
                (true, serde_json::to_value(error.body()).unwrap_or_default())
            }
        };
        if let (false, Some(fields)) = (ignored.is_empty(), content.as_object_mut()) {
            fields.insert("ignored_arguments".to_owned(), json!(ignored));
        }
        json!({
            "content": [{ "type": "text", "text": content.to_string() }],
            "structuredContent": content,
            "isError": is_error,
            "resultType": "complete",
        })
    }

    fn unknown(&self, arguments: &Value) -> Vec<String> {
        let schema = self.input_schema();
        let known = |name: &str| schema.get("properties").and_then(|fields| fields.get(name)).is_some();
        let names = arguments.as_object().into_iter().flat_map(Map::keys);
        names.filter(|name| !known(name)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_tool_stands_for_an_operation_and_describes_its_whole_input() {
        let mut names = BTreeSet::new();
        for tool in &TOOLS {
            assert!(names.insert(tool.name));
            assert_eq!(tool.hints().is_some(), tool.operation.is_some(), "{} has no hints", tool.name);
            let described = tool.describe();
            assert!(!described.to_string().contains("$ref"), "{described}");
            assert!(described["inputSchema"]["properties"]["board_id"].is_object(), "{described}");
        }
    }
}
