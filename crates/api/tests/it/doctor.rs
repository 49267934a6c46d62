//! Each fault is made, and the doctor names it; a system in order has no finding.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use mission_control_core::config::Settings;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{
    Agent, AgentStatus, Board, ConnectionState, DriftPolicy, Gateway, GatewayObservation, OrgRole,
    Organization, OrganizationMember, User,
};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_fleet::doctor::{apply, examine};
use mission_control_fleet::{Fleet, doctor};
use mission_control_simulator::{
    AgentBehaviour, Fault, FaultScript, GatewayProfile, Pairing, Simulator, SimulatorConfig, Trigger,
};
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::{
    Db, DbOptions, StoreError, Tx, agents, boards, gateways, leases, members, migrate, organizations, users,
};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_testkit::servers::{PostgresServer, PostgresSetup};
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::events::SECRETS_KEY;
use crate::scene::Scene;
use crate::server::{Server, TOKEN};

/// Another key than that of the tests.
const OTHER_KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// An installation with everything in order but a server that runs: its worker and its link have just said that they are
/// alive.
struct Ward {
    database: ScratchDatabase,
    data: TempDir,
    port: String,
    db: Db,
    organization: OrganizationId,
    gateway: Gateway,
    agent: Agent,
}

impl Ward {
    async fn new() -> Self {
        Self::on(ScratchDatabase::empty(Backend::Sqlite)).await
    }

    async fn on(database: ScratchDatabase) -> Self {
        let data = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let settings = settings(database.url(), &data, &port, &[]);
        migrate::up(&DbOptions::from(&settings.database)).await.unwrap();
        // The identity is made and sealed.
        Fleet::open(&settings).await.unwrap().shutdown();
        let (wakeups, _) = tokio::sync::mpsc::unbounded_channel();
        let db = Db::open(DbOptions::from(&settings.database), wakeups).await.unwrap();
        let organization = Organization::new("Home");
        let mut gateway = Gateway::new(organization.id, "Attic", "ws://127.0.0.1:1", "~");
        gateway.drift_policy = DriftPolicy::Report;
        let mut agent = Agent::new(gateway.id, "Ada");
        (agent.status, agent.last_seen_at) = (AgentStatus::Online, Some(Timestamp::now()));
        agent.token_digest = Some(agent_token::digest("right"));
        let ward = Self { database, data, port, db, organization: organization.id, gateway, agent };
        ward.write(move |tx| {
            organizations::insert(tx, &organization)?;
            let user = User {
                name: Some("Ada".into()),
                timezone: Some("UTC".into()),
                ..User::new("local-auth-user")
            };
            users::get_or_insert(tx, &user)?;
            members::insert(tx, &OrganizationMember::new(organization.id, user.id, OrgRole::Owner))?;
            leases::acquire(tx, "worker:test", "test", PATIENCE * 10)?;
            leases::acquire(tx, leases::LINK, "test", PATIENCE * 10).map(drop)
        })
        .await;
        ward
    }

    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.db.write(change).await.unwrap()
    }

    /// Puts the gateway there, at this address, with its agent.
    async fn with_gateway(&self, url: String, state: ConnectionState) {
        let mut board = Board::new(self.organization, "Research", "research");
        let mut gateway = self.gateway.clone();
        gateway.url = url;
        board.gateway_id = Some(gateway.id);
        let agent = Agent { board_id: Some(board.id), ..self.agent.clone() };
        self.write(move |tx| {
            gateways::insert(tx, &gateway)?;
            boards::insert(tx, &board)?;
            agents::insert(tx, &agent)?;
            let seen = GatewayObservation { connection_state: Some(state), ..GatewayObservation::default() };
            gateways::observe(tx, gateway.id, &seen).map(drop)
        })
        .await;
    }

    fn settings(&self, variables: &[(&str, &str)]) -> Settings {
        settings(self.database.url(), &self.data, &self.port, variables)
    }

    /// What is found beside the server that does not run.
    async fn codes(&self, variables: &[(&str, &str)]) -> BTreeSet<&'static str> {
        let mut codes = codes(&self.settings(variables)).await;
        codes.remove("server_down");
        codes
    }
}

fn settings(database: &str, data: &TempDir, port: &str, variables: &[(&str, &str)]) -> Settings {
    let own = [
        ("MISSION_CONTROL_DATA_DIR", data.path().to_str().unwrap()),
        ("DATABASE_URL", database),
        ("SECRETS_KEY", SECRETS_KEY),
        ("LOCAL_AUTH_TOKEN", TOKEN),
        ("PORT", port),
    ];
    Settings::from_env(own.iter().chain(variables).copied().filter(|(_, value)| !value.is_empty())).unwrap()
}

async fn codes(settings: &Settings) -> BTreeSet<&'static str> {
    examine(settings).await.findings.iter().map(|finding| finding.code.as_str()).collect()
}

async fn simulator(config: SimulatorConfig) -> Simulator {
    let profile = GatewayProfile { restart_delay: Duration::from_millis(300), ..config.profile };
    Simulator::start(SimulatorConfig { profile, ..config }).await.unwrap()
}

fn expected(codes: &[&'static str]) -> BTreeSet<&'static str> {
    codes.iter().copied().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ward_in_order_has_no_finding() {
    assert_eq!(Ward::new().await.codes(&[]).await, expected(&[]));
}

#[rstest]
#[case::a_base_url_to_listen_on(&[("BASE_URL", "http://0.0.0.0:8000")], &["base_url_unusable"])]
#[case::an_origin_that_no_browser_sends(&[("CORS_ORIGINS", "http://0.0.0.0:3000")], &["cors_origin_unusable"])]
#[case::redis_away(&[("RQ_REDIS_URL", "redis://:hidden@127.0.0.1:1/0")], &["redis_unreachable"])]
#[case::another_key(&[("SECRETS_KEY", OTHER_KEY)], &["secrets_key_wrong"])]
#[case::a_data_directory_that_is_a_file(&[("MISSION_CONTROL_DATA_DIR", "/etc/hostname")], &["data_dir_unusable"])]
#[case::postgres_away(&[("DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/x")], &["database_unreachable"])]
#[case::no_file(&[("DATABASE_URL", "sqlite:///nowhere/at/all.db")], &["database_unreachable"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_settings_is_named_and_nothing_else(
    #[case] variables: &[(&str, &str)],
    #[case] codes: &[&'static str],
) {
    assert_eq!(Ward::new().await.codes(variables).await, expected(codes));
}

/// What is made wrong in a ward.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    NoWorker,
    NoLink,
    QueueGrows,
    DeadJobs,
    MigrationsBehind,
    MigrationsAhead,
    NoOwner,
    NoTimezone,
    OtherToken,
    PortTaken,
}

#[rstest]
#[case(Wrong::NoWorker, "no_worker")]
#[case(Wrong::NoLink, "link_absent")]
#[case(Wrong::QueueGrows, "queue_growing")]
#[case(Wrong::DeadJobs, "dead_jobs")]
#[case(Wrong::MigrationsBehind, "migrations_pending")]
#[case(Wrong::MigrationsAhead, "migrations_ahead")]
#[case(Wrong::NoOwner, "no_owner")]
#[case(Wrong::NoTimezone, "person_incomplete")]
#[case(Wrong::OtherToken, "access_token_mismatch")]
#[case(Wrong::PortTaken, "port_in_use")]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_installation_is_named_and_nothing_else(
    #[case] wrong: Wrong,
    #[case] code: &'static str,
) {
    let ward = Ward::new().await;
    let organization = ward.organization;
    let mut taken = None;
    match wrong {
        Wrong::NoWorker => ward.write(|tx| leases::release(tx, "worker:test", "test")).await,
        Wrong::NoLink => ward.write(|tx| leases::release(tx, leases::LINK, "test")).await,
        Wrong::QueueGrows | Wrong::DeadJobs => {
            let job = NewJob {
                run_at: Timestamp::now().minus(Duration::from_secs(120)),
                organization_id: Some(organization),
                ..NewJob::new("agent.wake", json!({}))
            };
            let is_dead = matches!(wrong, Wrong::DeadJobs);
            ward.write(move |tx| {
                let id = jobs::enqueue(tx, job)?;
                if is_dead {
                    let leased = jobs::lease(tx, &[id], "test", PATIENCE)?.remove(0);
                    jobs::bury(tx, id, leased.attempts, &"no".into())?;
                }
                Ok(())
            })
            .await;
        }
        Wrong::MigrationsBehind => {
            migrate::down(&DbOptions::from(&ward.settings(&[]).database), 1).await.unwrap();
        }
        Wrong::MigrationsAhead => {
            let row = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99999999999999')";
            ward.write(move |tx| Ok(tx.batch_execute(row)?)).await;
        }
        Wrong::NoOwner => {
            ward.write(|tx| organizations::insert(tx, &Organization::new("Orphans"))).await;
        }
        Wrong::NoTimezone => {
            ward.write(move |tx| {
                let user = User { name: Some("Bob".into()), ..User::new("bob") };
                users::get_or_insert(tx, &user)?;
                members::insert(tx, &OrganizationMember::new(organization, user.id, OrgRole::Member))
            })
            .await;
        }
        Wrong::OtherToken => {
            std::fs::write(ward.data.path().join("local-auth-token"), "another\n").unwrap();
        }
        Wrong::PortTaken => {
            let listener = TcpListener::bind(format!("127.0.0.1:{}", ward.port)).unwrap();
            taken = Some(std::thread::spawn(move || {
                // Once for the port, once for the address that leads to it.
                for stream in listener.incoming().take(2) {
                    let _ = stream.and_then(|mut stream| stream.write_all(b"HTTP/1.0 200 OK\r\n\r\nhello"));
                }
            }));
        }
    }
    assert_eq!(ward.codes(&[]).await, expected(&[code]));
    if let Some(thread) = taken {
        thread.join().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_is_named_and_none_is_made() {
    let ward = Ward::new().await;
    let mut settings = ward.settings(&[]);
    settings.secrets_key = None;
    assert!(codes(&settings).await.contains("secrets_key_missing"));
    assert!(!ward.data.path().join("secrets-key").exists());
}

/// How a gateway is not as it should be.
#[derive(Debug, Clone, Copy)]
enum Ill {
    Away,
    OtherToken,
    Unpaired,
    WithoutScopes,
    TooOld,
    WithoutAgents,
    WithoutFiles,
}

#[rstest]
#[case(Ill::Away, &["gateway_unreachable"])]
#[case(Ill::OtherToken, &["gateway_refused"])]
#[case(Ill::Unpaired, &["gateway_pairing_required"])]
#[case(Ill::WithoutScopes, &["gateway_scope_missing"])]
#[case(Ill::TooOld, &["gateway_too_old"])]
#[case(Ill::WithoutAgents, &["gateway_agents_missing"])]
#[case(Ill::WithoutFiles, &["gateway_files_unsupported"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_a_gateway_is_named_and_nothing_else(#[case] ill: Ill, #[case] codes: &[&'static str]) {
    let mut ward = Ward::new().await;
    let open = SimulatorConfig { token: None, ..SimulatorConfig::default() };
    let unsupported =
        Fault::Error { code: "INVALID_REQUEST".into(), message: "unsupported file \"AGENTS.md\"".into() };
    let without_scope =
        Fault::Error { code: "INVALID_REQUEST".into(), message: "missing scope: operator.read".into() };
    let config = match ill {
        Ill::OtherToken => SimulatorConfig::default(),
        Ill::Unpaired => SimulatorConfig { pairing: Pairing::Required, ..open },
        Ill::WithoutScopes => {
            SimulatorConfig { faults: FaultScript::one(Trigger::always("config.get"), without_scope), ..open }
        }
        Ill::WithoutFiles => SimulatorConfig {
            faults: FaultScript::one(Trigger::always("agents.files.get"), unsupported),
            ..open
        },
        _ => open,
    };
    let simulator = simulator(config).await;
    if matches!(ill, Ill::WithoutFiles) {
        let key = format!("mc-{}", ward.agent.id);
        simulator.edit_config(&json!({ "agents": { "entries": { key: { "workspace": "/srv/ada" } } } }));
    }
    if matches!(ill, Ill::TooOld | Ill::OtherToken | Ill::Unpaired | Ill::WithoutScopes) {
        ward.agent.status = AgentStatus::Provisioning;
    }
    let url = if matches!(ill, Ill::Away) { "ws://127.0.0.1:1".to_owned() } else { simulator.url() };
    ward.with_gateway(url, ConnectionState::Up).await;
    let minimum = if matches!(ill, Ill::TooOld) { "2099.1.1" } else { "" };
    assert_eq!(ward.codes(&[("GATEWAY_MIN_VERSION", minimum)]).await, expected(codes));
}

#[rstest]
#[case::failed("offline", None, "agent_failed")]
#[case::stuck("updating", Some(1), "agent_stuck")]
#[case::silent("online", Some(60 * 24), "agent_silent")]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_an_agent_is_named(
    #[case] status: &str,
    #[case] seen_minutes: Option<u64>,
    #[case] code: &'static str,
) {
    let mut ward = Ward::new().await;
    let long_ago = Timestamp::now().minus(Duration::from_secs(3600));
    ward.agent.status = AgentStatus::from(status);
    ward.agent.status_since = Some(long_ago);
    ward.agent.last_seen_at =
        seen_minutes.map(|minutes| Timestamp::now().minus(Duration::from_secs(60 * minutes)));
    ward.with_gateway("ws://127.0.0.1:1".to_owned(), ConnectionState::Up).await;
    assert_eq!(ward.codes(&[]).await, expected(&[code, "gateway_unreachable"]));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_system_is_healthy_and_what_then_goes_wrong_is_told_to_those_whose_it_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start_with(backend, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    let user = server.user();
    user.patch("/api/v1/users/me", json!({ "name": "Ada", "timezone": "UTC" })).expect(200).await;
    let simulator =
        simulator(SimulatorConfig { agent_behaviour: AgentBehaviour::CheckIn, ..SimulatorConfig::default() })
            .await;
    let registered = json!({
        "name": "Home", "url": simulator.url(), "token": simulator.token(), "workspace_root": "/srv/openclaw",
    });
    user.post("/api/v1/gateways", registered).expect(200).await;
    let healthy = async || {
        let report = user.get("/api/v1/doctor").expect(200).await;
        (report["healthy"] == true).then_some(report)
    };
    let report = wait_until("a system without a finding", PATIENCE * 2, healthy).await;
    assert_eq!((&report["findings"], &report["errors"]), (&json!([]), &json!(0)));
    let ready = server.stranger().get("/readyz").expect(200).await;
    assert_eq!(ready.get("degraded"), None);

    // From beside it, another process sees the same.
    let data = tempfile::tempdir().unwrap();
    let port = server.base_url.rsplit(':').next().unwrap().to_owned();
    let beside = settings(server.database.url(), &data, &port, &[("BASE_URL", &server.base_url)]);
    assert_eq!(codes(&beside).await, expected(&[]));
    let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["doctor", "--json"])
        .env_clear()
        .envs([
            ("MISSION_CONTROL_DATA_DIR", data.path().to_str().unwrap()),
            ("DATABASE_URL", server.database.url()),
        ])
        .envs([("SECRETS_KEY", SECRETS_KEY), ("LOCAL_AUTH_TOKEN", TOKEN), ("PORT", port.as_str())])
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["healthy"]), (Some(0), &json!(true)), "{told:#}");

    // Another BASE_URL than the one that its agents were told of, and a token that is not theirs.
    let db = server.db().await;
    let silent = db
        .write(|tx| {
            tx.batch_execute(
                "UPDATE agents SET last_seen_at = '2020-01-01 00:00:00', token_digest = 'none', agent_token_hash = NULL",
            )?;
            Ok::<_, StoreError>(())
        })
        .await;
    silent.unwrap();
    let elsewhere = settings(server.database.url(), &data, &port, &[("BASE_URL", "http://localhost:1")]);
    let found = codes(&elsewhere).await;
    assert!(found.is_superset(&expected(&["agent_base_url_wrong", "agent_token_wrong"])), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizations_findings_are_its_own_and_the_installations_are_its_operators() {
    let scene = Scene::start_with(Backend::Sqlite, &[("CORS_ORIGINS", "http://0.0.0.0:1")]).await;
    let read = async |actor| scene.enter(actor).await.get("/api/v1/doctor").send().await;
    let codes = |body: &Value| -> BTreeSet<String> {
        body["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let owner = codes(&read(Actor::Owner).await.body);
    assert!(owner.contains("cors_origin_unusable") && owner.contains("gateway_unreachable"), "{owner:?}");
    let admin = codes(&read(Actor::Admin).await.body);
    assert!(!admin.contains("cors_origin_unusable") && admin.contains("gateway_unreachable"), "{admin:?}");
    let stranger = codes(&read(Actor::Stranger).await.body);
    assert!(!stranger.contains("gateway_unreachable"), "{stranger:?}");
    for actor in [Actor::Anonymous, Actor::Member, Actor::Agent] {
        assert!([401, 403].contains(&read(actor).await.status), "{actor}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_do_no_harm_is_done_when_it_is_wanted() {
    let ward = Ward::new().await;
    let settings = ward.settings(&[]);
    migrate::down(&DbOptions::from(&settings.database), 1).await.unwrap();
    let examination = examine(&settings).await;
    let done = apply(&settings, &examination.findings).await.unwrap();
    assert_eq!(done, ["1 migration(s) applied"]);
    assert_eq!(ward.codes(&[]).await, expected(&[]));
    assert_eq!(doctor::unreadable(&[]).findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_told_apart_by_why_it_refuses() {
    let Some(mut server) = PostgresServer::start().await else { return };
    let url = server.url();
    let of = async |url: String| {
        let data = tempfile::tempdir().unwrap();
        codes(&settings(&url, &data, "1", &[])).await
    };
    assert!(of(format!("{url}?sslmode=require")).await.contains("database_tls_failed"));
    let unknown = format!("{}/nowhere", url.strip_suffix("/postgres").unwrap());
    assert!(of(unknown).await.contains("database_refused"));
    assert!(of(url.clone()).await.contains("migrations_pending"));

    server
        .set_up(&PostgresSetup {
            settings: &["max_connections=3", "superuser_reserved_connections=0", "max_wal_senders=0"],
            ..PostgresSetup::default()
        })
        .await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let (wakeups, _) = tokio::sync::mpsc::unbounded_channel();
        let db =
            Db::open(DbOptions { pool_size: 1, ..DbOptions::parse(&url).unwrap() }, wakeups).await.unwrap();
        db.ping().await.unwrap();
        held.push(db);
    }
    assert!(of(url.clone()).await.contains("database_connections_exhausted"));
    drop(held);

    let access = "hostssl all all 0.0.0.0/0 trust\n";
    server.set_up(&PostgresSetup { access: Some(access), ..PostgresSetup::default() }).await;
    assert!(of(format!("{url}?sslmode=disable")).await.contains("database_wants_tls"));
}

#[rstest]
#[case(&[("PORT", "many")], "settings_invalid")]
#[case(&[("DATABASE_URL", "mysql://u:hidden@h/x")], "database_url_invalid")]
#[case(&[("LOCAL_AUTH_TOKEN", "hidden")], "access_token_unusable")]
fn settings_that_cannot_be_read_are_findings_and_no_secret_is_told(
    #[case] variables: &[(&str, &str)],
    #[case] code: &str,
) {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["doctor", "--json"])
        .env_clear()
        .env("MISSION_CONTROL_DATA_DIR", data.path())
        .current_dir(data.path())
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told:#}");
    assert_eq!(told["findings"][0]["code"], code);
    assert!(!told.to_string().contains("hidden"));
}

#[test]
fn a_file_that_is_not_there_keeps_the_doctor_from_looking() {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["doctor", "--env-file", "nowhere"])
        .env_clear()
        .current_dir(data.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
