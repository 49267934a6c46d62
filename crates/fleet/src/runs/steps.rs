//! The tools of a run.

use mission_control_core::limits::RUN_STEPS;
use mission_control_core::models::{Run, RunState, RunStep, StepKind, StepState};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{ToolCall, ToolEnd};
use mission_control_store::{StoreResult, Tx, runs};

fn key_of(tool: &str) -> String {
    format!("tool:{tool}")
}

/// The step of this key as it is stored, or a new one; nothing when the run has as many as are kept.
pub(crate) fn step(
    tx: &mut Tx<'_>,
    run: &mut Run,
    kind: StepKind,
    key: String,
) -> StoreResult<Option<RunStep>> {
    if let Some(step) = runs::step(tx, run.id, &key)? {
        return Ok(Some(step));
    }
    let count = runs::count_steps(tx, run.id)?;
    if count >= RUN_STEPS {
        return Ok(None);
    }
    if kind == StepKind::Tool {
        run.tool_calls = run.tool_calls.saturating_add(1);
    }
    Ok(Some(RunStep::new(run.id, kind, key, i32::try_from(count + 1).unwrap_or(i32::MAX))))
}

/// A tool was called. Who did not send the message learns of it in parts.
pub(super) fn began(
    tx: &mut Tx<'_>,
    run: &mut Run,
    call: &ToolCall,
    arguments: Option<String>,
    at: Timestamp,
) -> StoreResult<()> {
    let Some(mut step) = step(tx, run, StepKind::Tool, key_of(&call.id))? else { return Ok(()) };
    if step.name.is_empty() {
        step.name.clone_from(&call.name);
    }
    step.arguments = step.arguments.or(arguments);
    step.started_at = Some(step.started_at.map_or(at, |known| known.min(at)));
    runs::save_step(tx, &step)
}

/// A tool ended.
pub(super) fn ended(tx: &mut Tx<'_>, run: &mut Run, end: &ToolEnd, at: Timestamp) -> StoreResult<()> {
    let Some(mut step) = step(tx, run, StepKind::Tool, key_of(&end.id))? else { return Ok(()) };
    if step.name.is_empty() {
        step.name = end.name.clone().unwrap_or_default();
    }
    step.exit_code = step.exit_code.or(end.exit_code);
    step.output_tail = step.output_tail.or_else(|| end.output.clone());
    step.ended_at = step.ended_at.or(Some(at));
    let took = step.started_at.zip(step.ended_at).map(|(began, ended)| ended.since(began));
    let took = took.and_then(|took| i64::try_from(took.as_millis()).ok());
    step.duration_ms = end.duration_ms.or(step.duration_ms).or(took);
    step.state = match (step.state, end.failed) {
        (_, Some(true)) | (StepState::Failed, None) => StepState::Failed,
        (_, Some(false) | None) => StepState::Done,
    };
    runs::save_step(tx, &step)
}

/// The run is over, and with it what was under way in it.
pub(super) fn close(tx: &mut Tx<'_>, run: &Run, at: Timestamp) -> StoreResult<()> {
    let state = if run.state == RunState::Done { StepState::Done } else { StepState::Failed };
    for mut step in runs::steps(tx, run.id)?.into_iter().filter(|step| step.state == StepState::Running) {
        (step.state, step.ended_at) = (state, Some(at));
        runs::save_step(tx, &step)?;
    }
    Ok(())
}
