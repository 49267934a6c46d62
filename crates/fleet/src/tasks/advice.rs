//! What programs and language models are told beside the reason: a stable word, and what to do next.

use mission_control_core::problem::Code;
use mission_control_core::rules::custom_field_values::FieldFault;
use mission_control_core::rules::dependencies::DependencyFault;
use mission_control_core::rules::task_status::Refusal;

use super::TaskError;

/// A stable word for a refusal, and the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// For programs; never changes.
    pub code: Code,
    /// One sentence.
    pub next_step: &'static str,
}

const fn advice(code: Code, next_step: &'static str) -> Option<Advice> {
    Some(Advice { code, next_step })
}

const HELD_BY_PERSON: Option<Advice> = advice(
    Code::HeldByPerson,
    "Take another task (status=inbox, unassigned=true), or ask that person in a comment to hand it over.",
);

impl TaskError {
    /// The word and the next step, where they say more than the kind of refusal does.
    pub const fn advice(&self) -> Option<Advice> {
        match self {
            Self::Store(_) | Self::NotFound(_) | Self::Changed(_) => None,
            Self::Rule(refusal) | Self::NeedsApproval { rule: refusal, .. } => of_rule(refusal),
            Self::AwaitsDecision(_) => {
                advice(Code::ApprovalPending, "Wait until the approvals in approval_ids are decided.")
            }
            Self::Blocked(_) => advice(
                Code::TaskBlocked,
                "Finish the tasks in blocked_by_task_ids first, or have the lead remove the dependency.",
            ),
            Self::Dependencies(DependencyFault::Itself) => {
                advice(Code::DependencyOnItself, "Leave the task's own id out of depends_on_task_ids.")
            }
            Self::Dependencies(DependencyFault::Cycle) => advice(
                Code::DependencyCycle,
                "Leave out the dependency that waits, directly or not, for this task.",
            ),
            Self::DependenciesOfDone => {
                advice(Code::DependenciesOfDone, "Reopen the task before its dependencies change.")
            }
            Self::MissingDependencies(_) => {
                advice(Code::DependencyNotFound, "List the board's tasks and use ids from there.")
            }
            Self::MissingTags(_) => advice(Code::TagNotFound, "List the tags and use ids from there."),
            Self::Fields(FieldFault::Unknown(_)) => {
                advice(Code::FieldUnknown, "Send only the custom fields that the board has.")
            }
            Self::Fields(FieldFault::Missing(_)) => {
                advice(Code::FieldMissing, "Send values for the fields in missing_field_keys too.")
            }
            Self::Fields(FieldFault::Invalid { .. }) => {
                advice(Code::FieldInvalid, "Send a value of the type in field_type.")
            }
            Self::AgentOfAnotherBoard => {
                advice(Code::AgentOfAnotherBoard, "Assign the task to an agent of its own board.")
            }
            Self::PersonWithoutBoard => advice(
                Code::PersonWithoutBoard,
                "Give the task to somebody of `people` in the board's snapshot, or to an agent.",
            ),
            Self::HeldByPerson(..) => HELD_BY_PERSON,
            Self::WipLimit(..) => advice(
                Code::WipLimit,
                "Finish or hand on a task of that column first, or ask a person to raise its limit.",
            ),
            Self::OnlyLeads => advice(Code::OnlyLead, "Ask the board's lead to do it."),
            Self::LeadAssignsItself => {
                advice(Code::LeadCannotTake, "Assign the task to a worker of the board.")
            }
            Self::NotForLeads(_) | Self::NotForWorkers => {
                advice(Code::FieldForbidden, "Send the request again without the other fields.")
            }
            Self::Taken(..) => advice(
                Code::TaskTaken,
                "Take another task: list those with status=inbox and unassigned=true.",
            ),
            Self::NotClaimable(_) => advice(Code::NotClaimable, "Take a task that is in `inbox`."),
            Self::LeadComment => advice(
                Code::LeadCannotComment,
                "Wait until the task is in review or somebody mentions you on it.",
            ),
            Self::ForeignCreator => advice(Code::ForeignCreator, "Leave created_by_user_id out."),
        }
    }
}

const fn of_rule(refusal: &Refusal) -> Option<Advice> {
    match refusal {
        Refusal::Blocked => advice(Code::TaskBlocked, "Finish what the task waits for first."),
        Refusal::OnlyLead => {
            advice(Code::OnlyLeadMoves, "Comment on the task and ask the board's lead to move it.")
        }
        Refusal::NotTheAssignee => advice(
            Code::NotTheAssignee,
            "Work on a task that is assigned to you or to nobody, or ask the lead to assign this one to you.",
        ),
        Refusal::HeldByPerson => HELD_BY_PERSON,
        Refusal::LeadFrom(_) => {
            advice(Code::LeadCannotMove, "Wait until its assignee moves the task to review, or reassign it.")
        }
        Refusal::LeadTo(_) => {
            advice(Code::LeadCannotMove, "Move the reviewed task to done, or back to inbox.")
        }
        Refusal::PendingApproval => advice(
            Code::ApprovalPending,
            "Wait until the approvals in approval_ids are decided, then try again.",
        ),
        Refusal::ReviewRequired => {
            advice(Code::ReviewRequired, "Move the task to review first; from there it can become done.")
        }
        Refusal::ApprovalRequired => advice(
            Code::ApprovalRequired,
            "Ask for an approval with this task's id, or wait for those in approval_ids, and try again.",
        ),
        Refusal::ApprovalOutdated => advice(
            Code::ApprovalOutdated,
            "Ask for another approval with this task's id, or have a person reopen the last one and decide again.",
        ),
        Refusal::CommentRequired => {
            advice(Code::CommentRequired, "Comment on the task, or send `comment` with the status.")
        }
    }
}
