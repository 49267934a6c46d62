//! The doctor: looks at everything that an installation depends on, and names what is wrong.
//!
//! One file per family gathers facts; what they mean is a pure rule of [`mission_control_core::rules::doctor`]. Each look has
//! a deadline. One that fails is a finding as well, and keeps no other from being taken.

mod agents;
mod backups;
mod database;
mod fix;
mod gateways;
mod patient;
mod people;
mod probe;
mod report;
mod server;
mod tasks;
mod work;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use mission_control_core::config::{Fault, Settings};
use mission_control_core::rules::doctor::database::settings as faults_of_settings;
use mission_control_core::rules::doctor::{Finding, sorted};
use mission_control_core::time::Timestamp;
use tokio::time::timeout;

pub use fix::apply;
pub use probe::{ask, own_address};
pub use report::Examination;
pub use work::hindrance;

use crate::fleet::Fleet;
use patient::{Look, Patient};

/// Longest look of one family.
const DEADLINE: Duration = Duration::from_secs(20);

/// Looks at the installation that `settings` name, from beside it: nothing is created or migrated, and no part of it has to
/// run.
pub async fn examine(settings: &Settings) -> Examination {
    let settings = Arc::new(settings.clone());
    let (seen, db) = database::reach(&settings).await;
    let fleet = match &db {
        Some(db) => gateways::open(&settings, db).await,
        None => None,
    };
    let patient = Patient { settings, db, fleet, own: false };
    let examination = look_at(&patient, seen).await;
    if let Some(fleet) = &patient.fleet {
        fleet.shutdown();
    }
    examination
}

/// Looks at the installation that this process belongs to.
pub async fn examine_own(fleet: &Fleet) -> Examination {
    let patient = Patient {
        settings: Arc::new(fleet.settings().clone()),
        db: Some(fleet.db().clone()),
        fleet: Some(fleet.clone()),
        own: true,
    };
    let seen = database::look(&patient.settings).await;
    look_at(&patient, seen).await
}

/// What is said of an installation whose settings cannot be read.
pub fn unreadable(faults: &[Fault]) -> Examination {
    Examination { at: Timestamp::now(), findings: faults_of_settings(faults), notes: Vec::new() }
}

async fn look_at(patient: &Patient, database: Look) -> Examination {
    let looks = tokio::join!(
        within("the server", server::look(patient.clone())),
        within("workers and queue", work::look(patient.clone())),
        within("gateways", gateways::look(patient.clone())),
        within("agents", agents::look(patient.clone())),
        within("tasks", tasks::look(patient.clone())),
        within("people", people::look(patient.clone())),
        within("statements", database::statements(patient.clone())),
        within("backups", backups::look(patient.clone())),
    );
    let (server, work, gateways, agents, tasks, people, statements, backups) = looks;
    let (mut findings, mut notes) = (Vec::new(), Vec::new());
    for look in [database, server, work, gateways, agents, tasks, people, statements, backups] {
        findings.extend(look.findings);
        notes.extend(look.notes);
    }
    Examination { at: Timestamp::now(), findings: sorted(findings), notes }
}

/// A look that neither lasts for ever nor ends the others with it.
async fn within(
    what: &'static str,
    look: impl Future<Output = Result<Look, String>> + Send + 'static,
) -> Look {
    let why = match timeout(DEADLINE, tokio::spawn(look)).await {
        Ok(Ok(Ok(look))) => return look,
        Ok(Ok(Err(why))) => why,
        Ok(Err(_)) => "it ended in a panic".to_owned(),
        Err(_) => format!("it took longer than {} s", DEADLINE.as_secs()),
    };
    vec![Finding::unseen(what, why)].into()
}

#[cfg(test)]
mod tests {
    use mission_control_core::rules::doctor::FindingCode;

    use super::*;

    #[tokio::test]
    async fn a_look_that_fails_or_panics_is_a_finding() {
        let failed = within("x", async { Err("no".to_owned()) }).await;
        let panicked = within("x", async { panic!("on purpose") }).await;
        for look in [failed, panicked] {
            let codes: Vec<_> = look.findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, [FindingCode::CheckFailed]);
        }
    }
}
