//! What may be done about findings without harm.

use mission_control_core::config::Settings;
use mission_control_core::rules::doctor::{Finding, Fix};
use mission_control_store::{Db, DbOptions, migrate};
use tokio::sync::mpsc;

use crate::error::FleetError;
use crate::jobs::booking;

/// Does what helps against these findings; says of each what was done.
///
/// # Errors
/// The database's.
pub async fn apply(settings: &Settings, findings: &[Finding]) -> Result<Vec<String>, FleetError> {
    let mut fixes: Vec<Fix> = findings.iter().filter_map(|finding| finding.fix).collect();
    fixes.sort();
    fixes.dedup();
    let mut done = Vec::new();
    for fix in fixes {
        done.push(match fix {
            Fix::Migrate => {
                let names = migrate::up(&DbOptions::from(&settings.database)).await?;
                format!("{} migration(s) applied", names.len())
            }
            Fix::Reconcile(gateway) => {
                // The workers find the job by looking: nobody needs to be told.
                let (wakeups, _) = mpsc::unbounded_channel();
                let db = Db::open(DbOptions::from(&settings.database), wakeups).await?;
                db.write(move |tx| booking::ask_to_reconcile(tx, gateway)).await?;
                format!("the agents of gateway {gateway} are looked at by the next worker")
            }
        });
    }
    Ok(done)
}
