//! How things stand now, as gauges.

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;

use mission_control_core::models::{Agent, ConnectionState, Gateway, JobState};
use mission_control_core::rules::condition;
use mission_control_core::time::Timestamp;
use mission_control_process::version;
use mission_control_store::jobs::{self, LaneDepth};
use mission_control_store::{Conn, StoreError, agents, gateways, leases};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::state::State;

type Labels = Vec<(&'static str, String)>;
type Numbers = Family<Labels, Gauge>;

/// What is read of the database.
struct Rows {
    jobs: Vec<(String, JobState, i64)>,
    depths: Vec<LaneDepth>,
    workers: usize,
    has_link: bool,
    gateways: Vec<Gateway>,
    agents: Vec<Agent>,
}

impl Rows {
    fn read(conn: &mut Conn) -> Result<Self, StoreError> {
        let now = Timestamp::now();
        Ok(Self {
            jobs: jobs::counts(conn)?,
            depths: jobs::depths(conn, None)?,
            workers: leases::workers(conn, now)?.len(),
            has_link: leases::has_link(conn, now)?,
            gateways: gateways::all(conn)?,
            agents: agents::all(conn)?,
        })
    }
}

/// The gauges. Without the database there are those of the process, and one that says so.
pub(super) async fn standing(state: &State) -> Registry {
    let mut registry = Registry::with_prefix("mission_control");
    let build = Numbers::default();
    build.get_or_create(&vec![("version", version().to_owned())]).set(1);
    registry.register("build", "The version that runs; always 1", build);
    number(&mut registry, "streams", "Streams of events that are open", count(state.events.streams()));
    let pool = state.db.pool();
    let connections = Numbers::default();
    for (what, many) in [("most", pool.most), ("open", pool.open), ("in_use", pool.in_use)] {
        connections.get_or_create(&vec![("what", what.to_owned())]).set(count(many));
    }
    registry.register("database_connections", "Connections of this process to the database", connections);
    if let Some(bytes) = resident() {
        number(&mut registry, "resident_memory_bytes", "Memory of this process", bytes);
    }
    let rows: Result<Rows, StoreError> = state.db.read(Rows::read).await;
    number(&mut registry, "database_up", "Whether the database answers", i64::from(rows.is_ok()));
    if let Ok(rows) = rows {
        of_rows(&mut registry, &rows);
    }
    registry
}

fn of_rows(registry: &mut Registry, rows: &Rows) {
    let jobs = Numbers::default();
    for (kind, state, many) in &rows.jobs {
        let labels = vec![("kind", kind.clone()), ("state", state.to_string())];
        jobs.get_or_create(&labels).set(*many);
    }
    registry.register("jobs", "Jobs that are kept, by kind and state", jobs);
    lanes(registry, &rows.depths);
    number(registry, "workers", "Workers that are alive", count(rows.workers));
    number(registry, "gateway_link", "Whether a gateway link is active", i64::from(rows.has_link));
    let states = rows.gateways.iter().map(|gateway| gateway.connection_state.as_str());
    let all = ConnectionState::ALL.iter().map(ConnectionState::as_str);
    by_state(registry, "gateways", "Gateways by connection", states, all);
    let now = Timestamp::now();
    let states = rows.agents.iter().map(|agent| condition::of(agent, now).state.as_str());
    let all = mission_control_core::models::AgentState::ALL.iter().map(|state| state.as_str());
    by_state(registry, "agents", "Agents by what is going on with them", states, all);
}

fn lanes(registry: &mut Registry, depths: &[LaneDepth]) {
    let (jobs, ages) = (Numbers::default(), Family::<Labels, Gauge<f64, AtomicU64>>::default());
    for depth in depths {
        let lane = ("lane", depth.lane.to_string());
        let states = [
            ("due", depth.due),
            ("scheduled", depth.scheduled),
            ("running", depth.running),
            ("dead", depth.dead),
        ];
        for (state, many) in states {
            jobs.get_or_create(&vec![lane.clone(), ("state", state.to_owned())]).set(many);
        }
        let age = depth.oldest_due.map(|since| Timestamp::now().since(since)).unwrap_or_default();
        ages.get_or_create(&vec![lane]).set(age.as_secs_f64());
    }
    registry.register("lane_jobs", "Jobs by lane", jobs);
    registry.register(
        "lane_oldest_due_seconds",
        "For how long the longest-waiting job of a lane is due",
        ages,
    );
}

/// Every state has its line, so that one that nothing is in reads 0.
fn by_state<'a>(
    registry: &mut Registry,
    name: &str,
    help: &str,
    found: impl Iterator<Item = &'a str>,
    all: impl Iterator<Item = &'a str>,
) {
    let mut counts: HashMap<&str, i64> = all.map(|state| (state, 0)).collect();
    found.for_each(|state| *counts.entry(state).or_default() += 1);
    let numbers = Numbers::default();
    for (state, many) in counts {
        numbers.get_or_create(&vec![("state", state.to_owned())]).set(many);
    }
    registry.register(name, help, numbers);
}

fn number(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// Resident memory in bytes, as Linux tells.
fn resident() -> Option<i64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<i64>().ok().map(|kib| kib.saturating_mul(1024))
}
