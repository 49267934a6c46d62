//! What there is to do in the demo: enough to see tasks taken, discussed, reviewed and approved.

use mission_control_core::id::{BoardId, TaskId, UserId};
use mission_control_core::models::TaskStatus;
use mission_control_fleet::tasks::{self, Actor, NewTask, TaskError};
use mission_control_fleet::{Caller, Fleet};
use mission_control_store::Page;
use mission_control_store::tasks::TaskFilter;
use serde_json::Map;

/// Title, description, priority. The last task waits for the one before it.
const TASKS: [(&str, &str, &str); 5] = [
    (
        "Find out why the nightly export is slow",
        "It took 40 minutes last week and takes two hours now. Name the step that got slower, and what would help.",
        "high",
    ),
    (
        "Write a welcome page for new customers",
        "Three steps from the first login to the first report, in plain words.",
        "medium",
    ),
    (
        "Compare two providers for outgoing e-mail",
        "Price at 100 000 messages a month, how failures are reported, and how hard the move would be.",
        "low",
    ),
    (
        "Collect the most frequent questions to support",
        "The ten most frequent ones of the last month, with how often they were asked.",
        "medium",
    ),
    (
        "Answer the most frequent questions in the help pages",
        "One short page per question. Begins when the questions are collected.",
        "medium",
    ),
];

/// Gives the board its tasks, if it never had any.
pub(super) async fn seed(fleet: &Fleet, caller: Caller, board: BoardId) -> Result<(), TaskError> {
    let Some(user) = caller.user else { return Ok(()) };
    let filter = TaskFilter::of(board);
    if tasks::list(fleet, filter, Page::first(1)).await?.total > 0 {
        return Ok(());
    }
    let mut previous: Option<TaskId> = None;
    for (position, (title, description, priority)) in TASKS.into_iter().enumerate() {
        let waits_for = previous.filter(|_| position + 1 == TASKS.len());
        let task = task(title, description, priority, waits_for, user);
        previous = Some(tasks::create(fleet, board, Actor::Person(user), task).await?.id);
    }
    Ok(())
}

fn task(title: &str, description: &str, priority: &str, waits_for: Option<TaskId>, user: UserId) -> NewTask {
    NewTask {
        title: title.to_owned(),
        description: Some(description.to_owned()),
        status: TaskStatus::Inbox,
        priority: priority.to_owned(),
        due_at: None,
        assignee: None,
        created_by_user_id: Some(user),
        depends_on_task_ids: waits_for.into_iter().collect(),
        tag_ids: Vec::new(),
        custom_field_values: Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use mission_control_core::config::Settings;
    use mission_control_core::models::Board;
    use mission_control_fleet::local_user;
    use mission_control_store::{StoreError, boards};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_board_gets_its_tasks_once_and_the_last_one_waits() {
        let dir = tempfile::tempdir().unwrap();
        let data_dir = dir.path().to_str().unwrap();
        let variables =
            [("MISSION_CONTROL_DATA_DIR", data_dir), ("DB_AUTO_MIGRATE", "true"), ("BASE_URL", "http://h")];
        let settings = Settings::from_env(variables).unwrap();
        let fleet = Fleet::open(&settings).await.unwrap();
        let caller = local_user::caller(&fleet).await.unwrap();
        let board = Board::new(caller.organization, "Demo", "demo");
        let id = board.id;
        let written: Result<Board, StoreError> = fleet.db().write(move |tx| boards::insert(tx, &board)).await;
        written.unwrap();

        seed(&fleet, caller, id).await.unwrap();
        seed(&fleet, caller, id).await.unwrap();

        let filter = TaskFilter::of(id);
        let found = tasks::list(&fleet, filter, Page::ALL).await.unwrap();
        assert_eq!(found.total, 5);
        let blocked: Vec<&str> =
            found.items.iter().filter(|task| task.is_blocked).map(|task| task.title.as_str()).collect();
        assert_eq!(blocked, ["Answer the most frequent questions in the help pages"]);
    }
}
