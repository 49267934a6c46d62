//! A fleet with a worker, an organization with an owner, and simulated gateways.

use std::time::Duration;

use mission_control_core::config::Settings;
use mission_control_core::id::{AgentId, BoardId, GatewayId, JobId};
use mission_control_core::models::{
    Agent, AgentMessage, Approval, ApprovalStatus, Board, Gateway, Job, JobState, Lane, MessageState,
    OrgRole, Organization, OrganizationMember, User,
};
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents::{CreatedBy, NewAgent};
use mission_control_fleet::approvals::{self as inbox, Decision};
use mission_control_fleet::gateways::NewGateway;
use mission_control_fleet::jobs::{Attempt, JobError};
use mission_control_fleet::{Caller, Fleet, FleetError, Reply, agents, boards, gateways, handlers};
use mission_control_gateway_rpc::{Client, ConnectOptions};
use mission_control_shapes::ReconcileReport;
use mission_control_simulator::{AgentBehaviour, FaultScript, GatewayProfile, Simulator, SimulatorConfig};
use mission_control_store::jobs::{Cancellation, JobFilter, NewJob};
use mission_control_store::messages::MessageFilter;
use mission_control_store::{
    Page, StoreError, Tx, approvals, jobs as job_rows, members, messages, organizations, users,
};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::wait::wait_until;
use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct World {
    pub(crate) fleet: Fleet,
    pub(crate) caller: Caller,
    worker: tokio::task::JoinHandle<()>,
    _database: ScratchDatabase,
    _data: TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        self.worker.abort();
    }
}

impl World {
    pub(crate) async fn new(backend: Backend) -> Self {
        Self::with(backend, &[]).await
    }

    /// With these variables beside those of every test.
    pub(crate) async fn with(backend: Backend, variables: &[(&str, &str)]) -> Self {
        let database = ScratchDatabase::migrated(backend);
        let data = tempfile::tempdir().unwrap();
        let fleet = Fleet::open(&settings(&data, database.url(), variables)).await.unwrap();
        let caller = organization(&fleet).await;
        let worker = tokio::spawn(work(fleet.clone()));
        Self { fleet, caller, worker, _database: database, _data: data }
    }

    pub(crate) async fn gateway(&self, simulator: &Simulator) -> Gateway {
        done(gateways::create(&self.fleet, self.caller, registration(simulator)).await.unwrap())
    }

    pub(crate) async fn board(&self, gateway: GatewayId, name: &str) -> Board {
        let mut board = Board::new(self.caller.organization, name, "slug");
        board.gateway_id = Some(gateway);
        boards::create(&self.fleet, self.caller, board).await.unwrap()
    }

    pub(crate) async fn create_agent(&self, board: BoardId, name: &str) -> Result<Reply<Agent>, FleetError> {
        let new = NewAgent { board_id: Some(board), name: name.to_owned(), ..NewAgent::default() };
        agents::create(&self.fleet, self.caller, new, CreatedBy::User).await
    }

    /// From now on jobs stay where they are.
    pub(crate) fn stop_worker(&self) {
        self.worker.abort();
    }

    /// Jobs are taken again, those included that lost their way to a lane.
    pub(crate) async fn start_worker(&mut self) {
        self.worker = tokio::spawn(work(self.fleet.clone()));
        let now = Timestamp::now();
        for lane in [Lane::Interactive, Lane::Bulk] {
            let due: Result<_, StoreError> =
                self.fleet.db().read(move |conn| job_rows::due(conn, lane, now, &[], 100)).await;
            for job in due.unwrap() {
                self.fleet.queue().offer(job.lane, job.id);
            }
        }
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.fleet.db().write(change).await.unwrap()
    }

    /// Looks at the gateway's agents now.
    pub(crate) async fn reconcile(&self, gateway: GatewayId) -> ReconcileReport {
        done(gateways::reconcile(&self.fleet, self.caller, gateway).await.unwrap())
    }

    pub(crate) async fn agent(&self, id: AgentId) -> Agent {
        let found: Result<Option<Agent>, StoreError> =
            self.fleet.db().read(move |conn| mission_control_store::agents::find(conn, id)).await;
        found.unwrap().unwrap()
    }

    pub(crate) async fn main_of(&self, gateway: GatewayId) -> Agent {
        let found: Result<Option<Agent>, StoreError> =
            self.fleet.db().read(move |conn| mission_control_store::agents::main_of(conn, gateway)).await;
        found.unwrap().unwrap()
    }

    pub(crate) async fn job(&self, id: JobId) -> Job {
        let found: Result<Option<Job>, StoreError> =
            self.fleet.db().read(move |conn| job_rows::find(conn, id)).await;
        found.unwrap().unwrap()
    }

    /// The waiting jobs of a kind.
    pub(crate) async fn waiting(&self, kind: &str) -> Vec<Job> {
        let waiting =
            JobFilter { state: Some(JobState::Queued), kind: Some(kind.to_owned()), ..JobFilter::default() };
        let listed: Result<_, StoreError> =
            self.fleet.db().read(move |conn| job_rows::list(conn, &waiting, Page::ALL)).await;
        listed.unwrap().items
    }

    /// Has a job of this kind done that asks for nothing more, as the schedule does.
    pub(crate) async fn run_job(&self, kind: &'static str) {
        let job = self.write(move |tx| job_rows::enqueue(tx, NewJob::new(kind, json!({})))).await;
        wait_until("the job to be done", PATIENCE, async || self.job(job).await.result).await;
    }

    /// What was asked on a board, or decided.
    pub(crate) async fn inbox(&self, board: BoardId) -> Vec<Approval> {
        let listed: Result<_, StoreError> =
            self.fleet.db().read(move |conn| approvals::list(conn, board, None, Page::ALL)).await;
        listed.unwrap().items
    }

    /// The owner decides.
    pub(crate) async fn decide(&self, approval: &Approval, status: ApprovalStatus) {
        let by = self.caller.user.unwrap();
        let decision = Decision { status: Some(status), reason: None, by, seen: Seen::WHATEVER };
        inbox::decide(&self.fleet, approval.board_id, approval.id, decision).await.unwrap();
    }

    /// Takes a job as a worker would.
    pub(crate) async fn lease(&self, id: JobId) -> Job {
        let leased = self.write(move |tx| job_rows::lease(tx, &[id], "dies", Duration::from_secs(60))).await;
        leased.into_iter().next().unwrap()
    }

    /// Runs a job as a worker would, without writing down how it ended.
    pub(crate) async fn run(&self, job: &Job) -> Result<serde_json::Value, JobError> {
        let attempt = Attempt::new(self.fleet.db().clone(), job.clone(), CancellationToken::new());
        handlers::run(&self.fleet, &attempt).await
    }

    /// Looks now whether the agent checked in, instead of at its deadline.
    pub(crate) async fn look_at(&self, agent: AgentId) -> serde_json::Value {
        let mut jobs = self.waiting("agent.check_in").await;
        jobs.retain(|job| job.payload["agent"] == agent.to_string());
        assert_eq!(jobs.len(), 1, "{jobs:?}");
        let job = jobs[0].clone();
        let result = self.run(&job).await.unwrap();
        let id = job.id;
        let cancelled: Result<Cancellation, StoreError> =
            self.fleet.db().write(move |tx| job_rows::cancel(tx, id)).await;
        assert!(matches!(cancelled.unwrap(), Cancellation::Done(_)));
        result
    }

    /// The messages to an agent, the newest first.
    pub(crate) async fn messages(&self, agent: AgentId) -> Vec<AgentMessage> {
        let filter = MessageFilter { agent_id: Some(agent), ..MessageFilter::of(self.caller.organization) };
        let listed: Result<_, StoreError> =
            self.fleet.db().read(move |conn| messages::list(conn, filter, Page::ALL)).await;
        listed.unwrap().items
    }

    /// Waits until the newest message to an agent got that far.
    pub(crate) async fn message_when(&self, agent: AgentId, state: MessageState) -> AgentMessage {
        wait_until(&format!("the message to be {state}"), PATIENCE, async || {
            self.messages(agent).await.into_iter().next().filter(|message| message.state == state)
        })
        .await
    }

    /// Looks now for the last time whether the newest message to an agent started a turn, instead of a minute later.
    pub(crate) async fn look_after_message(&self, agent: AgentId) -> serde_json::Value {
        let mut jobs = self.waiting("agent.receipt").await;
        jobs.retain(|job| job.payload["agent"] == agent.to_string());
        let job = jobs.iter().max_by_key(|job| job.created_at).unwrap();
        self.run(&Job { attempts: 3, ..job.clone() }).await.unwrap()
    }

    /// Waits until the agent passes the test.
    pub(crate) async fn wait_for_agent(
        &self,
        what: &str,
        id: AgentId,
        test: impl Fn(&Agent) -> bool,
    ) -> Agent {
        wait_until(what, PATIENCE, async || {
            let agent = self.agent(id).await;
            test(&agent).then_some(agent)
        })
        .await
    }
}

pub(crate) fn settings(data: &TempDir, database: &str, variables: &[(&str, &str)]) -> Settings {
    let own = [
        ("MISSION_CONTROL_DATA_DIR", data.path().to_str().unwrap()),
        ("DATABASE_URL", database),
        ("DB_AUTO_MIGRATE", "true"),
        ("BASE_URL", "http://127.0.0.1:9"),
        ("RQ_DISPATCH_THROTTLE_SECONDS", "1"),
        ("RQ_DISPATCH_RETRY_BASE_SECONDS", "0.3"),
        ("RQ_DISPATCH_RETRY_MAX_SECONDS", "1"),
    ];
    Settings::from_env(own.iter().chain(variables).copied()).unwrap()
}

async fn organization(fleet: &Fleet) -> Caller {
    let organization = Organization::new("Test");
    let mut user = User::new("tester");
    user.name = Some("Sam Jones".to_owned());
    let caller = Caller { organization: organization.id, user: Some(user.id) };
    let written: Result<(), StoreError> = fleet
        .db()
        .write(move |tx| {
            organizations::insert(tx, &organization)?;
            users::get_or_insert(tx, &user)?;
            members::insert(tx, &OrganizationMember::new(organization.id, user.id, OrgRole::Owner))
        })
        .await;
    written.unwrap();
    caller
}

pub(crate) fn registration(simulator: &Simulator) -> NewGateway {
    NewGateway {
        name: "Home".to_owned(),
        url: simulator.url(),
        token: simulator.token().map(|token| SecretString::from(token.to_owned())),
        workspace_root: "/srv/openclaw/".to_owned(),
        allow_insecure_tls: false,
        disable_device_pairing: false,
    }
}

/// A gateway whose restarts are quick and whose agents answer in the chat only.
pub(crate) async fn simulator(profile: GatewayProfile, faults: FaultScript) -> Simulator {
    Simulator::start(SimulatorConfig {
        profile: GatewayProfile { restart_delay: Duration::from_millis(300), ..profile },
        agent_behaviour: AgentBehaviour::Silent,
        faults,
        ..SimulatorConfig::default()
    })
    .await
    .unwrap()
}

#[track_caller]
pub(crate) fn done<T>(reply: Reply<T>) -> T {
    match reply {
        Reply::Done(value) => value,
        Reply::Accepted { job, .. } => panic!("{job:?} is still running"),
    }
}

/// An operator's own connection to the gateway.
pub(crate) async fn operator(simulator: &Simulator) -> Client {
    let options = ConnectOptions::new(&simulator.url()).unwrap().token(simulator.token().unwrap());
    Client::connect(options).await.unwrap()
}

/// How many requests of a method succeeded.
pub(crate) fn count(simulator: &Simulator, method: &str) -> usize {
    simulator.log().iter().filter(|request| request.method == method).count()
}

/// A worker as simple as can be: one task per job, quick retries.
async fn work(fleet: Fleet) {
    let lease = Duration::from_secs(120);
    loop {
        let message = fleet.queue().receive(&[Lane::Interactive, Lane::Bulk], lease).await;
        let fleet = fleet.clone();
        tokio::spawn(async move {
            let id = message.job;
            let leased: Result<Vec<Job>, StoreError> =
                fleet.db().write(move |tx| job_rows::lease(tx, &[id], "test", lease)).await;
            for job in leased.unwrap() {
                let attempt = Attempt::new(fleet.db().clone(), job.clone(), CancellationToken::new());
                let outcome = handlers::run(&fleet, &attempt).await;
                record(&fleet, job, outcome).await;
            }
            fleet.queue().done(&message).await;
        });
    }
}

async fn record(fleet: &Fleet, job: Job, outcome: Result<serde_json::Value, JobError>) {
    let (id, attempt) = (job.id, job.attempts);
    let soon = Timestamp::now().plus(Duration::from_millis(500));
    let dead = match &outcome {
        Err(JobError::Fatal(why)) => Some(why.clone()),
        Err(JobError::Retry(why)) if job.attempts >= job.max_attempts => Some(why.clone()),
        _ => None,
    };
    if let Some(why) = &dead {
        handlers::gave_up(fleet, &job, why).await.unwrap();
    }
    let written: Result<bool, StoreError> = fleet
        .db()
        .write(move |tx| match (dead, outcome) {
            (Some(why), _) => job_rows::bury(tx, id, attempt, &why),
            (None, Ok(result)) => job_rows::complete(tx, id, attempt, Some(result)),
            (None, Err(JobError::Later { reason, after })) => {
                job_rows::postpone(tx, id, attempt, Timestamp::now().plus(after), &reason)
            }
            (None, Err(error)) => job_rows::retry_at(tx, id, attempt, soon, &error.to_string().into()),
        })
        .await;
    written.unwrap();
}
