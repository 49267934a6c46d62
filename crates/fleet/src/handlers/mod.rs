//! What the worker runs: every kind of job has a `Handler` here.

mod abort_run;
mod back_up;
mod budgets;
mod check_in;
mod delete_agent;
mod delete_board;
mod delete_gateway;
mod delete_organization;
mod delete_user;
mod deliver_webhook;
pub(crate) mod handler;
mod judge_runs;
mod mail_reset;
mod manage;
mod message;
mod provision;
mod prune;
mod receipt;
mod reconcile;
mod renew_sessions;
mod resolve_exec;
mod set_skill;
mod settle_stale;
mod steer_run;
mod stop_agents;
mod sync_skill_pack;
mod sync_templates;
mod wake;
mod write_config;
mod write_soul;

use std::time::Duration;

use mission_control_core::models::Job;
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use serde_json::Value;

pub use manage::{cancel, retry};

use self::handler::Form;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::{
    AbortRun, BackUp, CheckIn, DeleteAgent, DeleteBoard, DeleteGateway, DeleteOrganization, DeleteUser,
    DeliverWebhook, FirstMessage, JudgeRuns, MailReset, Message, Provision, Prune, Receipt, Reconcile,
    ReconcileAll, RenewSessions, ResolveExec, SetSkill, SettleBudget, SettleStale, SteerRun, StopAgents,
    SweepBudgets, SyncSkillPack, SyncTemplates, Wake, WriteConfig, WriteSoul,
};

/// Every kind of job that this version knows, in every form that may be stored.
const FORMS: &[Form] = &[
    Form::of::<Provision>(),
    Form::of::<Wake>(),
    Form::of::<CheckIn>(),
    Form::of::<FirstMessage>(),
    Form::of::<Message>(),
    Form::of::<Receipt>(),
    Form::of::<WriteSoul>(),
    Form::of::<DeliverWebhook>(),
    Form::of::<DeleteAgent>(),
    Form::of::<DeleteBoard>(),
    Form::of::<DeleteGateway>(),
    Form::of::<DeleteOrganization>(),
    Form::of::<DeleteUser>(),
    Form::of::<SyncTemplates>(),
    Form::of::<WriteConfig>(),
    Form::of::<Prune>(),
    Form::of::<BackUp>(),
    Form::of::<SyncSkillPack>(),
    Form::of::<SetSkill>(),
    Form::of::<Reconcile>(),
    Form::of::<ReconcileAll>(),
    Form::of::<AbortRun>(),
    Form::of::<StopAgents>(),
    Form::of::<SteerRun>(),
    Form::of::<SettleBudget>(),
    Form::of::<SweepBudgets>(),
    Form::of::<JudgeRuns>(),
    Form::of::<SettleStale>(),
    Form::of::<ResolveExec>(),
    Form::of::<RenewSessions>(),
    Form::of::<MailReset>(),
];

/// How soon a job that this worker does not know is offered again.
const NEWER_WORKER_WITHIN: Duration = Duration::from_secs(30);
/// How long it may stay unknown.
const UPGRADE_WITHIN: Duration = Duration::from_secs(24 * 3600);

/// Runs an attempt at a job.
///
/// # Errors
/// What to do with the job now, see [`JobError`].
pub async fn run(fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
    match form_of(job) {
        Some(form) => (form.run)(fleet, job).await,
        None => Err(unknown(job)),
    }
}

/// Concludes a job that failed for good, so that what it was about ends in a named failure. The worker calls it once,
/// after it parked the job as dead.
///
/// # Errors
/// The database's.
pub async fn gave_up(fleet: &Fleet, job: &Job, why: &Reason) -> Result<(), FleetError> {
    match form_of(job) {
        Some(form) => (form.gave_up)(fleet, job, why).await,
        None => Ok(()),
    }
}

fn form_of(job: &Job) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.kind == job.kind && form.number == job.version)
}

/// What a newer version of Mission Control enqueued waits for a worker of that version.
fn unknown(job: &Job) -> JobError {
    let (kind, version) = (&job.kind, job.version);
    if Timestamp::now().since(job.created_at) > UPGRADE_WITHIN {
        let message = format!(
            "no worker knows form {version} of {kind} jobs; upgrade the workers, then queue it again"
        );
        return JobError::Fatal(message.into());
    }
    let reason = format!("form {version} of {kind} jobs is known to newer workers only");
    JobError::Later { reason, after: NEWER_WORKER_WITHIN }
}

#[cfg(test)]
mod tests;
