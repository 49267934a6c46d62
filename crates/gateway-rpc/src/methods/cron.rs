//! `cron.*`: scheduled jobs; from 2026.8.1 on the agents' heartbeats are among them.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::nullable;
use crate::{Client, GatewayError};

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

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct CronPage {
    #[serde(deserialize_with = "nullable")]
    jobs: Vec<CronJob>,
    #[serde(deserialize_with = "nullable")]
    has_more: bool,
    next_offset: Option<u64>,
}

/// A job started by hand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CronRun {
    /// Whether it runs now or will at once.
    pub ok: bool,
    /// The run; new gateways only.
    pub run_id: Option<String>,
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

#[derive(Deserialize)]
struct ScratchAnswer {
    #[serde(default)]
    scratch: Option<CronScratch>,
}

/// `cron.*`
impl Client {
    /// `cron.list`: all jobs, page after page.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn cron_list(&self, include_disabled: bool) -> Result<Vec<CronJob>, GatewayError> {
        let mut all = Vec::new();
        let mut offset = 0;
        loop {
            let mut params = json!({});
            if let Some(fields) = params.as_object_mut() {
                if include_disabled {
                    fields.insert("includeDisabled".to_owned(), json!(true));
                }
                if offset > 0 {
                    fields.insert("offset".to_owned(), json!(offset));
                }
            }
            let page: CronPage = self.ask("cron.list", params).await?;
            let empty = page.jobs.is_empty();
            all.extend(page.jobs);
            match page.next_offset.filter(|next| page.has_more && !empty && *next > offset) {
                Some(next) => offset = next,
                None => return Ok(all),
            }
        }
    }

    /// `cron.add`: a job as the gateway's documentation describes it (`name`, `schedule`,
    /// `sessionTarget`, `wakeMode`, `payload` …).
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn cron_add(&self, job: Value) -> Result<CronJob, GatewayError> {
        self.ask("cron.add", job).await
    }

    /// `cron.update`: changes a job by a patch.
    ///
    /// # Errors
    /// Any [`GatewayError`]; jobs the gateway itself keeps cannot be changed.
    pub async fn cron_update(&self, id: &str, patch: Value) -> Result<CronJob, GatewayError> {
        self.ask("cron.update", json!({"id": id, "patch": patch})).await
    }

    /// `cron.remove`.
    ///
    /// # Errors
    /// Any [`GatewayError`]; jobs the gateway itself keeps cannot be removed.
    pub async fn cron_remove(&self, id: &str) -> Result<(), GatewayError> {
        self.ask::<IgnoredAny>("cron.remove", json!({"id": id})).await.map(|_| ())
    }

    /// `cron.run`: runs a job now, due or not.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn cron_run(&self, id: &str) -> Result<CronRun, GatewayError> {
        self.ask("cron.run", json!({"id": id, "mode": "force"})).await
    }

    /// `cron.scratch.get`: the scratch text of a job, `None` when it has none. New gateways only.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn cron_scratch_get(&self, id: &str) -> Result<Option<CronScratch>, GatewayError> {
        let answer: ScratchAnswer = self.ask("cron.scratch.get", json!({"id": id})).await?;
        Ok(answer.scratch)
    }

    /// `cron.scratch.set`: replaces the scratch text of a job (at most 256 KiB). New gateways only.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn cron_scratch_set(&self, id: &str, content: &str) -> Result<CronScratch, GatewayError> {
        let answer: ScratchAnswer =
            self.ask("cron.scratch.set", json!({"id": id, "content": content})).await?;
        Ok(answer.scratch.unwrap_or_default())
    }
}
