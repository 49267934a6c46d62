//! What is wrong with an installation.

use mission_control_core::rules::doctor::{FindingCode, Severity, ShownSubject};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A finding as clients see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DoctorFinding {
    /// What was found.
    pub code: FindingCode,
    /// How bad it is.
    pub severity: Severity,
    /// Whom or what it is about.
    pub subject: ShownSubject,
    /// What was seen.
    pub evidence: String,
    /// Why that is wrong.
    pub cause: String,
    /// What to do.
    pub remedy: String,
    /// Whether `mission-control-api doctor --fix` does it.
    pub fixable: bool,
}

/// What the doctor found, as clients see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DoctorReport {
    /// When it looked.
    pub checked_at: Timestamp,
    /// Nothing is wrong.
    pub healthy: bool,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// The findings, the worst first.
    pub findings: Vec<DoctorFinding>,
    /// How many there are beyond those, of kinds that were found often.
    pub left_out: usize,
    /// What could not be looked at, and how it can be.
    pub notes: Vec<String>,
}
