//! What streams cost: so many clients on one server process, so many events a second, written by another process.
//!
//! `scripts/bench-streams` runs it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark reports what it did not expect by panicking"
)]

mod clients;
mod figures;
#[path = "../server.rs"]
mod server;

use std::time::{Duration, Instant};

use clap::Parser;
use mission_control_core::config::Settings;
use mission_control_core::id::OrganizationId;
use mission_control_queue::Queue;
use mission_control_store::{Db, DbOptions, StoreError};
use mission_control_testkit::client::TestClient;
use mission_control_testkit::log;
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use serde_json::json;

use clients::Clients;
use figures::{Figures, Load};
use server::{Server, TOKEN};

/// Measures streams of events on both databases.
#[derive(Debug, Parser)]
struct Arguments {
    /// Clients that listen at the same time
    #[arg(long, default_value_t = 1000)]
    clients: usize,
    /// Events per second
    #[arg(long, default_value_t = 50)]
    rate: u32,
    /// Seconds of each phase
    #[arg(long, default_value_t = 30)]
    seconds: u32,
    /// Serves: this is how the benchmark starts its other process
    #[arg(long, hide = true)]
    serve: bool,
    /// What cargo tells a benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if arguments.serve {
        return runtime.block_on(server::serve());
    }
    println!("{}", Figures::HEADINGS);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = ScratchDatabase::empty(backend);
        let redis = ScratchRedis::new();
        let figures = runtime.block_on(measure(&arguments, backend, &database, &redis));
        println!("{figures}");
    }
}

async fn measure(
    arguments: &Arguments,
    backend: Backend,
    database: &ScratchDatabase,
    redis: &ScratchRedis,
) -> Figures {
    let mut server = Server::start(database, redis).await;
    let user = TestClient::stranger(format!("http://{}", server.address)).user(TOKEN);
    let me = user.get("/api/v1/organizations/me/member").expect(200).await;
    let writer =
        Writer::open(database, redis, me["organization_id"].as_str().unwrap().parse().unwrap()).await;
    let phase = Duration::from_secs(arguments.seconds.into());

    let mut clients = Clients::default();
    clients.connect(&server, 1).await;
    let alone = writer.load(arguments, &mut server, &mut clients).await;

    let before = server.memory();
    clients.connect(&server, arguments.clients - 1).await;
    let per_client = server.memory().saturating_sub(before) / arguments.clients as u64;
    let idle_from = server.statements().await;
    tokio::time::sleep(phase).await;
    let idle = server.statements().await - idle_from;
    let together = writer.load(arguments, &mut server, &mut clients).await;
    let per_client_loaded = server.memory().saturating_sub(before) / arguments.clients as u64;
    Figures { backend, alone, together, idle, per_client, per_client_loaded, seconds: arguments.seconds }
}

/// Another process of the installation.
struct Writer {
    db: Db,
    organization: OrganizationId,
    _queue: Queue,
}

impl Writer {
    async fn open(database: &ScratchDatabase, redis: &ScratchRedis, organization: OrganizationId) -> Self {
        let settings = Settings::from_env(server::settings(database, redis)).unwrap();
        let queue = Queue::open(&settings.queue).await.unwrap();
        let db = Db::open(DbOptions::parse(database.url()).unwrap(), queue.hook()).await.unwrap();
        Self { db, organization, _queue: queue }
    }

    /// Writes events at the rate that is wanted, and waits until every client has each of them.
    async fn load(&self, arguments: &Arguments, server: &mut Server, clients: &mut Clients) -> Load {
        let statements = server.statements().await;
        let mut beat = tokio::time::interval(Duration::from_secs(1) / arguments.rate);
        let mut committed = Vec::new();
        for number in 0..arguments.rate * arguments.seconds {
            beat.tick().await;
            let payload = json!({ "number": number, "text": "x".repeat(200) });
            let event = log::entry(self.organization, "tag.updated", payload);
            let written = self.db.write::<_, StoreError, _>(move |tx| {
                tx.append(event);
                Ok(())
            });
            written.await.unwrap();
            committed.push(Instant::now());
        }
        let latencies = clients.latencies(&committed).await;
        Load::new(latencies, server.statements().await - statements)
    }
}
