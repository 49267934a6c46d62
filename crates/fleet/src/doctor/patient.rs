//! What is looked at, and what a look brings.

use std::sync::Arc;

use mission_control_core::config::Settings;
use mission_control_core::rules::doctor::Finding;
use mission_control_store::Db;

use crate::fleet::Fleet;

/// What is looked at, as far as it could be opened. Cheap to clone.
#[derive(Clone)]
pub(super) struct Patient {
    pub(super) settings: Arc<Settings>,
    /// The database, when it answers and its schema is the one of this program.
    pub(super) db: Option<Db>,
    /// The use-cases, when there are gateways to be asked.
    pub(super) fleet: Option<Fleet>,
    /// It is this very process.
    pub(super) own: bool,
}

/// What a look found, and what it could not see.
#[derive(Default)]
pub(super) struct Look {
    pub(super) findings: Vec<Finding>,
    pub(super) notes: Vec<String>,
}

impl From<Vec<Finding>> for Look {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings, notes: Vec::new() }
    }
}
