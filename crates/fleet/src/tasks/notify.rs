//! What agents are told about tasks.

use std::collections::BTreeSet;

use mission_control_core::id::AgentId;
use mission_control_core::limits::TOLD_TASK;
use mission_control_core::models::{Agent, Board, MessageKind, Task, TaskStatus};
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::rules::fence;
use mission_control_core::rules::mentions::{self, Reached};
use mission_control_core::rules::task_status::Notice;
use mission_control_store::tasks::comments;
use mission_control_store::{StoreError, Tx, agents};

use super::Actor;
use crate::say::{Words, say};
use crate::text::{one_line, shortened};

/// Tells whom the rules say of a move.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    actor: &Actor,
    notice: Notice,
) -> Result<(), StoreError> {
    match notice {
        Notice::BackInInbox => back_in_inbox(tx, board, task),
        Notice::Assigned(agent) => match agents::find(tx, agent)? {
            Some(agent) => assigned(tx, board, task, actor, &agent),
            None => Ok(()),
        },
        Notice::Rework(agent) => match agents::find(tx, agent)? {
            Some(agent) => rework(tx, board, task, actor, &agent),
            None => Ok(()),
        },
    }
}

/// Tells the lead of a task that nobody has any more.
pub(super) fn back_in_inbox(tx: &mut Tx<'_>, board: &Board, task: &Task) -> Result<(), StoreError> {
    let Some(lead) = agents::lead_of(tx, board.id)? else { return Ok(()) };
    let advice = "Nobody has it now: find a new owner, or change the plan.";
    tell_lead(tx, board, task, &lead, ("TASK BACK IN INBOX", advice, "lead_unassigned"))
}

/// Tells the lead that people are asked about a task of which nothing comes.
pub(super) fn stale(tx: &mut Tx<'_>, board: &Board, task: &Task, why: &str) -> Result<(), StoreError> {
    let Some(lead) = agents::lead_of(tx, board.id)? else { return Ok(()) };
    let advice = format!(
        "Nothing comes of it: {why}. People are asked whether somebody else takes it; plan around it."
    );
    tell_lead(tx, board, task, &lead, ("TASK STALE", &advice, "lead_stale"))
}

/// Tells an agent that it does not have a task any more.
pub(super) fn taken_back(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    agent: &Agent,
) -> Result<(), StoreError> {
    let advice = "You did not work on it for too long, so it is nobody's now. Do not go on with it, unless you claim it again.";
    let text = format!("TASK TAKEN BACK\n{}\n\n{advice}", facts(board, task));
    send(tx, board, agent, Words::new(MessageKind::Notice, text).about(Some(task.id)), None)
}

/// Tells the lead of a task that a person created.
pub(super) fn created(tx: &mut Tx<'_>, board: &Board, task: &Task, lead: &Agent) -> Result<(), StoreError> {
    let advice = match task.assigned_user_id {
        None => "Decide who does it, what it waits for, or how the plan changes.",
        Some(_) => "A person does it: leave it to them, and plan the other tasks around it.",
    };
    tell_lead(tx, board, task, lead, ("NEW TASK ADDED", advice, "lead"))
}

fn tell_lead(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    lead: &Agent,
    (headline, advice, word): (&str, &str, &str),
) -> Result<(), StoreError> {
    let text = format!("{headline}\n{}\n\n{advice}", facts(board, task));
    let sent = format!("Lead agent notified for task: {}.", task.title);
    let words = Words::new(MessageKind::Task, text).about(Some(task.id));
    send(tx, board, lead, words, Some((word, sent, "Lead notify failed")))
}

/// Tells an agent that it has a task now.
pub(super) fn assigned(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    actor: &Actor,
    agent: &Agent,
) -> Result<(), StoreError> {
    let (headline, advice) = if task.status == TaskStatus::Review && agent.is_board_lead {
        (
            "TASK READY FOR LEAD REVIEW",
            "Look at what was delivered. Move the task to done, or say in a comment what is missing and move it to inbox.",
        )
    } else {
        ("TASK ASSIGNED", "Open the task, move it to in_progress when you begin, and report in its comments.")
    };
    let text = format!("{headline}\n{}\n\n{advice}", facts(board, task));
    let sent = format!("Agent notified for assignment: {}.", agent.name);
    let words = Words::new(MessageKind::Assignment, text).about(Some(task.id)).by(actor.agent_id());
    send(tx, board, agent, words, Some(("assignee", sent, "Assignee notify failed")))
}

/// Tells an agent what the review wants changed: what the reviewer said last.
fn rework(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    actor: &Actor,
    agent: &Agent,
) -> Result<(), StoreError> {
    let said = match actor.agent_id() {
        Some(reviewer) => {
            comments::latest_of(tx, task.id, Assignee::Agent(reviewer))?.map(|(text, _)| quoted(actor, &text))
        }
        None => None,
    };
    let wanted =
        said.filter(|text| !text.is_empty()).unwrap_or_else(|| "See the task's latest comments.".to_owned());
    let text = format!(
        "CHANGES REQUESTED\n{}\n\nWanted:\n{wanted}\n\nMake the changes, then move the task back to review.",
        facts(board, task)
    );
    let sent = format!("Assignee notified about requested changes: {}.", agent.name);
    let words = Words::new(MessageKind::Rework, text).about(Some(task.id)).by(actor.agent_id());
    send(tx, board, agent, words, Some(("rework", sent, "Rework notify failed")))
}

/// Tells the agents that a comment mentions, or the assignee when it mentions nobody; never its author.
pub(super) fn commented(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    actor: &Actor,
    said: &str,
    meant: BTreeSet<AgentId>,
) -> Result<(), StoreError> {
    let reached = mentions::reached_by_comment(meant, actor.agent_id(), task.assigned_agent_id);
    let (targets, kind, headline, why): (Vec<Agent>, _, _, _) = match reached {
        Reached::Nobody => return Ok(()),
        Reached::Assignee(assignee) => (
            agents::find(tx, assignee)?.into_iter().collect(),
            MessageKind::Comment,
            "NEW TASK COMMENT",
            "There is a new comment on your task.",
        ),
        Reached::Mentioned(meant) => (
            agents::of_board(tx, board.id)?.into_iter().filter(|agent| meant.contains(&agent.id)).collect(),
            MessageKind::Mention,
            "TASK MENTION",
            "A comment mentions you. If the task is not yours, answer in its comments and leave its status.",
        ),
    };
    let from = name_of(actor);
    for agent in &targets {
        let text = format!(
            "{headline}\nBoard: {}\nTask: {}\nTask ID: {}\nFrom: {}\n\n{why}\n\nComment:\n{}",
            one_line(&board.name),
            one_line(&task.title),
            task.id,
            one_line(from),
            quoted(actor, said)
        );
        let words = Words::new(kind, text).about(Some(task.id)).by(actor.agent_id());
        send(tx, board, agent, words, None)?;
    }
    Ok(())
}

fn facts(board: &Board, task: &Task) -> String {
    let mut lines = vec![
        format!("Board: {}", one_line(&board.name)),
        format!("Task: {}", one_line(&task.title)),
        format!("Task ID: {}", task.id),
        format!("Status: {}", task.status),
    ];
    let description = shortened(task.description.as_deref().unwrap_or_default(), TOLD_TASK);
    if !description.is_empty() {
        lines.push(format!("Description:\n{}", fence::words_of("whoever planned the task", &description)));
    }
    lines.join("\n")
}

fn name_of(actor: &Actor) -> &str {
    actor.agent().map_or("a person", |agent| &agent.name)
}

/// The beginning of what somebody said, as theirs.
fn quoted(actor: &Actor, said: &str) -> String {
    fence::words_of(name_of(actor), &shortened(said, TOLD_TASK))
}

/// Says it, if the board has a gateway. `trace`: the word in the kinds of activity, the text when it arrived, and when
/// it did not.
fn send(
    tx: &mut Tx<'_>,
    board: &Board,
    agent: &Agent,
    words: Words,
    trace: Option<(&str, String, &str)>,
) -> Result<(), StoreError> {
    if board.gateway_id.is_none() {
        return Ok(());
    }
    let words = match trace {
        Some((word, sent, failed)) => words.traced(
            (&format!("task.{word}_notified"), sent),
            (&format!("task.{word}_notify_failed"), failed.to_owned()),
        ),
        None => words,
    };
    say(tx, board.organization_id, agent, words)
}
