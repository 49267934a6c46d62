//! A fleet with nothing to do leaves its gateway alone: nothing is written, and nobody is woken.
//!
//! The tests of every run force three looks. `scripts/idle` waits for those of an hour, and asks the gateway's own log and files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use mission_control_testkit::openclaw::{OpenClaw, Options, Version};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};

use crate::product::{PATIENCE, Product, done, id_of, named};

/// Methods that only look.
const READS: [&str; 10] = [
    "chat.history",
    "connect",
    "health",
    "agents.list",
    "agents.files.list",
    "agents.files.get",
    "config.get",
    "sessions.list",
    "sessions.messages.subscribe",
    // The sums of a turn that ended before, on gateways that tell them in no other way.
    "sessions.usage",
];

#[tokio::test]
async fn an_idle_fleet_on_2026_9_6_is_left_alone() {
    idle(Version::V2026_9_6).await;
}

#[tokio::test]
#[ignore = "writes IDENTITY.md and hides it as 2026.9.6 does; takes as long"]
async fn an_idle_fleet_on_2026_8_1_is_left_alone() {
    idle(Version::V2026_8_1).await;
}

#[tokio::test]
#[ignore = "stands between the first and the last; they take long enough"]
async fn an_idle_fleet_on_2026_7_1_is_left_alone() {
    idle(Version::V2026_7_1).await;
}

#[tokio::test]
async fn an_idle_fleet_on_2026_3_2_is_left_alone() {
    idle(Version::V2026_3_2).await;
}

#[tokio::test]
#[ignore = "an hour long, see scripts/idle"]
async fn an_hour_on_2026_9_6_passes_without_a_write() {
    hour(Version::V2026_9_6).await;
}

#[tokio::test]
#[ignore = "an hour long, see scripts/idle"]
async fn an_hour_on_2026_8_1_passes_without_a_write() {
    hour(Version::V2026_8_1).await;
}

/// Looks come by the schedule alone here, and agents check in when their gateway lets them.
async fn hour(version: Version) {
    let gateway = match OpenClaw::start(version, Options::default()).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let Idle { product, .. } = Idle::on(&gateway).await;
    let minutes = std::env::var("IDLE_MINUTES").map_or(60, |minutes| minutes.parse().unwrap());
    let (files, said, start) = (Files::of(&gateway), gateway.log().len(), Instant::now());
    tokio::time::sleep(Duration::from_secs(60 * minutes)).await;

    let log = gateway.log();
    let mut times = BTreeMap::new();
    for method in requests(&log[said..]) {
        *times.entry(method).or_insert(0_u32) += 1;
    }
    eprintln!("{version}: requests in {} s: {times:?}", start.elapsed().as_secs());
    files.assert_same(&Files::of(&gateway));
    assert_eq!(times.keys().filter(|method| !READS.contains(method)).collect::<Vec<_>>(), [] as [&&str; 0]);
    let looks = times.get("agents.list").copied().unwrap_or_default();
    assert!(u64::from(looks) >= minutes / 6, "one every five minutes: {times:?}");
    for agent in product.list("/api/v1/agents").await {
        assert_eq!((&agent["status"], &agent["wake_attempts"]), (&json!("online"), &json!(0)), "{agent}");
    }
}

/// A main agent and a worker who have nothing to do.
struct Idle {
    product: Product,
    gateway_id: String,
    scout: String,
    reconcile: String,
}

impl Idle {
    async fn on(gateway: &OpenClaw) -> Idle {
        let product = Product::scaled_out().await;
        let registration = product.register(&gateway.url(), gateway.token(), &gateway.state_dir());
        let gateway_id = id_of(&done(registration).await);
        product.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
        let board = product.create_board(&gateway_id).await;
        let scout = json!({
            "name": "Scout", "board_id": board,
            "identity_profile": {"role": "Lookout", "communication_style": "short"},
        });
        done(product.admin.post("/api/v1/agents", scout)).await;
        let scout = id_of(&product.online("Scout", named("Scout")).await);
        let reconcile = format!("/api/v1/gateways/{gateway_id}/reconcile");
        // What was set off by all this comes to its end.
        wait_until("nothing to do", PATIENCE, async || {
            let report = product.admin.post(&reconcile, json!({})).expect(200).await;
            let working = product.list("/api/v1/jobs?state=queued").await;
            let busy = working
                .iter()
                .any(|job| job["kind"] == "agent.provision" || job["kind"] == "gateway.reconcile");
            (at_rest(&report) && !busy).then_some(())
        })
        .await;
        Idle { product, gateway_id, scout, reconcile }
    }
}

async fn idle(version: Version) {
    let gateway = match OpenClaw::start(version, Options::default()).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let Idle { product, gateway_id, scout, reconcile } = Idle::on(&gateway).await;

    let files = Files::of(&gateway);
    assert!(files.0.keys().any(|path| path.ends_with("IDENTITY.md")), "{:?}", files.0.keys());
    let said = gateway.log().len();
    for _ in 0..3 {
        let report = product.admin.post(&reconcile, json!({})).expect(200).await;
        assert!(at_rest(&report), "{report}");
    }
    files.assert_same(&Files::of(&gateway));
    let log = gateway.log();
    let asked: BTreeSet<_> = requests(&log[said..]).collect();
    assert!(asked.contains("agents.files.list"), "the log tells what was asked: {asked:?}");
    assert_eq!(
        asked.into_iter().filter(|method| !READS.contains(method)).collect::<Vec<_>>(),
        [] as [&str; 0]
    );

    let listed = product.admin.get(&format!("/api/v1/agents/{scout}/files")).expect(200).await;
    let identity =
        listed["files"].as_array().and_then(|files| files.iter().find(|file| file["name"] == "IDENTITY.md"));
    let identity = identity.unwrap_or_else(|| panic!("it is listed: {listed}"));
    assert_eq!(identity["edited"], false);

    // A change of the agent reaches the file that the gateway writes too, and nobody is said to have edited it.
    let change = json!({"name": "Scout II", "identity_profile": {"role": "Pilot"}});
    done(product.admin.patch(&format!("/api/v1/agents/{scout}"), change)).await;
    let path = format!("/api/v1/agents/{scout}/files/IDENTITY.md");
    let text = wait_until("the new role", PATIENCE, async || {
        let file = product.admin.get(&path).expect(200).await;
        let text = file["content"].as_str().unwrap_or_default().to_owned();
        (file["edited"] == false && text.contains("- Role: Pilot")).then_some(text)
    })
    .await;
    assert!(text.contains("- Name: Scout II"), "{text}");
    let sync = format!("/api/v1/gateways/{gateway_id}/templates/sync");
    let synced = product.admin.post(&sync, json!({})).expect(200).await;
    assert_eq!((&synced["kept"], &synced["errors"]), (&Value::Null, &json!([])), "{synced}");
}

fn at_rest(report: &Value) -> bool {
    let report = report.get("report").unwrap_or(report);
    report["actions"] == json!([])
        && report["edited"] == json!([])
        && report["config_written"] == false
        && report["unreachable"].is_null()
}

/// The methods of the requests that a part of a gateway's log tells of.
fn requests(log: &str) -> impl Iterator<Item = &str> {
    log.lines().filter_map(|line| line.split_once("⇄ res ")?.1.split_whitespace().nth(1))
}

/// The configuration and the workspace files of a gateway.
struct Files(BTreeMap<PathBuf, (SystemTime, Vec<u8>)>);

impl Files {
    fn of(gateway: &OpenClaw) -> Self {
        let state = gateway.state_dir();
        let mut files = vec![state.join("openclaw.json")];
        let workspaces = entries(&state).into_iter().filter(|path| name(path).starts_with("workspace"));
        for workspace in workspaces {
            files.extend(entries(&workspace).into_iter().filter(|path| name(path).ends_with(".md")));
        }
        let read = |path: PathBuf| {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            let content = fs::read(&path).unwrap();
            (path, (changed, content))
        };
        Self(files.into_iter().map(read).collect())
    }

    fn assert_same(&self, later: &Self) {
        let changed: Vec<_> = self.0.iter().filter(|(path, was)| later.0.get(*path) != Some(was)).collect();
        let names: Vec<_> = changed.iter().map(|(path, _)| path).collect();
        assert!(changed.is_empty() && self.0.len() == later.0.len(), "written while idle: {names:?}");
    }
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
