//! Approvals: what they are about, that they say why, and that they are decided once.

use serde_json::{Map, Value};

use crate::id::TaskId;
use crate::models::ApprovalStatus;
use crate::rules::dependencies::unique;

/// What kind of step an approval is about when it is a command that a gateway asks about.
pub const EXEC: &str = "exec";

/// The same when it asks whether agents go on whose budget is used up.
pub const BUDGET: &str = "budget";

/// The same when it asks whether an agent goes on of whose runs nothing comes.
pub const BREAKER: &str = "breaker";

/// The same when it asks whether a stale task is taken from its agent.
pub const STALE_TASK: &str = "stale_task";

/// Where payloads name several tasks.
const LISTS: [&str; 3] = ["task_ids", "taskIds", "taskIDs"];
/// Where payloads name one task.
const SINGLES: [&str; 3] = ["task_id", "taskId", "taskID"];

/// The tasks that an approval is about, each once: `first` and `named` by the request, then those that its payload names.
/// What is no id in the payload is passed over.
pub fn task_ids(
    first: Option<TaskId>,
    named: &[TaskId],
    payload: Option<&Map<String, Value>>,
) -> Vec<TaskId> {
    let field = |key: &&str| payload.and_then(|payload| payload.get(*key));
    let id = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
    let listed = LISTS.iter().filter_map(field).filter_map(Value::as_array).flatten().filter_map(id);
    let single = SINGLES.iter().filter_map(field).filter_map(id);
    unique(first.into_iter().chain(named.iter().copied()).chain(listed).chain(single))
}

/// The payload with the reason in it: its own (`reason`, or `decision.reason`), else `reasoning`. `None` when nobody
/// says why.
pub fn reasoned(payload: Option<Map<String, Value>>, reasoning: Option<&str>) -> Option<Map<String, Value>> {
    let payload = payload.unwrap_or_default();
    let says = |value: Option<&Value>| {
        value
            .and_then(|value| value.get("reason"))
            .and_then(Value::as_str)
            .is_some_and(|text| !text.trim().is_empty())
    };
    let own = payload.get("reason").and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    if own || says(payload.get("decision")) {
        return Some(payload);
    }
    let reasoning = reasoning.map(str::trim).filter(|text| !text.is_empty())?;
    let mut payload = payload;
    payload.insert("reason".to_owned(), Value::String(reasoning.to_owned()));
    Some(payload)
}

/// What a change of an approval's status amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing changes.
    Stays,
    /// A decision, which agents act on.
    Decided,
    /// The decision is taken back: it waits again.
    Reopened,
}

/// The approval was decided before; whoever wants another decision reopens it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The approval is {0} already.")]
pub struct AlreadyDecided(pub ApprovalStatus);

/// Whether an approval may go from one status to another.
///
/// # Errors
/// [`AlreadyDecided`], also for the same decision again: of two people who decide at once, one learns of the other.
pub fn step(from: ApprovalStatus, to: ApprovalStatus) -> Result<Step, AlreadyDecided> {
    match (from, to) {
        (ApprovalStatus::Pending, ApprovalStatus::Pending) => Ok(Step::Stays),
        (ApprovalStatus::Pending, _) => Ok(Step::Decided),
        (_, ApprovalStatus::Pending) => Ok(Step::Reopened),
        (decided, _) => Err(AlreadyDecided(decided)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::models::ApprovalStatus::{Approved, Pending, Rejected};

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn tasks_are_taken_from_the_request_then_from_the_payload_each_once() {
        let [a, b, c, d] = std::array::from_fn(|_| TaskId::random());
        let payload = object(
            json!({"taskId": d, "task_ids": [c, "junk", 5, a], "taskIDs": "no list", "task_id": null}),
        );
        assert_eq!(task_ids(Some(b), &[a, b], Some(&payload)), [b, a, c, d]);
        assert_eq!(task_ids(None, &[], None), []);
    }

    #[rstest]
    #[case(json!({"reason": " x "}), Some("other"), Some(json!({"reason": " x "})))]
    #[case(json!({"decision": {"reason": "x"}}), None, Some(json!({"decision": {"reason": "x"}})))]
    #[case(json!({"k": 1, "reason": " "}), Some(" why "), Some(json!({"k": 1, "reason": "why"})))]
    #[case(json!({}), Some("why"), Some(json!({"reason": "why"})))]
    #[case(json!({"reason": 5, "decision": "x"}), Some(" "), None)]
    #[case(json!({}), None, None)]
    fn an_approval_says_why(
        #[case] payload: Value,
        #[case] reasoning: Option<&str>,
        #[case] expected: Option<Value>,
    ) {
        assert_eq!(reasoned(Some(object(payload)), reasoning).map(Value::Object), expected);
    }

    #[rstest]
    #[case(Pending, Pending, Ok(Step::Stays))]
    #[case(Pending, Approved, Ok(Step::Decided))]
    #[case(Pending, Rejected, Ok(Step::Decided))]
    #[case(Approved, Pending, Ok(Step::Reopened))]
    #[case(Rejected, Pending, Ok(Step::Reopened))]
    #[case(Approved, Approved, Err(AlreadyDecided(Approved)))]
    #[case(Approved, Rejected, Err(AlreadyDecided(Approved)))]
    #[case(Rejected, Approved, Err(AlreadyDecided(Rejected)))]
    fn an_approval_is_decided_once(
        #[case] from: ApprovalStatus,
        #[case] to: ApprovalStatus,
        #[case] expected: Result<Step, AlreadyDecided>,
    ) {
        assert_eq!(step(from, to), expected);
    }
}
