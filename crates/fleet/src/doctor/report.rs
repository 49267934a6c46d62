//! What was found, and what of it whom is told.

use std::collections::BTreeMap;

use mission_control_core::id::OrganizationId;
use mission_control_core::limits::{FINDINGS, FINDINGS_OF_A_KIND};
use mission_control_core::rules::doctor::{Finding, FindingCode, Severity, is_shown};
use mission_control_core::time::Timestamp;
use mission_control_shapes::{DoctorFinding, DoctorReport};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Examination {
    /// When.
    pub at: Timestamp,
    /// The worst first.
    pub findings: Vec<Finding>,
    /// What could not be looked at here, and how it can be.
    pub notes: Vec<String>,
}

impl Examination {
    /// The same with further notes.
    #[must_use]
    pub fn with_notes(mut self, notes: Vec<String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// What somebody of `organization` is told.
    pub fn for_member(&self, organization: OrganizationId, sees_installation: bool) -> DoctorReport {
        let shown = self.findings.iter().filter(|found| is_shown(found, organization, sees_installation));
        let notes = if sees_installation { self.notes.clone() } else { Vec::new() };
        self.report(shown, notes)
    }

    /// What the operator is told.
    pub fn for_operator(&self) -> DoctorReport {
        self.report(self.findings.iter(), self.notes.clone())
    }

    fn report<'a>(&self, findings: impl Iterator<Item = &'a Finding>, notes: Vec<String>) -> DoctorReport {
        let all: Vec<&Finding> = findings.collect();
        let of = |severity| all.iter().filter(|found| found.code.severity() == severity).count();
        let mut seen: BTreeMap<FindingCode, usize> = BTreeMap::new();
        let is_told = |found: &&&Finding| {
            let count = seen.entry(found.code).or_default();
            *count += 1;
            *count <= FINDINGS_OF_A_KIND
        };
        let told: Vec<_> = all.iter().filter(is_told).take(FINDINGS).map(|found| told(found)).collect();
        DoctorReport {
            checked_at: self.at,
            healthy: all.is_empty(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            left_out: all.len() - told.len(),
            findings: told,
            notes,
        }
    }
}

fn told(found: &Finding) -> DoctorFinding {
    DoctorFinding {
        code: found.code,
        severity: found.code.severity(),
        subject: found.subject.shown(),
        evidence: found.evidence.clone(),
        cause: found.cause.clone(),
        remedy: found.remedy.clone(),
        fixable: found.fix.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use mission_control_core::rules::doctor::Subject;

    use super::*;

    #[test]
    fn what_was_found_often_is_told_a_few_times_and_counted() {
        let one = |code| Finding::new(code, Subject::Installation, "", "", "");
        let mut findings = vec![one(FindingCode::NoWorker)];
        findings.extend((0..50).map(|_| one(FindingCode::AgentSilent)));
        let report = Examination { at: Timestamp::now(), findings, notes: Vec::new() }.for_operator();
        assert_eq!((report.errors, report.warnings), (1, 50));
        assert_eq!(
            (report.findings.len(), report.left_out),
            (1 + FINDINGS_OF_A_KIND, 50 - FINDINGS_OF_A_KIND)
        );
    }
}
