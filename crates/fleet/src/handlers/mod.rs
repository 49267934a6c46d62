//! What the worker runs. Handlers may be run again at any point: each looks at what is there before it acts, and none
//! holds a database connection while it talks to a gateway.

mod check_in;
mod delete_agent;
mod delete_board;
mod delete_gateway;
mod delete_organization;
mod delete_user;
mod deliver_webhook;
mod manage;
mod message;
mod provision;
mod prune;
mod receipt;
mod reconcile;
mod set_skill;
mod sync_skill_pack;
mod sync_templates;
mod wake;
mod write_config;
mod write_soul;

use mission_control_core::models::Job;
use serde_json::Value;

pub use manage::{cancel, retry};

use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::task::Task;

/// Runs an attempt at a job.
///
/// # Errors
/// What to do with the job now, see [`JobError`].
pub async fn run(fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
    match Task::of(job)? {
        Task::Provision(task) => provision::run(fleet, task).await,
        Task::Wake(task) => wake::run(fleet, task).await,
        Task::CheckIn(task) => check_in::run(fleet, task).await,
        Task::Message(task) => message::run(fleet, job, task).await,
        Task::FirstMessage(task) => message::run_first(fleet, job, task).await,
        Task::Receipt(task) => receipt::run(fleet, task, job.attempts).await,
        Task::WriteSoul(task) => write_soul::run(fleet, task).await,
        Task::DeliverWebhook(task) => deliver_webhook::run(fleet, job, task).await,
        Task::DeleteAgent(task) => delete_agent::run(fleet, task).await,
        Task::DeleteBoard(task) => delete_board::run(fleet, job, task).await,
        Task::DeleteGateway(task) => delete_gateway::run(fleet, job, task).await,
        Task::DeleteOrganization(task) => delete_organization::run(fleet, job, task).await,
        Task::DeleteUser(task) => delete_user::run(fleet, job, task).await,
        Task::SyncTemplates(task) => sync_templates::run(fleet, job, task).await,
        Task::WriteConfig(task) => write_config::run(fleet, task).await,
        Task::Prune(_) => prune::run(fleet, job).await,
        Task::SyncSkillPack(task) => sync_skill_pack::run(fleet, job, task).await,
        Task::SetSkill(task) => set_skill::run(fleet, job, task).await,
        Task::Reconcile(task) => reconcile::run(fleet, job, task).await,
        Task::ReconcileAll(_) => reconcile::all(fleet).await,
    }
}

/// Concludes a job that failed for good, so that what it was about ends in a named failure. The worker calls it once,
/// after it parked the job as dead.
///
/// # Errors
/// The database's.
pub async fn gave_up(fleet: &Fleet, job: &Job, message: &str) -> Result<(), FleetError> {
    match Task::of(job) {
        Ok(Task::Provision(task)) => provision::gave_up(fleet, task, message).await,
        Ok(Task::Message(task)) => message::gave_up(fleet, task, message).await,
        Ok(Task::Wake(task)) => wake::gave_up(fleet, task, message).await,
        Ok(Task::DeleteAgent(task)) => delete_agent::gave_up(fleet, task).await,
        Ok(Task::DeliverWebhook(task)) => deliver_webhook::gave_up(fleet, task, message).await,
        _ => Ok(()),
    }
}
