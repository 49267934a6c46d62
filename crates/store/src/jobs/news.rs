//! What the event log says of jobs.

use mission_control_core::models::{AuditAction, AuditDraft, Job};
use mission_control_core::rules::jobs::is_news;
use mission_control_shapes::JobSummary;
use mission_control_shapes::events::{Event, JobChanged};

use serde_json::json;

use crate::tx::Tx;

/// Tells of the state that a job is in now. Its entries belong to no board: they are for those who administer the
/// organization.
pub(super) fn announce(tx: &mut Tx<'_>, job: &Job) {
    tell(tx, Event::JobUpdated, job);
}

/// Tells of a new job.
pub(super) fn announce_new(tx: &mut Tx<'_>, job: &Job) {
    tell(tx, Event::JobCreated, job);
    if !is_news(job) {
        announce_order(tx, job);
    }
}

/// Tells the audit of an order that nothing else tells of: of work that streams hear nothing of, or that waits already.
pub(super) fn announce_order(tx: &mut Tx<'_>, job: &Job) {
    if let Some(organization) = job.organization_id {
        let entry = AuditDraft::new(organization, AuditAction::Ordered).about("job", job.id);
        tx.audit_order(entry.after(json!({ "ordered": job.kind })));
    }
}

fn tell(tx: &mut Tx<'_>, event: fn(JobChanged) -> Event, job: &Job) {
    if let Some(organization) = job.organization_id
        && is_news(job)
    {
        tx.append(event(JobSummary::from(job).into()).organization(organization));
    }
}
