//! What a gateway tells of commands that wait.

use std::time::Duration;

use mission_control_core::id::{ExecApprovalId, GatewayId};
use mission_control_core::limits::{EXEC_COMMAND, RUNS_AT_ONCE};
use mission_control_core::models::{
    Agent, ExecApproval, ExecApprovalState, ExecDecision, ExecPolicy, Gateway, Run, StepKind,
};
use mission_control_core::rules::approvals::EXEC;
use mission_control_core::rules::exec_policies::Asked;
use mission_control_core::rules::runs::{RunFact, note};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{self as rpc, ApprovalDecision, ApprovalResolved, cut, main_session_of};
use mission_control_shapes::events::Event;
use mission_control_store::{
    StoreError, StoreResult, Tx, approvals, exec_approvals, gateways, jobs, runs, tasks,
};
use serde_json::json;

use super::payload::question;
use super::settle::{Outcome, key_of, settle};
use crate::agents::presence;
use crate::approvals::record;
use crate::exec_policies;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::ResolveExec;
use crate::naming::Named;
use crate::runs::{Recorder, step, store};

/// How long a command waits on gateways that do not say it.
const USUAL: Duration = Duration::from_secs(120);

/// A gateway asks about a command; one that is known already, or not of our agents, is passed over.
///
/// # Errors
/// The database's.
pub async fn asked(recorder: &mut Recorder, asked: rpc::ExecApproval) -> Result<(), StoreError> {
    let mask = recorder.secrets().await?;
    let masked = |text: &str| mask.as_ref().map_or_else(|| text.to_owned(), |mask| mask.apply(text));
    let command = cut(&masked(&asked.request.command), EXEC_COMMAND).to_owned();
    let warning = asked
        .request
        .warning_text
        .as_deref()
        .map(|text| cut(&masked(text), rpc::limits::PEER_PATH).to_owned());
    let (gateway, db) = (recorder.gateway(), recorder.db());
    db.write(move |tx| write(tx, gateway, &asked, command, warning)).await
}

fn write(
    tx: &mut Tx<'_>,
    gateway: GatewayId,
    asked: &rpc::ExecApproval,
    command: String,
    warning: Option<String>,
) -> StoreResult<()> {
    let plausible = !asked.id.is_empty() && asked.id.len() <= rpc::limits::PEER_NAME;
    let Some(gateway) = gateways::find(tx, gateway)?.filter(|_| plausible) else { return Ok(()) };
    let request = &asked.request;
    let session = request.session_key.clone().or_else(|| request.agent_id.as_deref().map(main_session_of));
    let Some(session) = session else { return Ok(()) };
    let Some(named) = Named::of_session(&session) else { return Ok(()) };
    let Some(agent) = presence::named(tx, gateway.id, named)? else { return Ok(()) };
    let board = match agent.board_id {
        Some(board) => tasks::lock_board(tx, board)?,
        None => None,
    };
    if exec_approvals::of_gateway(tx, gateway.id, &asked.id)?.is_some() {
        return Ok(());
    }
    let run = run_of(tx, &gateway, request.run_id.as_deref(), &session)?;
    let mut exec = exec_of(&gateway, &agent, run.as_ref(), asked, session);
    (exec.command, exec.warning) = (command, warning);
    // Nothing runs by itself of those whom a person, or a rule, has stopped.
    let held = agent.paused_at.is_some() || board.as_ref().is_some_and(|board| board.paused_at.is_some());
    let rule = rule_for(tx, &exec, &request.command)?;
    let rule = rule.filter(|(_, decision)| !held || *decision == ExecDecision::Deny);
    if let Some((policy, decision)) = &rule {
        exec.state = ExecApprovalState::Sending;
        (exec.wanted_decision, exec.policy_id) = (Some(*decision), Some(policy.id));
        exec.reason = Some(format!("{} decided.", exec_policies::named(policy)));
    }
    let asks = rule.is_none();
    let approval = board.as_ref().filter(|_| asks).map(|board| question(board.id, &exec));
    exec.approval_id = approval.as_ref().map(|approval| approval.id);
    if !exec_approvals::insert(tx, &exec)? {
        return Ok(());
    }
    if let (Some(approval), Some(board)) = (approval, board) {
        approvals::insert(tx, &approval, &[])?;
        record::tell(tx, &board, Event::ApprovalCreated, approval)?;
    }
    if let Some((policy, _)) = rule {
        let job = ResolveExec { exec: exec.id, gateway: exec.gateway_id };
        jobs::enqueue(tx, job.job(exec.organization_id)?)?;
        exec_policies::tell(tx, &policy, &agent, &exec)?;
    }
    match run {
        Some(run) => waits(tx, run, &exec),
        None => Ok(()),
    }
}

/// The rule that decides about a command, if its gateway takes the decision and still waits for it. Rules see the command as
/// the gateway told it, whole and with what is masked for people.
fn rule_for(
    tx: &mut Tx<'_>,
    exec: &ExecApproval,
    command: &str,
) -> StoreResult<Option<(ExecPolicy, ExecDecision)>> {
    if exec.expires_at <= Timestamp::now() {
        return Ok(None);
    }
    let asked = Asked {
        command,
        host: exec.host.as_deref(),
        agent: exec.agent_id,
        board: exec.board_id,
        is_single: exec.is_single_command,
    };
    let decided = exec_policies::decided(tx, exec.organization_id, &asked)?;
    Ok(decided.filter(|(_, decision)| exec.decisions().contains(decision)))
}

/// The run that waits: the one that the gateway names, or the one that is open in the session.
fn run_of(tx: &mut Tx<'_>, gateway: &Gateway, name: Option<&str>, session: &str) -> StoreResult<Option<Run>> {
    if let Some(name) = name {
        return runs::lock_of_gateway(tx, gateway.id, name);
    }
    match runs::latest_in(tx, gateway.id, session, Timestamp::now())? {
        Some(id) => Ok(runs::lock(tx, id)?.filter(|run| !run.state.is_over())),
        None => Ok(None),
    }
}

fn exec_of(
    gateway: &Gateway,
    agent: &Agent,
    run: Option<&Run>,
    asked: &rpc::ExecApproval,
    session_key: String,
) -> ExecApproval {
    let now = Timestamp::now();
    let request = &asked.request;
    let moment = |at: Option<f64>| at.and_then(|at| Timestamp::from_number(at / 1000.0).ok());
    let created_at = moment(asked.created_at_ms).map_or(now, |at| at.min(now));
    let words =
        |text: &Option<String>| text.as_deref().map(|text| cut(text, rpc::limits::PEER_PATH).to_owned());
    let decisions: Vec<ExecDecision> = request.decisions().into_iter().map(ours).collect();
    ExecApproval {
        id: ExecApprovalId::random(),
        organization_id: gateway.organization_id,
        gateway_id: gateway.id,
        gateway_approval_id: asked.id.clone(),
        approval_id: None,
        agent_id: agent.id,
        board_id: agent.board_id,
        task_id: run.and_then(|run| run.task_id),
        run_id: run.map(|run| run.id),
        session_key: cut(&session_key, rpc::limits::PEER_PATH).to_owned(),
        command: String::new(),
        cwd: words(&request.cwd),
        host: words(&request.host),
        resolved_path: words(&request.resolved_path),
        warning: None,
        allowed_decisions: json!(decisions),
        state: ExecApprovalState::Pending,
        decision: None,
        wanted_decision: None,
        decided_by: None,
        decided_by_user_id: None,
        reason: None,
        error: None,
        created_at,
        expires_at: moment(asked.expires_at_ms).unwrap_or(created_at.plus(USUAL)),
        resolved_at: None,
        policy_id: None,
        is_single_command: request.is_single(),
    }
}

fn waits(tx: &mut Tx<'_>, stored: Run, exec: &ExecApproval) -> StoreResult<()> {
    let mut run = stored.clone();
    note(&mut run, &RunFact::Waits, exec.created_at);
    if let Some(mut step) = step(tx, &mut run, StepKind::Approval, key_of(exec))? {
        step.name = EXEC.to_owned();
        step.arguments = Some(json!({ "command": exec.command, "policy_id": exec.policy_id }).to_string());
        step.started_at = Some(exec.created_at);
        runs::save_step(tx, &step)?;
    }
    store(tx, &run, &stored, Event::RunUpdated)
}

/// Somebody decided, here or at the gateway.
///
/// # Errors
/// The database's.
pub async fn resolved(recorder: &Recorder, told: ApprovalResolved) -> Result<(), StoreError> {
    let gateway = recorder.gateway();
    recorder
        .db()
        .write(move |tx| {
            let Some(exec) = exec_approvals::of_gateway(tx, gateway, &told.id)? else { return Ok(()) };
            let Some(decision) = told.decision.as_deref().and_then(ApprovalDecision::named) else {
                return Ok(());
            };
            let by = told.resolved_by.map(|by| cut(&by, rpc::limits::PEER_NAME).to_owned());
            settle(tx, exec.id, &Outcome::Decided { decision: ours(decision), by })
        })
        .await
}

/// These are all that wait on a gateway now: others that are open here were decided while nobody listened, or got lost.
///
/// # Errors
/// The database's.
pub async fn still_waiting(
    recorder: &mut Recorder,
    waiting: Vec<rpc::ExecApproval>,
) -> Result<(), StoreError> {
    let gateway = recorder.gateway();
    let listed: Vec<String> = waiting.iter().map(|exec| exec.id.clone()).collect();
    let asked_before = Timestamp::now().minus(Duration::from_secs(5));
    for exec in waiting {
        asked(recorder, exec).await?;
    }
    let lost = move |tx: &mut Tx<'_>| {
        for exec in exec_approvals::open_of(tx, gateway, RUNS_AT_ONCE)? {
            if exec.created_at < asked_before && !listed.contains(&exec.gateway_approval_id) {
                settle(tx, exec.id, &Outcome::Gone)?;
            }
        }
        Ok(())
    };
    recorder.db().write(lost).await
}

fn ours(decision: ApprovalDecision) -> ExecDecision {
    match decision {
        ApprovalDecision::AllowOnce => ExecDecision::Once,
        ApprovalDecision::AllowAlways => ExecDecision::Always,
        ApprovalDecision::Deny => ExecDecision::Deny,
    }
}
