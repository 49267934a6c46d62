//! `support-bundle`.

use mission_control_process::{Exit, Failure, runtime, settings, tls, version};
use std::collections::BTreeMap;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_core::limits::{BUNDLED_JOBS, BUNDLED_LOG};
use mission_control_core::models::JobState;
use mission_control_core::time::Timestamp;
use mission_control_fleet::doctor;
use mission_control_shapes::{AgentRead, GatewayRead};
use mission_control_store::jobs::{self, JobFilter};
use mission_control_store::{Page, StoreError, agents, gateways, leases, migrate};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::output::print;
use super::start::open_database;

/// Units whose logs are of use.
const UNITS: [&str; 3] = ["mission-control-api", "mission-control-worker", "mission-control-gateway"];
/// Shorter values could be any word.
const SHORTEST: usize = 6;
/// Stands for a secret.
const MASK: &str = "••••";

pub(super) const MANUAL: &str = "\
Write what helps others to find a fault into one file: versions, the settings in effect, what the doctor finds, migrations, \
workers, gateways, agents, jobs that failed, and the logs of the system units.

Secrets are removed: settings are masked, tokens are no part of it, and what is secret in the settings is taken out of the \
logs as well. Names of agents, boards and gateways stay; read the file before you pass it on. Only you can read it.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to write [default: mission-control-support-<time>.json in the current directory]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    tls::install_provider();
    let settings = settings::told_settings(env_file)?;
    let bundle = runtime()?.block_on(gather(&settings));
    let text = serde_json::to_string_pretty(&bundle).map_err(|error| Failure::new(Exit::Failed, error))?;
    let text = secrets(&settings).iter().fold(text, |text, secret| text.replace(secret, MASK));
    let now = Timestamp::now().utc().format("%Y%m%d-%H%M%S");
    let path = arguments.out.clone().unwrap_or_else(|| format!("mission-control-support-{now}.json").into());
    write(&path, &text)
        .map_err(|error| Failure::new(Exit::Failed, format!("{}: {error}", path.display())))?;
    print(format_args!("{}", path.display()));
    Ok(())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
    std::io::Write::write_all(&mut file, text.as_bytes())
}

async fn gather(settings: &Settings) -> Value {
    let values: BTreeMap<_, _> = settings.summary().into_iter().map(|line| (line.name, line.value)).collect();
    let doctor = doctor::examine(settings).await.for_operator();
    let state = state(settings).await.unwrap_or_else(|failure| json!({ "unavailable": failure.to_string() }));
    let logs: BTreeMap<_, _> = UNITS.iter().map(|unit| (*unit, log_of(unit))).collect();
    json!({
        "written_at": Timestamp::now(),
        "version": version(),
        "system": std::fs::read_to_string("/proc/version").unwrap_or_default().trim(),
        "settings": values,
        "doctor": doctor,
        "state": state,
        "logs": logs,
    })
}

async fn state(settings: &Settings) -> Result<Value, Failure> {
    let db = open_database(settings).await?;
    let migrations = migrate::status(db.options()).await?;
    let now = Timestamp::now();
    let dead = JobFilter { state: Some(JobState::Dead), ..JobFilter::default() };
    let (workers, has_link, counts, gateways, agents, dead) = db
        .read(move |conn| {
            let (workers, has_link) = (leases::workers(conn, now)?, leases::has_link(conn, now)?);
            let (counts, gateways) = (jobs::counts(conn)?, gateways::all(conn)?);
            let dead = jobs::list(conn, &dead, Page::first(BUNDLED_JOBS))?.items;
            Ok::<_, StoreError>((workers, has_link, counts, gateways, agents::all(conn)?, dead))
        })
        .await?;
    let agent = |agent: &AgentRead| {
        json!({
            "id": agent.id, "name": agent.name, "gateway_id": agent.gateway_id, "board_id": agent.board_id,
            "state": agent.state, "since": agent.since, "cause": agent.cause, "remedy": agent.remedy,
            "last_seen_at": agent.last_seen_at, "wake_attempts": agent.wake_attempts,
        })
    };
    let agents: Vec<_> = agents.iter().map(|row| agent(&AgentRead::of(row, now))).collect();
    let dead = dead.iter().map(|job| {
        json!({
            "id": job.id, "kind": job.kind, "attempts": job.attempts, "finished_at": job.finished_at,
            "last_error": job.last_error, "remedy": job.remedy, "request_id": job.request_id,
        })
    });
    let counts =
        counts.iter().map(|(kind, state, count)| json!({ "kind": kind, "state": state, "count": count }));
    Ok(json!({
        "migrations": {
            "applied": migrations.applied.iter().map(|applied| &applied.name).collect::<Vec<_>>(),
            "pending": migrations.pending,
        },
        "workers": workers.iter().map(|worker| &worker.holder).collect::<Vec<_>>(),
        "gateway_link": has_link,
        "jobs": counts.collect::<Vec<_>>(),
        "dead_jobs": dead.collect::<Vec<_>>(),
        "gateways": gateways.iter().map(GatewayRead::of).collect::<Vec<_>>(),
        "agents": agents,
    }))
}

/// The end of a unit's log, by lines; nothing where there is no journal.
fn log_of(unit: &str) -> Vec<String> {
    let lines = BUNDLED_LOG.to_string();
    let asked =
        Command::new("journalctl").args(["-u", unit, "-n", &lines, "--no-pager", "-o", "short-iso"]).output();
    let Ok(output) = asked else { return Vec::new() };
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// What is secret in the settings, wherever it may have got to.
fn secrets(settings: &Settings) -> Vec<String> {
    let mut secrets = Vec::new();
    let token = settings.auth.local.as_ref().and_then(|local| local.token.as_ref());
    secrets.extend(token.map(|token| token.expose_secret().to_owned()));
    for file in ["local-auth-token", "setup-code"] {
        secrets.extend(std::fs::read_to_string(settings.data_dir.join(file)).ok());
    }
    secrets.extend(settings.secrets_key.as_ref().map(|key| key.to_base64().expose_secret().to_owned()));
    secrets.extend(settings.queue.redis_url.as_ref().map(|url| url.expose_secret().to_owned()));
    if let DatabaseLocation::Postgres(parameters) = &settings.database.location {
        secrets.extend(parameters.get("password").map(str::to_owned));
    }
    let trimmed = secrets.into_iter().map(|secret| secret.trim().to_owned());
    trimmed.filter(|secret| secret.len() >= SHORTEST).collect()
}
