//! Heartbeat jobs and their scratch text (newer gateways).

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::frame::RpcError;
use crate::state::HeartbeatJob;

/// The largest scratch text, in bytes.
const SCRATCH_LIMIT: usize = 262_144;

/// Old gateways keep heartbeats out of cron, so their list is empty here.
pub(super) fn list(call: &Call<'_>) -> Answer {
    let jobs: Vec<Value> = if call.modern() {
        call.gateway.read(|state| state.heartbeats.all().map(HeartbeatJob::to_json).collect())
    } else {
        Vec::new()
    };
    let total = jobs.len();
    Ok(json!({"jobs": jobs, "total": total, "offset": 0, "limit": 50, "hasMore": false, "nextOffset": null})
        .into())
}

pub(super) fn status(call: &Call<'_>) -> Answer {
    let jobs = call.gateway.read(|state| state.heartbeats.all().count());
    Ok(json!({"enabled": true, "jobs": if call.modern() { jobs } else { 0 }}).into())
}

pub(super) fn scratch_get(call: &Call<'_>) -> Answer {
    let id = call.text("id")?;
    call.gateway.update(|state| {
        let job = state.heartbeats.by_id(id).ok_or_else(|| unknown(id))?;
        Ok(job.scratch_json().into())
    })
}

pub(super) fn scratch_set(call: &Call<'_>) -> Answer {
    let id = call.text("id")?;
    let content = call.text("content")?;
    if content.len() > SCRATCH_LIMIT {
        return Err(RpcError::invalid(format!("cron scratch exceeds {SCRATCH_LIMIT} bytes")));
    }
    let expected = call.optional_count("expectedRevision");
    call.gateway.update(|state| {
        let job = state.heartbeats.by_id(id).ok_or_else(|| unknown(id))?;
        if expected.is_some_and(|expected| expected as u64 != job.revision) {
            return Err(RpcError::invalid("cron scratch changed since last read"));
        }
        job.scratch = Some(content.to_owned());
        job.revision += 1;
        Ok(job.scratch_json().into())
    })
}

fn unknown(id: &str) -> RpcError {
    RpcError::invalid(format!("unknown cron job id: {id}"))
}
