//! The entries of the ledger.

use mission_control_core::id::UsageEntryId;
use mission_control_core::models::{Agent, Gateway, Run, UsageEntry};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::CallTokens;
use mission_control_store::{StoreResult, Tx, usage};

/// An entry of the ledger: of a run or of no run, named by its fact and its transcript.
pub(super) fn entry(
    gateway: &Gateway,
    agent: &Agent,
    run: Option<&Run>,
    (source_key, session_id): (String, String),
    (provider, model): (&str, &str),
    at: Timestamp,
    (tokens, cost): (CallTokens, Option<i64>),
) -> UsageEntry {
    UsageEntry {
        id: UsageEntryId::random(),
        organization_id: gateway.organization_id,
        gateway_id: gateway.id,
        source_key,
        agent_id: agent.id,
        board_id: run.map_or(agent.board_id, |run| run.board_id),
        task_id: run.and_then(|run| run.task_id),
        run_id: run.map(|run| run.id),
        session_id,
        occurred_at: at,
        day: at.utc().date_naive().to_string(),
        provider: provider.to_owned(),
        model: model.to_owned(),
        response_id: None,
        calls: 1,
        input_tokens: tokens.input,
        output_tokens: tokens.output,
        cache_read_tokens: tokens.cache_read,
        cache_write_tokens: tokens.cache_write,
        // Tokens that cost nothing have no price there.
        cost_micros: cost.filter(|cost| *cost > 0),
    }
}

/// The run with what it used by the ledger.
pub(super) fn summed(tx: &mut Tx<'_>, run: &mut Run) -> StoreResult<()> {
    let (calls, input, output, cache_read, cache_write, cost) = usage::of_run(tx, run.id)?;
    run.calls = i32::try_from(calls).unwrap_or(i32::MAX);
    (run.input_tokens, run.output_tokens) = (input, output);
    (run.cache_read_tokens, run.cache_write_tokens) = (cache_read, cache_write);
    run.cost_micros = cost;
    Ok(())
}
