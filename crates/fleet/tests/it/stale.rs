//! Stale tasks: nothing stays in progress for ever, and nothing is taken from an agent that is at work.

use std::time::Duration;

use mission_control_core::id::{AgentId, GatewayId, TaskId};
use mission_control_core::models::{
    ActivityEvent, Agent, AgentChanges, AgentStatus, ApprovalStatus, Board, BoardChanges, BoardStaleRule,
    ConnectionState, Gateway, GatewayObservation, MessageKind, StaleCause, StaleRule, StaleTask, Task,
    TaskStatus,
};
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_fleet::tasks::{self as work, Actor, TaskPatch};
use mission_control_shapes::TaskRead;
use mission_control_store::jobs::NewJob;
use mission_control_store::messages::MessageFilter;
use mission_control_store::tasks::{comments, stale};
use mission_control_store::{
    Page, StoreError, activity, agents as agent_rows, boards as board_rows, gateways as gateway_rows,
    jobs as job_rows, messages, tasks,
};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::json;

use super::support::{PATIENCE, World};

const MINUTE: Duration = Duration::from_secs(60);

struct Scene {
    world: World,
    gateway: GatewayId,
    board: Board,
    ada: AgentId,
    task: TaskId,
}

impl Scene {
    /// A board with this rule, on which Ada, silent for an hour, has a task in progress.
    async fn new(backend: Backend, rule: StaleRule) -> Self {
        let world = World::new(backend).await;
        let organization = world.caller.organization;
        let gateway = Gateway::new(organization, "Home", "ws://127.0.0.1:9", "~");
        let mut board = Board::new(organization, "Ship", "ship");
        board.gateway_id = Some(gateway.id);
        let lead = Agent {
            board_id: Some(board.id),
            is_board_lead: true,
            last_seen_at: Some(Timestamp::now()),
            status: AgentStatus::Online,
            openclaw_session_id: Some("lead".to_owned()),
            ..Agent::new(gateway.id, "Lead")
        };
        let ada = Agent {
            board_id: Some(board.id),
            last_seen_at: Some(Timestamp::now().minus(MINUTE * 60)),
            status: AgentStatus::Online,
            openclaw_session_id: Some("ada".to_owned()),
            ..Agent::new(gateway.id, "Ada")
        };
        let task = Task {
            status: TaskStatus::InProgress,
            assigned_agent_id: Some(ada.id),
            in_progress_at: Some(Timestamp::now().minus(MINUTE * 90)),
            ..Task::new(board.id, "Write the notes")
        };
        let (gateway_id, row, ada_id, task_id) = (gateway.id, board.clone(), ada.id, task.id);
        world
            .write(move |tx| {
                gateway_rows::insert(tx, &gateway)?;
                board_rows::insert(tx, &row)?;
                agent_rows::insert(tx, &lead)?;
                agent_rows::insert(tx, &ada)?;
                tasks::insert(tx, &task)?;
                stale::save_rule(
                    tx,
                    &BoardStaleRule { rule, ..BoardStaleRule::usual(row.id, row.created_at) },
                )?;
                let said = ActivityEvent::new(comments::KIND, "Half of it is written.");
                activity::record(tx, &said.agent(ada.id).board(row.id).task(task.id))
            })
            .await;
        Self { world, gateway: gateway_id, board, ada: ada_id, task: task_id }
    }

    async fn look(&self) {
        self.world.run_job("tasks.stale").await;
    }

    async fn mark(&self) -> Option<StaleTask> {
        let task = self.task;
        let read: Result<_, StoreError> =
            self.world.fleet.db().read(move |conn| stale::of_task(conn, task)).await;
        read.unwrap()
    }

    /// The board's time passes.
    async fn let_time_pass(&self) {
        let mut mark = self.mark().await.unwrap();
        mark.marked_at = mark.marked_at.minus(MINUTE * 31);
        self.world.write(move |tx| stale::mark(tx, &mark)).await;
    }

    async fn ada(&self, changes: AgentChanges) {
        let ada = self.ada;
        self.world.write(move |tx| agent_rows::update(tx, ada, &changes)).await;
    }

    async fn comes_back(&self) {
        self.ada(AgentChanges { last_seen_at: Some(Some(Timestamp::now())), ..AgentChanges::default() })
            .await;
    }

    async fn read(&self) -> TaskRead {
        let (board, task) = (self.board.id, self.task);
        let read: Result<_, StoreError> = self
            .world
            .fleet
            .db()
            .read(move |conn| {
                let row = tasks::find_on(conn, board, task)?;
                work::reads(conn, board, row.into_iter().collect())
            })
            .await;
        read.unwrap().remove(0)
    }

    async fn is_adas(&self) -> bool {
        let read = self.read().await;
        (read.status, read.assigned_agent_id) == (TaskStatus::InProgress, Some(self.ada))
    }

    async fn said(&self) -> Vec<String> {
        let task = self.task;
        let read: Result<_, StoreError> =
            self.world.fleet.db().read(move |conn| comments::texts(conn, task)).await;
        read.unwrap()
    }

    async fn told(&self, kind: MessageKind) -> usize {
        let (organization, task) = (self.world.caller.organization, self.task);
        let filter = MessageFilter::of(organization);
        let listed: Result<_, StoreError> =
            self.world.fleet.db().read(move |conn| messages::list(conn, filter, Page::ALL)).await;
        let items = listed.unwrap().items;
        items.iter().filter(|message| message.kind == kind && message.task_id == Some(task)).count()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_of_a_silent_agent_is_marked_and_after_the_boards_time_it_is_nobodys_and_the_next_one_knows_why(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend, StaleRule::Release).await;
    scene.look().await;
    assert!(scene.is_adas().await, "not before it was marked");
    assert_eq!(scene.read().await.stale.map(|stale| stale.cause), Some(StaleCause::Silent));
    scene.look().await;
    assert!(scene.is_adas().await, "not before the time of the board");

    scene.let_time_pass().await;
    scene.look().await;
    let read = scene.read().await;
    assert_eq!((read.status, read.assigned_agent_id, read.stale), (TaskStatus::Inbox, None, None));
    let said = scene.said().await;
    assert!(said[0].contains("took this task back from Ada") && said[0].contains("silent since"), "{said:?}");
    assert!(said[0].contains("Half of it is written."), "{said:?}");
    assert_eq!(scene.told(MessageKind::Task).await, 1, "the lead finds a new owner");
    assert_eq!(scene.told(MessageKind::Notice).await, 1, "Ada knows that she does not have it any more");

    scene.look().await;
    assert_eq!(scene.said().await.len(), 2, "to look again changes nothing");
    let next = Agent {
        board_id: Some(scene.board.id),
        last_seen_at: Some(Timestamp::now()),
        status: AgentStatus::Online,
        ..Agent::new(scene.gateway, "Bo")
    };
    let row = next.clone();
    scene.world.write(move |tx| agent_rows::insert(tx, &row)).await;
    let claimed = work::claim(&scene.world.fleet, scene.board.id, scene.task, next.clone()).await.unwrap();
    assert_eq!((claimed.assigned_agent_id, claimed.stale), (Some(next.id), None));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_workers_that_look_at_once_release_a_task_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend, StaleRule::Release).await;
    scene.look().await;
    scene.let_time_pass().await;
    let (one, other) = scene
        .world
        .write(|tx| {
            let job = || NewJob::new("tasks.stale", json!({}));
            Ok((job_rows::enqueue(tx, job())?, job_rows::enqueue(tx, job())?))
        })
        .await;
    for job in [one, other] {
        wait_until("both looks", PATIENCE, async || scene.world.job(job).await.result).await;
    }
    assert_eq!(scene.said().await.len(), 2, "one comment of Ada, one about her");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_comes_back_in_time_keeps_its_task() {
    let scene = Scene::new(Backend::Sqlite, StaleRule::Release).await;
    scene.look().await;
    scene.let_time_pass().await;
    scene.comes_back().await;
    scene.look().await;
    assert!(scene.is_adas().await);
    assert_eq!(scene.mark().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_usual_rule_a_task_is_marked_and_stays_whatever_the_cause() {
    let scene = Scene::new(Backend::Sqlite, StaleRule::Keep).await;
    let paused = Timestamp::now().minus(MINUTE * 5);
    let causes = [
        (AgentChanges::default(), StaleCause::Silent),
        (AgentChanges { status: Some(AgentStatus::Offline), ..AgentChanges::default() }, StaleCause::GivenUp),
        (AgentChanges { paused_at: Some(Some(paused)), ..AgentChanges::default() }, StaleCause::Paused),
        (
            AgentChanges { status: Some(AgentStatus::Deleting), ..AgentChanges::default() },
            StaleCause::Deleting,
        ),
    ];
    for (changes, cause) in causes {
        scene.ada(changes).await;
        scene.look().await;
        assert_eq!(scene.mark().await.map(|mark| mark.cause), Some(cause));
        scene.let_time_pass().await;
        scene.look().await;
        assert!(scene.is_adas().await, "{cause}");
    }
    assert_eq!(scene.world.inbox(scene.board.id).await, []);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn people_are_asked_once_and_what_they_say_is_done(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend, StaleRule::Escalate).await;
    scene.look().await;
    scene.let_time_pass().await;
    scene.look().await;
    scene.look().await;
    let asked = scene.world.inbox(scene.board.id).await;
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].action_type.as_str(), asked[0].status), ("stale_task", ApprovalStatus::Pending));
    assert!(scene.is_adas().await);
    assert_eq!(scene.read().await.stale.and_then(|stale| stale.approval_id), Some(asked[0].id));
    assert_eq!(scene.told(MessageKind::Task).await, 1, "the lead is told");

    scene.world.decide(&asked[0], ApprovalStatus::Rejected).await;
    scene.look().await;
    assert!(scene.is_adas().await);
    assert_eq!(scene.world.inbox(scene.board.id).await.len(), 1, "nobody is asked again");

    scene.comes_back().await;
    scene.look().await;
    let hour_ago = Timestamp::now().minus(MINUTE * 60);
    scene.ada(AgentChanges { last_seen_at: Some(Some(hour_ago)), ..AgentChanges::default() }).await;
    scene.look().await;
    scene.let_time_pass().await;
    scene.look().await;
    let pending = scene
        .world
        .inbox(scene.board.id)
        .await
        .into_iter()
        .find(|asked| asked.status == ApprovalStatus::Pending)
        .unwrap();
    scene.world.decide(&pending, ApprovalStatus::Approved).await;
    let read = scene.read().await;
    assert_eq!((read.status, read.assigned_agent_id), (TaskStatus::Inbox, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_withdrawn_when_the_agent_is_back_or_somebody_moves_or_deletes_the_task() {
    for moved in ["back", "moved", "deleted"] {
        let scene = Scene::new(Backend::Sqlite, StaleRule::Escalate).await;
        scene.look().await;
        scene.let_time_pass().await;
        scene.look().await;
        assert_eq!(scene.world.inbox(scene.board.id).await.len(), 1);
        let person = Actor::Person(scene.world.caller.user.unwrap());
        let (fleet, board, task) = (&scene.world.fleet, scene.board.id, scene.task);
        match moved {
            "back" => scene.comes_back().await,
            "moved" => {
                let back = TaskPatch { status: Some(TaskStatus::Inbox), ..TaskPatch::default() };
                let read = work::update(fleet, board, task, person, Seen::WHATEVER, back).await.unwrap();
                assert_eq!(read.stale, None, "at once");
            }
            _ => work::delete(fleet, board, task, person).await.unwrap(),
        }
        scene.look().await;
        assert_eq!(scene.world.inbox(scene.board.id).await[0].status, ApprovalStatus::Rejected, "{moved}");
        assert_eq!(scene.mark().await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_of_an_agent_whose_gateway_is_away_is_never_given_to_another() {
    let scene = Scene::new(Backend::Sqlite, StaleRule::Release).await;
    let gateway = scene.gateway;
    let down = GatewayObservation { connection_state: Some(ConnectionState::Down), ..Default::default() };
    scene.world.write(move |tx| gateway_rows::observe(tx, gateway, &down)).await;
    scene.look().await;
    assert_eq!(scene.mark().await.map(|mark| mark.cause), Some(StaleCause::GatewayAway));
    scene.let_time_pass().await;
    scene.look().await;
    assert!(scene.is_adas().await);
    assert_eq!(scene.world.inbox(scene.board.id).await.len(), 1, "people are asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_board_is_paused_its_tasks_stay_where_they_are() {
    let scene = Scene::new(Backend::Sqlite, StaleRule::Release).await;
    let (board, now) = (scene.board.id, Timestamp::now());
    scene
        .world
        .write(move |tx| {
            agent_rows::pause_board(tx, board, now)?;
            board_rows::update(tx, board, &BoardChanges { paused_at: Some(Some(now)), ..Default::default() })
        })
        .await;
    scene.look().await;
    assert_eq!(scene.mark().await.map(|mark| mark.cause), Some(StaleCause::Paused));
    scene.let_time_pass().await;
    scene.look().await;
    assert!(scene.is_adas().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_of_people_and_those_in_review_are_left_alone() {
    let scene = Scene::new(Backend::Sqlite, StaleRule::Release).await;
    let (board, ada, user) = (scene.board.id, scene.ada, scene.world.caller.user);
    let others = [
        Task { status: TaskStatus::InProgress, assigned_user_id: user, ..Task::new(board, "A person's") },
        Task { status: TaskStatus::Review, assigned_agent_id: Some(ada), ..Task::new(board, "Reviewed") },
    ];
    let ids = [others[0].id, others[1].id];
    scene.world.write(move |tx| others.iter().try_for_each(|task| tasks::insert(tx, task).map(drop))).await;
    scene.look().await;
    let marks: Result<_, StoreError> =
        scene.world.fleet.db().read(move |conn| stale::of_tasks(conn, &ids)).await;
    assert!(marks.unwrap().is_empty());
}
