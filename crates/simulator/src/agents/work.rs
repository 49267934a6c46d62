//! What a working agent does on a board, one step per heartbeat.

use serde_json::{Value, json};

use super::api::{AgentApi, ApiError};

/// Does the next step and says what it was; `None` when there is nothing to do.
/// `agent` is the answer to the check-in.
pub(super) async fn step(api: &AgentApi<'_>, agent: &Value) -> Result<Option<String>, ApiError> {
    let (Some(board), Some(id)) = (text(agent, "board_id"), text(agent, "id")) else { return Ok(None) };
    if agent.get("is_board_lead").and_then(Value::as_bool).unwrap_or(false) {
        lead(api, board).await
    } else {
        worker(api, board, id).await
    }
}

/// Finishes the task in hand, or takes one: its own first, then an unassigned one.
async fn worker(api: &AgentApi<'_>, board: &str, id: &str) -> Result<Option<String>, ApiError> {
    if let Some(task) = first_task(api, board, &format!("status=in_progress&assigned_agent_id={id}")).await? {
        return progress(api, board, &task).await;
    }
    let mine = first_task(api, board, &format!("status=inbox&assigned_agent_id={id}")).await?;
    let task = match mine {
        Some(task) => Some(task),
        None => first_task(api, board, "status=inbox&unassigned=true").await?,
    };
    let Some(task) = task else { return Ok(None) };
    // A worker claims an unassigned task by starting it.
    let body = json!({"status": "in_progress", "comment": format!("Starting on \"{}\".", task.title)});
    api.patch(&task.path(board), body).await?;
    Ok(Some(format!("I started \"{}\".", task.title)))
}

/// Comments on the task in hand, and every other time hands it over for review.
async fn progress(api: &AgentApi<'_>, board: &str, task: &Task) -> Result<Option<String>, ApiError> {
    if rand::random::<bool>() {
        let message = format!("Progress on \"{}\": {}", task.title, pick(NOTES));
        say(api, board, task, &message).await?;
        return Ok(Some(message));
    }
    let comment = format!("Done: {} Ready for review.", pick(RESULTS));
    api.patch(&task.path(board), json!({"status": "review", "comment": comment})).await?;
    Ok(Some(format!("I handed \"{}\" over for review.", task.title)))
}

/// Follows the decision about a task in review, or asks for one.
async fn lead(api: &AgentApi<'_>, board: &str) -> Result<Option<String>, ApiError> {
    let page = api.get(&format!("boards/{board}/tasks?status=review&limit=20")).await?;
    let tasks: Vec<Task> = items(&page).filter_map(Task::read).collect();
    if tasks.is_empty() {
        return Ok(None);
    }
    let approvals = api.get(&format!("boards/{board}/approvals?limit=100")).await?;
    for task in tasks {
        // The newest comes first. What was decided before the task came back was about other work.
        let latest = items(&approvals).find(|approval| task.is_subject_of(approval));
        let latest = latest.filter(|approval| {
            text(approval, "resolved_at").is_none_or(|decided| decided > task.updated_at.as_str())
        });
        match latest.and_then(|approval| text(approval, "status")) {
            None => return ask(api, board, &task).await,
            Some("approved") => return close(api, board, &task).await,
            Some("rejected") => return send_back(api, board, &task).await,
            Some(_) => {}
        }
    }
    Ok(None)
}

async fn close(api: &AgentApi<'_>, board: &str, task: &Task) -> Result<Option<String>, ApiError> {
    say(api, board, task, "Approved, closing.").await?;
    api.patch(&task.path(board), json!({"status": "done"})).await?;
    Ok(Some(format!("I closed \"{}\".", task.title)))
}

async fn send_back(api: &AgentApi<'_>, board: &str, task: &Task) -> Result<Option<String>, ApiError> {
    say(api, board, task, "Not approved: please look at the open points once more.").await?;
    api.patch(&task.path(board), json!({"status": "inbox"})).await?;
    Ok(Some(format!("I sent \"{}\" back.", task.title)))
}

async fn say(api: &AgentApi<'_>, board: &str, task: &Task, message: &str) -> Result<(), ApiError> {
    api.post(&format!("{}/comments", task.path(board)), json!({"message": message})).await.map(drop)
}

async fn ask(api: &AgentApi<'_>, board: &str, task: &Task) -> Result<Option<String>, ApiError> {
    let reasoning = format!("\"{}\" is in review and meets its acceptance criteria.", task.title);
    let body = json!({
        "action_type": "task.complete",
        "confidence": 60.0 + (rand::random::<f64>() * 30.0).round(),
        "lead_reasoning": reasoning,
        "payload": {"reason": reasoning},
        "rubric_scores": {"clarity": 40, "risk": 30, "completeness": 30},
        "task_id": task.id,
    });
    api.post(&format!("boards/{board}/approvals"), body).await?;
    Ok(Some(format!("I asked for an approval of \"{}\".", task.title)))
}

struct Task {
    id: String,
    title: String,
    updated_at: String,
    is_blocked: bool,
}

impl Task {
    fn read(task: &Value) -> Option<Self> {
        Some(Self {
            id: text(task, "id")?.to_owned(),
            title: text(task, "title")?.to_owned(),
            updated_at: text(task, "updated_at").unwrap_or_default().to_owned(),
            is_blocked: task.get("is_blocked").and_then(Value::as_bool).unwrap_or(false),
        })
    }

    fn is_subject_of(&self, approval: &Value) -> bool {
        let mut ids = approval.get("task_ids").and_then(Value::as_array).into_iter().flatten();
        text(approval, "task_id") == Some(&self.id) || ids.any(|id| id.as_str() == Some(&self.id))
    }

    fn path(&self, board: &str) -> String {
        format!("boards/{board}/tasks/{}", self.id)
    }
}

/// The oldest task that can be worked on: the list has the newest first.
async fn first_task(api: &AgentApi<'_>, board: &str, filter: &str) -> Result<Option<Task>, ApiError> {
    let page = api.get(&format!("boards/{board}/tasks?{filter}&limit=100")).await?;
    Ok(items(&page).filter_map(Task::read).filter(|task| !task.is_blocked).last())
}

fn items(page: &Value) -> impl Iterator<Item = &Value> {
    page.get("items").and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn pick<'a>(choices: &[&'a str]) -> &'a str {
    let index = (rand::random::<f64>() * choices.len() as f64) as usize;
    choices.get(index).copied().unwrap_or_default()
}

const NOTES: &[&str] = &[
    "read the requirements and listed the open questions.",
    "drafted a first version; checking the edge cases now.",
    "found a simpler way, rewriting the middle part.",
    "tests pass locally, tidying up.",
];
const RESULTS: &[&str] = &[
    "implemented and covered by tests.",
    "written up with examples.",
    "reproduced, fixed, and guarded by a regression test.",
    "compared the options; the recommendation is in the first paragraph.",
];
