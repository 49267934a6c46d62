//! What callers send about approvals. The routes of agents take the same.

use mission_control_core::id::{AgentId, TaskId, UserId};
use mission_control_core::limits::{IDS, NAME, PAYLOAD_JSON, PROSE, SETTINGS_JSON};
use mission_control_core::models::ApprovalStatus;
use mission_control_core::rules::approvals::{reasoned, task_ids};
use mission_control_core::rules::version::Seen;
use mission_control_fleet::approvals::{Decision, NewApproval};
use serde_json::{Map, Value};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

use crate::error::{ApiError, ApiResult};
use crate::http::PageQuery;
use crate::input::{AnyText, Blankable, Fault, FromInput, JsonObject, ListOf, Patch, Reader, Step, any_json};

crate::input! {
    /// A step to be decided about.
    pub struct ApprovalCreate {
        /// What kind of step it is, e.g. `deploy`.
        pub action_type: AnyText<NAME>,
        /// A task that it is about.
        pub task_id: Option<TaskId>,
        /// More tasks that it is about. A task has one pending approval at most.
        pub task_ids: ListOf<TaskId, IDS> = Vec::new(),
        /// Particulars. Tasks that it names (`task_id`, `task_ids`) count as well.
        pub payload: Option<JsonObject<PAYLOAD_JSON>>,
        /// How sure the agent is, from 0 to 100.
        pub confidence: Percent,
        /// Scores by criterion, whole numbers.
        pub rubric_scores: Option<Scores>,
        /// The decision, if there is one already; what agents send waits all the same.
        pub status: ApprovalStatus = ApprovalStatus::Pending,
        /// The agent that wants to take the step; an agent asks for itself, whatever it sends here.
        pub agent_id: Option<AgentId>,
        /// Why; required unless the payload has it (`reason`, or `decision.reason`).
        pub lead_reasoning: Option<AnyText<PROSE>>,
    }
}

crate::input! {
    /// A decision about an approval.
    pub struct ApprovalUpdate {
        /// `approved` or `rejected`, once; `pending` takes a decision back.
        pub status: Patch<ApprovalStatus>,
        /// Why, for the agents that wait.
        pub reason: Blankable<AnyText<PROSE>>,
    }
}

crate::input! {
    /// Which approvals are wanted.
    pub struct ApprovalListQuery with page: PageQuery {
        /// In this status.
        pub status: Option<ApprovalStatus>,
    }
}

/// A number from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(f64);

impl FromInput for Percent {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let number = f64::from_input(value, reader)?;
        if number < 0.0 {
            reader.fail_with("greater_than_equal", "Expected at least 0.", ("ge", 0))
        } else if number > 100.0 {
            reader.fail_with("less_than_equal", "Expected at most 100.", ("le", 100))
        } else {
            Some(Self(number))
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(100)).into()
    }
}

/// Whole numbers by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores(Map<String, Value>);

impl FromInput for Scores {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let scores = JsonObject::<SETTINGS_JSON>::from_input(value, reader)?;
        let read: Vec<Option<(String, Value)>> = scores
            .into_iter()
            .map(|(name, score)| {
                let step = Step::Name(name.clone().into());
                let number = reader.at(step, |reader| i64::from_input(&score, reader))?;
                Some((name, number.into()))
            })
            .collect();
        read.into_iter().collect::<Option<Map<String, Value>>>().map(Self)
    }

    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer);
        let any = AdditionalProperties::RefOr(number.into());
        any_json(Type::Object.into(), SETTINGS_JSON).additional_properties(Some(any)).into()
    }
}

impl ApprovalCreate {
    /// The approval for the use-case.
    ///
    /// # Errors
    /// 422 when nobody says why.
    pub fn checked(self) -> ApiResult<NewApproval> {
        let task_ids = task_ids(self.task_id, &self.task_ids, self.payload.as_ref());
        // The payload may name more of them than the list of the request.
        if task_ids.len() > IDS {
            let msg = format!("Expected at most {IDS} tasks, those of the payload included.");
            return Err(ApiError::invalid(vec![Fault::of_field("task_ids", "too_long", msg)]));
        }
        let payload = reasoned(self.payload, self.lead_reasoning.as_deref()).ok_or_else(|| {
            ApiError::invalid(vec![Fault::of_body("value_error", "lead reasoning is required")])
        })?;
        Ok(NewApproval {
            action_type: self.action_type,
            task_ids,
            agent_id: self.agent_id,
            payload,
            confidence: self.confidence.0,
            rubric_scores: self.rubric_scores.map(|scores| scores.0),
            status: self.status,
        })
    }
}

impl ApprovalUpdate {
    /// The decision of a person for the use-case.
    ///
    /// # Errors
    /// 422 when the status is `null`.
    pub fn of(self, by: UserId, seen: Seen) -> ApiResult<Decision> {
        let status = match self.status {
            Patch::Absent => None,
            Patch::Value(status) => Some(status),
            Patch::Null => {
                return Err(ApiError::invalid(vec![Fault::of_body("value_error", "status is required")]));
            }
        };
        Ok(Decision { status, reason: self.reason.0, by, seen })
    }
}
