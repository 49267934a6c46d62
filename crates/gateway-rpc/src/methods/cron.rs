//! `cron.*`: scheduled jobs; from 2026.8.1 on the agents' heartbeats are among them.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{nullable, rows};
use crate::Request;

/// `cron.list`: asks for one page of the jobs. Of everybody's, a page shows 50 to 200.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListJobs<'a> {
    /// Only those of one agent; new gateways only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<&'a str>,
    /// Those that do not run, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_disabled: Option<bool>,
    /// From which job on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

/// One page of jobs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct JobPage {
    /// The jobs.
    #[serde(deserialize_with = "rows")]
    pub jobs: Vec<CronJob>,
    /// Whether there are more.
    #[serde(deserialize_with = "nullable")]
    pub has_more: bool,
    /// Where the next page begins.
    pub next_offset: Option<u64>,
}

/// One job. Fields not named here are in `rest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CronJob {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its agent.
    pub agent_id: Option<String>,
    /// Whether it runs.
    pub enabled: bool,
    /// Set on jobs the gateway itself keeps (`heartbeat:<agent>`), which clients cannot change.
    pub declaration_key: Option<String>,
    /// When it runs.
    pub schedule: Value,
    /// What it does.
    pub payload: Value,
    /// How it fared.
    pub state: Value,
    /// Everything else the gateway says of it.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl CronJob {
    /// Whether this is the heartbeat of `agent_id`.
    pub fn is_heartbeat_of(&self, agent_id: &str) -> bool {
        self.declaration_key.as_deref().and_then(|key| key.strip_prefix("heartbeat:")) == Some(agent_id)
    }
}

/// `cron.add`: a job as the gateway's documentation describes it (`name`, `schedule`, `sessionTarget`, `wakeMode`,
/// `payload` …). Answered with the job, as the gateway has it.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct AddJob(pub Value);

/// `cron.update`: changes a job; those that the gateway itself keeps cannot be changed.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateJob<'a> {
    /// The job.
    pub id: &'a str,
    /// The fields to change.
    pub patch: Value,
}

/// `cron.remove`: removes a job; those that the gateway itself keeps cannot be removed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RemoveJob<'a> {
    /// The job.
    pub id: &'a str,
}

/// `cron.run`: runs a job now.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RunJob<'a> {
    /// The job.
    pub id: &'a str,
    /// Whether it has to be due.
    pub mode: RunMode,
}

/// Whether a job that is run by hand has to be due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunMode {
    /// It runs, due or not.
    Force,
}

/// The scratch text of a job: on new gateways the place of a heartbeat's instructions.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CronScratch {
    /// The text.
    pub content: String,
    /// Counts the writes.
    pub revision: u64,
}

/// `cron.scratch.get`: asks for the scratch text of a job. New gateways only.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ReadScratch<'a> {
    /// The job.
    pub id: &'a str,
}

/// `cron.scratch.set`: replaces the scratch text of a job (at most 256 KiB). New gateways only.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WriteScratch<'a> {
    /// The job.
    pub id: &'a str,
    /// What it shall say.
    pub content: &'a str,
}

/// A job's scratch text as it was read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ScratchRead {
    /// The text, when the job has one.
    pub scratch: Option<CronScratch>,
}

impl Request for ListJobs<'_> {
    const METHOD: &'static str = "cron.list";
    type Answer = JobPage;
}

impl Request for AddJob {
    const METHOD: &'static str = "cron.add";
    type Answer = Value;
}

impl Request for UpdateJob<'_> {
    const METHOD: &'static str = "cron.update";
    type Answer = Value;
}

impl Request for RemoveJob<'_> {
    const METHOD: &'static str = "cron.remove";
    type Answer = IgnoredAny;
}

impl Request for RunJob<'_> {
    const METHOD: &'static str = "cron.run";
    type Answer = Value;
}

impl Request for ReadScratch<'_> {
    const METHOD: &'static str = "cron.scratch.get";
    type Answer = ScratchRead;
}

impl Request for WriteScratch<'_> {
    const METHOD: &'static str = "cron.scratch.set";
    type Answer = IgnoredAny;
}
