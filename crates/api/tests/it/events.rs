//! Streams over HTTP: several processes on one database, clients that come and go.

use mission_control_core::config::Settings;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, Board, Gateway, NewLogEntry};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_queue::Queue;
use mission_control_store::{Db, DbOptions, StoreError, agents, boards, event_log, gateways};
use mission_control_testkit::chaos::ChaosProxy;
use mission_control_testkit::log;
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use rand::RngExt;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::server::Server;
use crate::sse::Stream;

pub(crate) const SECRETS_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A server and, beside it, another process that writes to the same database.
pub(crate) struct Pair {
    pub(crate) server: Server,
    /// The server's view of its database, which counts its statements.
    pub(crate) served: Db,
    db: Db,
    pub(crate) organization: OrganizationId,
    redis: ScratchRedis,
    _queue: Queue,
}

impl Pair {
    pub(crate) async fn start(backend: Backend) -> Self {
        let redis = tokio::task::spawn_blocking(ScratchRedis::new).await.unwrap();
        let variables = variables(&redis);
        let (server, served) = Server::start_counting(backend, &variables).await;
        let me = server.user().get("/api/v1/organizations/me/member").expect(200).await;
        let organization = me["organization_id"].as_str().unwrap().parse().unwrap();
        let place = ("MISSION_CONTROL_DATA_DIR", "/tmp/unused");
        let settings = Settings::from_env(variables.into_iter().chain([place])).unwrap();
        let queue = Queue::open(&settings.queue).await.unwrap();
        let db = Db::open(DbOptions::parse(server.database.url()).unwrap(), queue.hook()).await.unwrap();
        Self { server, served, db, organization, redis, _queue: queue }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.server.base_url)
    }

    pub(crate) async fn append(&self, events: Vec<NewLogEntry>) {
        append(&self.db, events).await;
    }
}

/// What the processes of one installation have in common.
fn variables(redis: &ScratchRedis) -> [(&str, &str); 3] {
    [("RQ_REDIS_URL", redis.url()), ("RQ_QUEUE_NAME", redis.name()), ("SECRETS_KEY", SECRETS_KEY)]
}

async fn append(db: &Db, events: Vec<NewLogEntry>) {
    let written = db.write::<_, StoreError, _>(move |tx| {
        events.into_iter().for_each(|event| tx.append(event));
        Ok(())
    });
    written.await.unwrap();
}

fn numbered(organization: OrganizationId, number: usize) -> NewLogEntry {
    log::entry(organization, "tag.updated", json!({ "number": number }))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_cut_again_and_again_ends_with_exactly_the_log(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const EVENTS: usize = 10_000;
    const CUTS: usize = 200;
    let pair = Pair::start(backend).await;
    let network = ChaosProxy::start(pair.server.base_url.trim_start_matches("http://")).await;
    let url = format!("http://{}/api/v1/events", network.address());
    let (db, organization) = (pair.db.clone(), pair.organization);
    let writer = tokio::spawn(async move {
        let mut number = 0;
        while number < EVENTS {
            let batch = rand::rng().random_range(1..=50).min(EVENTS - number);
            let mut events: Vec<_> = (number..number + batch).map(|n| numbered(organization, n)).collect();
            // Somebody else's, which nobody here may see.
            events.push(numbered(OrganizationId::random(), number));
            append(&db, events).await;
            number += batch;
        }
    });
    let (mut seen, mut last) = (Vec::new(), Some(0));
    for cuts_left in (0..=CUTS).rev() {
        let mut stream = Stream::open(&url, last).await;
        // Where the connection is cut: on average so that the events last for all cuts.
        let until = match cuts_left {
            0 => EVENTS,
            _ => seen.len() + rand::rng().random_range(0..=2 * (EVENTS - seen.len()) / (cuts_left + 1)),
        };
        while seen.len() < until {
            let Some(event) = stream.next().await else { break };
            match event.event.as_str() {
                // Too slow for the tail in memory: the stream ends, and goes on from here.
                "resume" if cuts_left == 0 => stream = Stream::open(&url, stream.last_id).await,
                "resume" => break,
                _ => seen.push(event.data["payload"]["number"].as_u64().unwrap()),
            }
        }
        network.break_down();
        last = stream.last_id;
        drop(stream);
        network.restore();
    }
    writer.await.unwrap();
    assert!(seen.iter().copied().eq(0..EVENTS as u64), "{} events, in another order or twice", seen.len());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_comes_back_too_late_is_told_to_read_everything_anew(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let pair = Pair::start(backend).await;
    let organization = pair.organization;
    pair.append((0..4).map(|n| numbered(organization, n)).collect()).await;
    let first = pair.db.read(event_log::first_seq).await.map_err(|error: StoreError| error).unwrap().unwrap();
    let last = pair.db.read(event_log::last_seq).await.map_err(|error: StoreError| error).unwrap();

    let mut whole = Stream::open(&pair.url("/events?since_seq=0"), None).await;
    assert_eq!(whole.next().await.unwrap().data["payload"]["number"], 0);

    let future = Timestamp::now().plus(std::time::Duration::from_secs(60));
    let trimmed = pair.db.write::<_, StoreError, _>(move |tx| event_log::trim(tx, future, 1000));
    assert_eq!(trimmed.await.unwrap(), 3);
    let mut streams = Vec::new();
    for (seen, first) in [(first, "reset"), (last + 7, "reset"), (last - 1, "tag.updated"), (last, "")] {
        let mut stream = Stream::open(&pair.url("/events"), Some(seen)).await;
        if !first.is_empty() {
            let event = stream.next().await.unwrap();
            assert_eq!((event.event.as_str(), event.id), (first, Some(last)), "from {seen}");
        }
        streams.push(stream);
    }
    pair.append(vec![numbered(organization, 9)]).await;
    for mut stream in streams {
        assert_eq!(stream.next().await.unwrap().data["payload"]["number"], 9);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_does_reaches_the_clients_of_another_and_streams_end_when_it_stops(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let pair = Pair::start(backend).await;
    let unused = ScratchDatabase::empty(Backend::Sqlite);
    let other = Server::start_on(unused, pair.server.database.url(), &variables(&pair.redis)).await;
    other.user().get("/api/v1/users/me").expect(200).await;
    let token = agent_token::generate();
    let (agent, board) = agent_on_a_board(&pair.db, pair.organization, token.expose_secret()).await;

    let mut everything =
        Stream::open(&format!("{}/api/v1/events?board_id={board}", other.base_url), None).await;
    let mut of_agents = Stream::open(&format!("{}/api/v1/agents/stream", other.base_url), None).await;
    pair.server
        .stranger()
        .agent(token.expose_secret())
        .post("/api/v1/agent/heartbeat", json!({}))
        .expect(200)
        .await;
    let event = everything.next().await.unwrap();
    assert_eq!(
        (event.event.as_str(), &event.data["payload"]["agent"]["id"]),
        ("agent.updated", &json!(agent))
    );
    assert_eq!(event.data["board_id"], json!(board));
    let event = of_agents.next().await.unwrap();
    assert_eq!((event.event.as_str(), &event.data["agent"]["status"]), ("agent", &json!("online")));

    other.shutdown.cancel();
    assert_eq!((everything.next().await, of_agents.next().await), (None, None));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_shows_what_changed_since_then_and_goes_on_without_a_repetition(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let me = server.user().get("/api/v1/organizations/me/member").expect(200).await;
    let organization = me["organization_id"].as_str().unwrap().parse().unwrap();
    let token = agent_token::generate();
    let (agent, board) = agent_on_a_board(&server.db().await, organization, token.expose_secret()).await;
    let as_agent = server.stranger().agent(token.expose_secret());
    as_agent.post("/api/v1/agent/heartbeat", json!({})).expect(200).await;

    let url = format!("{}/api/v1/agents/stream?board_id={board}", server.base_url);
    let mut stream = Stream::open(&format!("{url}&since=2020-01-01T00:00:00Z"), None).await;
    let shown = stream.next().await.unwrap();
    assert_eq!(shown.data["agent"]["id"], json!(agent));
    assert!(shown.id.is_some(), "who has the rows can come back for the rest");
    as_agent.post("/api/v1/agent/heartbeat", json!({})).expect(200).await;
    let live = stream.next().await.unwrap();
    assert!(live.id > shown.id);
    assert_ne!(live.data["agent"]["last_seen_at"], shown.data["agent"]["last_seen_at"]);

    let mut resumed = Stream::open(&format!("{url}&since=2020-01-01T00:00:00Z"), shown.id).await;
    assert_eq!(resumed.next().await.unwrap(), live);
    for (path, status) in [("agents/stream", 403), ("activity/task-comments/stream", 403), ("events", 404)] {
        let nowhere = format!("/api/v1/{path}?board_id={}", uuid::Uuid::new_v4());
        server.user().get(&nowhere).expect(status).await;
        server.stranger().get(&nowhere).expect(401).await;
    }
}

/// Ids of an agent with this token and of the board that it works on.
async fn agent_on_a_board(db: &Db, organization: OrganizationId, token: &str) -> (Value, String) {
    let gateway = Gateway::new(organization, "g", "ws://127.0.0.1:1", "~");
    let board = Board { gateway_id: Some(gateway.id), ..Board::new(organization, "Research", "research") };
    let agent = Agent {
        board_id: Some(board.id),
        token_digest: Some(agent_token::digest(token)),
        ..Agent::new(gateway.id, "Ada")
    };
    let ids = (json!(agent.id), board.id.to_string());
    let rows = db.write::<_, StoreError, _>(move |tx| {
        gateways::insert(tx, &gateway)?;
        boards::insert(tx, &board)?;
        agents::insert(tx, &agent)
    });
    rows.await.unwrap();
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_says_after_how_much_silence_it_wants_a_sign_of_life() {
    let pair = Pair::start(Backend::Sqlite).await;
    let mut stream = Stream::open(&pair.url("/events?heartbeat=1"), None).await;
    assert!(stream.block().await.unwrap().starts_with(": heartbeat"));
    let user = pair.server.user();
    for far in ["0", "61", "often"] {
        user.get(&format!("/api/v1/events?heartbeat={far}")).expect(422).await;
    }
}
