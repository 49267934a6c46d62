//! How a task moves over its board: who may move it, what must be there first, and where it ends up.

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::id::AgentId;
use crate::models::{Board, Task, TaskStatus};
use crate::rules::assignee::Assignee;
use crate::time::Timestamp;

/// Who wants to change a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    /// A person who may write on the board.
    Person,
    /// The board's lead: plans and reviews, does not work.
    Lead,
    /// Another agent: moves only its own tasks, and such as nobody has.
    Worker(AgentId),
}

/// The rules that a board has switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields are those of the board")]
pub struct BoardRules {
    pub require_approval_for_done: bool,
    pub require_review_before_done: bool,
    pub comment_required_for_review: bool,
    pub block_status_changes_with_pending_approval: bool,
    pub only_lead_can_change_status: bool,
}

impl From<&Board> for BoardRules {
    fn from(board: &Board) -> Self {
        Self {
            require_approval_for_done: board.require_approval_for_done,
            require_review_before_done: board.require_review_before_done,
            comment_required_for_review: board.comment_required_for_review,
            block_status_changes_with_pending_approval: board.block_status_changes_with_pending_approval,
            only_lead_can_change_status: board.only_lead_can_change_status,
        }
    }
}

/// Where a task is and who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The column.
    pub status: TaskStatus,
    /// Who works on it, or reviews it.
    pub assignee: Option<Assignee>,
    /// Since when it is worked on.
    pub in_progress_at: Option<Timestamp>,
    /// Since when it was worked on before it last left `in_progress`.
    pub previous_in_progress_at: Option<Timestamp>,
}

impl From<&Task> for Placement {
    fn from(task: &Task) -> Self {
        Self {
            status: task.status,
            assignee: task.assignee(),
            in_progress_at: task.in_progress_at,
            previous_in_progress_at: task.previous_in_progress_at,
        }
    }
}

impl Placement {
    /// Out of the hands of the agent that had it. What a person has stays theirs until it is given to somebody else: people
    /// plan ahead, and no agent would find it meanwhile.
    fn laid_down(self, status: TaskStatus) -> Self {
        Self {
            status,
            assignee: self.held_by_person().then_some(self.assignee).flatten(),
            in_progress_at: None,
            previous_in_progress_at: self.in_progress_at.or(self.previous_in_progress_at),
        }
    }

    /// Out of the hands of whoever does not work on it any more: what was begun goes back to the inbox.
    pub fn after_its_assignee_left(self) -> Self {
        let left = match self.status {
            TaskStatus::InProgress => self.laid_down(TaskStatus::Inbox),
            _ => self,
        };
        Self { assignee: None, ..left }
    }

    fn held_by_person(&self) -> bool {
        matches!(self.assignee, Some(Assignee::Person(_)))
    }

    /// Worked on, from `now` unless it was before.
    fn taken_up(self, now: Timestamp) -> Self {
        let since = match self.status {
            TaskStatus::InProgress => self.in_progress_at.or(Some(now)),
            _ => Some(now),
        };
        Self { status: TaskStatus::InProgress, in_progress_at: since, ..self }
    }

    /// Back to the inbox because something that it waits for was reopened; `None` when it is there already, or done.
    pub fn after_reopened_dependency(self) -> Option<Self> {
        let back = self.laid_down(TaskStatus::Inbox);
        (self.status != TaskStatus::Done && back != self).then_some(back)
    }
}

/// What is known when a change is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Where the task is.
    pub current: Placement,
    /// It waits for tasks that are not done, after the change of dependencies that is asked for.
    pub blocked: bool,
    /// An approval of it is pending.
    pub pending_approval: bool,
    /// The last word about its approvals is that one is granted: nobody refused one since, or took one back.
    pub approved: bool,
    /// Its title or description was changed after that word: it was said of something else.
    pub rewritten: bool,
    /// The board's lead.
    pub lead: Option<AgentId>,
    /// Who last handed it in for review, if they work here still.
    pub last_worker: Option<Assignee>,
    /// When the assignee last commented on it.
    pub commented_at: Option<Timestamp>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// To this column.
    pub status: Option<TaskStatus>,
    /// To this agent or person, or (inner `None`) to nobody.
    pub assignee: Option<Option<Assignee>>,
    /// The dependencies change.
    pub dependencies: bool,
    /// A comment comes with it.
    pub comment: bool,
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It waits for tasks that are not done.
    #[error("The task is blocked by dependencies that are not done.")]
    Blocked,
    /// `only_lead_can_change_status`.
    #[error("Only the board's lead can change the status of tasks.")]
    OnlyLead,
    /// Another agent has it.
    #[error("Agents can change the status only of tasks assigned to them, or to nobody.")]
    NotTheAssignee,
    /// A person has it.
    #[error("A person has this task; agents do not take it or move it.")]
    HeldByPerson,
    /// Leads move what is in review, and start what they assign.
    #[error(
        "A board lead can change the status of tasks in `review` only (this one is in `{0}`), or start an inbox task while assigning it."
    )]
    LeadFrom(TaskStatus),
    /// Leads finish a reviewed task or give it back.
    #[error("A board lead can move a task from `review` to `done` or `inbox` only, not to `{0}`.")]
    LeadTo(TaskStatus),
    /// `block_status_changes_with_pending_approval`.
    #[error("The status cannot change while an approval of the task is pending.")]
    PendingApproval,
    /// `require_review_before_done`.
    #[error("On this board a task becomes done only from review.")]
    ReviewRequired,
    /// `require_approval_for_done`.
    #[error("On this board a task becomes done only with a granted approval.")]
    ApprovalRequired,
    /// The same, and the approval was granted for what the task said before.
    #[error(
        "The task was rewritten after it was approved; on this board it becomes done only with an approval of what it says now."
    )]
    ApprovalOutdated,
    /// `comment_required_for_review`.
    #[error("On this board a task goes to review only with a comment.")]
    CommentRequired,
}

/// Where the task ends up.
///
/// # Errors
/// Why it stays as it is.
pub fn decide(
    rules: BoardRules,
    mover: Mover,
    facts: &Facts,
    wish: Wish,
    now: Timestamp,
) -> Result<Placement, Refusal> {
    let moved = match mover {
        Mover::Person => by_person(facts, wish, now),
        Mover::Lead => by_lead(facts, wish)?,
        Mover::Worker(agent) => by_worker(rules, agent, facts, wish, now)?,
    };
    check_gates(rules, facts, wish, &moved)?;
    let enters_review = moved.status == TaskStatus::Review && facts.current.status != TaskStatus::Review;
    Ok(match facts.lead {
        Some(lead) if enters_review => Placement { assignee: Some(Assignee::Agent(lead)), ..moved },
        _ => moved,
    })
}

/// Where a new task begins, and with whom: as one that is moved there from the inbox, under the same rules. Since when it is
/// worked on, whoever takes it up says.
///
/// Nobody can have approved what is not there yet. A person who brings in a finished task decides so, as the person may
/// about every approval of the board: both take the right to write on it, so no gate is passed that the same person could not
/// open; clients rely on it (`tasks/create done directly` of the recorded contract, on a board that asks for approvals).
/// Agents wait for that. All other rules hold for people too: where a task becomes done only from review, nobody begins it
/// there.
///
/// # Errors
/// Why it does not begin there.
pub fn begin(
    rules: BoardRules,
    mover: Mover,
    lead: Option<AgentId>,
    status: TaskStatus,
    assignee: Option<Assignee>,
    now: Timestamp,
) -> Result<(TaskStatus, Option<Assignee>), Refusal> {
    let current = Placement {
        status: TaskStatus::Inbox,
        assignee: None,
        in_progress_at: None,
        previous_in_progress_at: None,
    };
    let facts = Facts {
        current,
        blocked: false,
        pending_approval: false,
        approved: mover == Mover::Person,
        rewritten: false,
        lead,
        last_worker: None,
        commented_at: None,
    };
    let wish = Wish {
        status: Some(status).filter(|status| *status != TaskStatus::Inbox),
        assignee: assignee.map(Some),
        ..Wish::default()
    };
    decide(rules, mover, &facts, wish, now).map(|placed| (placed.status, placed.assignee))
}

/// People are not refused for blocked tasks: what they move or assign waits in the inbox instead, with nobody or with a person.
fn by_person(facts: &Facts, wish: Wish, now: Timestamp) -> Placement {
    let current = facts.current;
    let moves = wish.status.is_some() || wish.assignee.is_some() || wish.dependencies;
    let stays_done =
        current.status == TaskStatus::Done && wish.status.unwrap_or(TaskStatus::Done) == TaskStatus::Done;
    if facts.blocked && moves && !stays_done {
        let back = current.laid_down(TaskStatus::Inbox);
        return match wish.assignee {
            Some(person @ (None | Some(Assignee::Person(_)))) => Placement { assignee: person, ..back },
            _ => back,
        };
    }
    let moved = match wish.status {
        None => current,
        Some(TaskStatus::Review) if current.status == TaskStatus::Review => current,
        Some(status @ (TaskStatus::Inbox | TaskStatus::Review)) => current.laid_down(status),
        Some(TaskStatus::InProgress) => current.taken_up(now),
        Some(TaskStatus::Done) => Placement { status: TaskStatus::Done, ..current },
        Some(TaskStatus::Foreign(_)) => current,
    };
    Placement { assignee: wish.assignee.unwrap_or(moved.assignee), ..moved }
}

fn by_lead(facts: &Facts, wish: Wish) -> Result<Placement, Refusal> {
    let current = facts.current;
    if current.held_by_person() && (wish.status.is_some() || wish.assignee.is_some()) {
        return Err(Refusal::HeldByPerson);
    }
    if facts.blocked && (wish.status.is_some() || wish.assignee.is_some()) {
        return Err(Refusal::Blocked);
    }
    let assigned = Placement { assignee: wish.assignee.unwrap_or(current.assignee), ..current };
    let Some(target) = wish.status else { return Ok(assigned) };
    match (current.status, target) {
        (TaskStatus::Review, TaskStatus::Done) => Ok(Placement { status: target, ..assigned }),
        (TaskStatus::Review, TaskStatus::Inbox) => {
            Ok(Placement { assignee: facts.last_worker, ..current.laid_down(target) })
        }
        (TaskStatus::Review, _) => Err(Refusal::LeadTo(target)),
        // The agent itself says when it begins.
        (TaskStatus::Inbox, TaskStatus::InProgress) if matches!(wish.assignee, Some(Some(_))) => {
            Ok(Placement { status: target, ..assigned })
        }
        (from, _) => Err(Refusal::LeadFrom(from)),
    }
}

fn by_worker(
    rules: BoardRules,
    agent: AgentId,
    facts: &Facts,
    wish: Wish,
    now: Timestamp,
) -> Result<Placement, Refusal> {
    let current = facts.current;
    let Some(target) = wish.status else { return Ok(current) };
    match current.assignee {
        Some(Assignee::Person(_)) => return Err(Refusal::HeldByPerson),
        Some(Assignee::Agent(other)) if other != agent => return Err(Refusal::NotTheAssignee),
        _ => {}
    }
    if rules.only_lead_can_change_status {
        return Err(Refusal::OnlyLead);
    }
    if facts.blocked && target != TaskStatus::Inbox {
        return Err(Refusal::Blocked);
    }
    let own = Placement { assignee: Some(Assignee::Agent(agent)), ..current };
    Ok(match target {
        TaskStatus::Inbox | TaskStatus::Review => current.laid_down(target),
        TaskStatus::InProgress => own.taken_up(now),
        TaskStatus::Done => Placement { status: target, ..own },
        TaskStatus::Foreign(_) => current,
    })
}

/// What the board asks for, whoever moves the task.
fn check_gates(rules: BoardRules, facts: &Facts, wish: Wish, moved: &Placement) -> Result<(), Refusal> {
    let from = facts.current.status;
    if moved.status == from {
        return Ok(());
    }
    let asked = wish.status.is_some_and(|status| status != from);
    if rules.block_status_changes_with_pending_approval && facts.pending_approval && asked {
        return Err(Refusal::PendingApproval);
    }
    match moved.status {
        TaskStatus::Done if rules.require_review_before_done && from != TaskStatus::Review => {
            Err(Refusal::ReviewRequired)
        }
        TaskStatus::Done if rules.require_approval_for_done && !facts.approved => {
            Err(Refusal::ApprovalRequired)
        }
        TaskStatus::Done if rules.require_approval_for_done && facts.rewritten => {
            Err(Refusal::ApprovalOutdated)
        }
        TaskStatus::Review if rules.comment_required_for_review && !wish.comment && !commented(facts) => {
            Err(Refusal::CommentRequired)
        }
        _ => Ok(()),
    }
}

/// Whether the assignee has commented since it began to work on the task.
fn commented(facts: &Facts) -> bool {
    match (facts.commented_at, facts.current.in_progress_at) {
        (Some(commented), Some(began)) => commented >= began,
        _ => false,
    }
}

/// Who handed the task in for review when it was moved `from` one place `to` another: the worker that moved it, or the person
/// who had it.
pub fn handed_in_by(mover: Mover, from: &Placement, to: &Placement) -> Option<Assignee> {
    if to.status != TaskStatus::Review || from.status == TaskStatus::Review {
        return None;
    }
    match mover {
        Mover::Worker(worker) => Some(Assignee::Agent(worker)),
        Mover::Person => from.assignee.filter(|_| from.held_by_person()),
        Mover::Lead => None,
    }
}

/// Who is to be told of a move, besides the streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The lead: nobody has the task any more.
    BackInInbox,
    /// This agent: the task is yours.
    Assigned(AgentId),
    /// This agent: the review wants changes.
    Rework(AgentId),
}

/// Who is to be told that a task moved `from` one place `to` another.
pub fn notice(mover: Mover, from: &Placement, to: &Placement) -> Option<Notice> {
    let changed = to.assignee != from.assignee;
    match (mover, to.assignee) {
        (Mover::Lead, Some(Assignee::Agent(agent))) if changed => {
            let given_back = from.status == TaskStatus::Review && to.status == TaskStatus::Inbox;
            Some(if given_back { Notice::Rework(agent) } else { Notice::Assigned(agent) })
        }
        (Mover::Lead, _) => None,
        (_, None) if to.status == TaskStatus::Inbox && (changed || from.status != TaskStatus::Inbox) => {
            Some(Notice::BackInInbox)
        }
        (mover, Some(Assignee::Agent(agent))) if changed && mover != Mover::Worker(agent) => {
            Some(Notice::Assigned(agent))
        }
        _ => None,
    }
}
