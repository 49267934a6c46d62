//! Heartbeat jobs and their scratch text (newer gateways).

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::frame::RpcError;
use crate::state::HeartbeatJob;

/// The largest scratch text, in bytes.
const SCRATCH_LIMIT: usize = 262_144;

/// The most jobs in one answer.
const PAGE: usize = 200;

/// Old gateways keep heartbeats out of cron, so their list is empty here.
pub(super) fn list(call: &Call<'_>) -> Answer {
    let agent = call.optional_text("agentId")?;
    let offset = call.optional_count("offset").unwrap_or(0);
    let limit = call.optional_count("limit").unwrap_or(PAGE).min(PAGE);
    let of_agent = |job: &&HeartbeatJob| agent.is_none_or(|agent| job.agent_id == agent);
    let jobs: Vec<Value> = if call.modern() {
        call.gateway
            .read(|state| state.heartbeats.all().filter(of_agent).map(HeartbeatJob::to_json).collect())
    } else {
        Vec::new()
    };
    let total = jobs.len();
    let page: Vec<Value> = jobs.into_iter().skip(offset).take(limit).collect();
    let next = offset + page.len();
    let more = next < total;
    Ok(json!({
        "jobs": page, "total": total, "offset": offset, "limit": limit,
        "hasMore": more, "nextOffset": more.then_some(next),
    })
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
