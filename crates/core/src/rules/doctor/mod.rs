//! What can be wrong with an installation, and what is said of it: facts in, findings out.
//!
//! The facts are gathered by `fleet::doctor`. A finding has a code, what was seen, why that is wrong and one thing to do.

pub mod agents;
pub mod backups;
mod codes;
pub mod database;
pub mod gateways;
pub mod people;
pub mod server;
pub mod tasks;
pub mod work;

use serde::Serialize;

pub use codes::{FindingCode, Severity};

use crate::id::{AgentId, GatewayId, OrganizationId, UserId};
use crate::models::OrgRole;

/// Whom or what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The installation as a whole: for its operator alone.
    Installation,
    /// An organization.
    Organization(OrganizationId, String),
    /// A gateway.
    Gateway(OrganizationId, GatewayId, String),
    /// An agent.
    Agent(OrganizationId, AgentId, String),
    /// A member of an organization.
    Person(OrganizationId, UserId, String),
}

impl Subject {
    /// Whose it is; nobody's when it concerns the whole installation.
    pub fn organization(&self) -> Option<OrganizationId> {
        match self {
            Self::Installation => None,
            Self::Organization(id, _)
            | Self::Gateway(id, ..)
            | Self::Agent(id, ..)
            | Self::Person(id, ..) => Some(*id),
        }
    }

    /// The same as clients see it.
    pub fn shown(&self) -> ShownSubject {
        let (kind, id, name) = match self {
            Self::Installation => ("installation", None, None),
            Self::Organization(id, name) => ("organization", Some(id.to_string()), Some(name)),
            Self::Gateway(_, id, name) => ("gateway", Some(id.to_string()), Some(name)),
            Self::Agent(_, id, name) => ("agent", Some(id.to_string()), Some(name)),
            Self::Person(_, id, name) => ("person", Some(id.to_string()), Some(name)),
        };
        ShownSubject { kind, id, name: name.cloned() }
    }
}

/// Whom or what a finding is about, as clients see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownSubject {
    /// `installation`, `organization`, `gateway`, `agent` or `person`.
    pub kind: &'static str,
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// What may be done about a finding without harm, whatever its cause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fix {
    /// Apply the pending migrations.
    Migrate,
    /// Look at a gateway's agents now, and bring back what is missing.
    Reconcile(GatewayId),
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// Whom or what it is about.
    pub subject: Subject,
    /// What was seen.
    pub evidence: String,
    /// Why that is wrong.
    pub cause: String,
    /// What to do.
    pub remedy: String,
    /// What may be done about it at once.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding that nothing can be done about without a person.
    pub fn new(
        code: FindingCode,
        subject: Subject,
        evidence: impl Into<String>,
        cause: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            code,
            subject,
            evidence: evidence.into(),
            cause: cause.into(),
            remedy: remedy.into(),
            fix: None,
        }
    }

    /// The same with what may be done at once.
    #[must_use]
    pub fn fixed_by(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// Something that could not be looked at.
    pub fn unseen(what: &str, why: impl Into<String>) -> Self {
        Self::new(
            FindingCode::CheckFailed,
            Subject::Installation,
            why,
            format!("The look at {what} did not come to an end"),
            "Look again; if it stays so, the log of the server says more.",
        )
    }
}

/// The worst first, then in the order of the table.
pub fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        (a.code.severity(), a.code, &a.subject).cmp(&(b.code.severity(), b.code, &b.subject))
    });
    findings
}

/// Whether somebody is told what concerns the whole installation: its operator, who holds the local token and owns an
/// organization, and those who administer all of it.
pub fn sees_installation(is_super_admin: bool, is_local: bool, role: &OrgRole) -> bool {
    is_super_admin || (is_local && *role == OrgRole::Owner)
}

/// Whether a finding is told to somebody of `organization`.
pub fn is_shown(finding: &Finding, organization: OrganizationId, sees_installation: bool) -> bool {
    match finding.subject.organization() {
        Some(owner) => owner == organization,
        None => sees_installation,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_words_of_their_own_with_a_meaning() {
        let words: BTreeSet<_> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), FindingCode::ALL.len());
        for code in FindingCode::ALL {
            assert!(code.as_str().chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{code:?}");
            assert!(code.meaning().trim().ends_with('.'), "{code:?}");
        }
    }

    #[test]
    fn errors_come_first() {
        let finding = |code| Finding::new(code, Subject::Installation, "", "", "");
        let sorted = sorted(vec![
            finding(FindingCode::DeadJobs),
            finding(FindingCode::NoWorker),
            finding(FindingCode::SlowStatements),
        ]);
        let codes: Vec<_> = sorted.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [FindingCode::NoWorker, FindingCode::SlowStatements, FindingCode::DeadJobs]);
    }

    #[test]
    fn organizations_see_their_own_and_operators_the_installation_too() {
        let (ours, theirs) = (OrganizationId::random(), OrganizationId::random());
        let finding = |subject| Finding::new(FindingCode::NoOwner, subject, "", "", "");
        let own = finding(Subject::Organization(ours, String::new()));
        let all = finding(Subject::Installation);
        assert!(is_shown(&own, ours, false) && !is_shown(&own, theirs, true));
        assert!(!is_shown(&all, ours, false) && is_shown(&all, ours, true));
        assert!(
            sees_installation(false, true, &OrgRole::Owner)
                && sees_installation(true, false, &OrgRole::Member)
        );
        assert!(
            !sees_installation(false, true, &OrgRole::Admin)
                && !sees_installation(false, false, &OrgRole::Owner)
        );
    }
}
