//! `maintenance.prune`: deletes what is kept long enough, a little at a time, so that nobody waits for it.

use std::time::Duration;

use mission_control_core::models::JobState;
use mission_control_core::time::Timestamp;
use mission_control_store::tasks::comments;
use mission_control_store::{
    StoreError, Tx, activity, event_log, exec_approvals, exec_policies, idempotency, jobs, memory, messages,
    runs, usage, webhooks,
};
use serde_json::{Map, Value};

use super::handler::Handler;
use crate::audit;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::Prune;

/// Rows deleted in one transaction.
const BATCH: i64 = 500;

/// Deletes at most so many rows from before this time and says how many.
type Trim = fn(&mut Tx<'_>, Timestamp, i64) -> Result<usize, StoreError>;

impl Handler for Prune {
    async fn run(self, fleet: &Fleet, attempt: &Attempt) -> Result<Value, JobError> {
        let retention = &fleet.settings().retention;
        let kept: [(&str, Option<Duration>, Trim); 14] = [
            ("events", retention.events, event_log::trim),
            ("agent_messages", retention.events, messages::trim),
            ("jobs", retention.jobs, |tx, before, limit| {
                jobs::trim(tx, &[JobState::Succeeded, JobState::Cancelled], before, limit)
            }),
            ("dead_jobs", retention.dead_jobs, |tx, before, limit| {
                jobs::trim(tx, &[JobState::Dead], before, limit)
            }),
            ("webhook_payloads", retention.webhook_payloads, webhooks::trim_payloads),
            ("runs", retention.runs, runs::trim),
            ("exec_approvals", retention.runs, exec_approvals::trim),
            ("exec_policies", retention.runs, exec_policies::trim),
            ("usage_entries", retention.usage, usage::trim),
            ("activity", retention.activity, activity::trim),
            ("comments", retention.comments, comments::trim),
            ("chat", retention.chat, memory::trim_chat),
            ("memory", retention.memory, memory::trim_rest),
            ("idempotency_keys", Some(idempotency::KEPT), idempotency::trim),
        ];
        let mut deleted = Map::new();
        for (what, kept_for, trim) in kept {
            let Some(kept_for) = kept_for else { continue };
            let count = trim_all(fleet, attempt, Timestamp::now().minus(kept_for), trim).await?;
            deleted.insert(what.to_owned(), count.into());
        }
        if let Some(kept_for) = retention.audit {
            let count = audit::trim(fleet, Timestamp::now().minus(kept_for)).await?;
            deleted.insert("audit".to_owned(), count.into());
        }
        Ok(Value::Object(deleted))
    }
}

async fn trim_all(
    fleet: &Fleet,
    attempt: &Attempt,
    before: Timestamp,
    trim: Trim,
) -> Result<usize, JobError> {
    let mut deleted = 0;
    loop {
        attempt.go_on()?;
        let batch: usize = fleet.db().write(move |tx| trim(tx, before, BATCH)).await?;
        deleted += batch;
        if i64::try_from(batch).unwrap_or(0) < BATCH {
            return Ok(deleted);
        }
    }
}
