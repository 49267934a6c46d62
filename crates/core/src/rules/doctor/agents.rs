//! Findings about agents.

use std::time::Duration;

use super::{Finding, FindingCode, Fix, Subject};
use crate::id::{AgentId, GatewayId, OrganizationId};
use crate::models::{Agent, AgentState};
use crate::rules::condition;
use crate::time::Timestamp;

/// How long an agent may be on its way: longer than a restart of its gateway, three wakes and the look at all agents take.
pub const ON_ITS_WAY: Duration = Duration::from_secs(15 * 60);

/// What an agent's workspace says, as far as it differs from what it shall say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Another address than ours.
    pub base_url: Option<String>,
    /// A token that is not the agent's.
    pub foreign_token: bool,
}

/// An agent and where it is.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Whose it is.
    pub organization: OrganizationId,
    /// The agent.
    pub agent: &'a Agent,
    /// Whether its gateway is up: what keeps all of its agents is told of it alone.
    pub gateway_up: bool,
    /// Its workspace, where it was looked at.
    pub workspace: Option<&'a Workspace>,
}

/// Whether something is wrong that its workspace may explain.
pub fn is_suspect(agent: &Agent, now: Timestamp) -> bool {
    matches!(
        condition::of(agent, now).state,
        AgentState::Failed | AgentState::Offline | AgentState::Waking | AgentState::Provisioning
    )
}

/// What is wrong. `base_url` is ours.
pub fn findings(seen: Seen<'_>, base_url: &str, now: Timestamp) -> Vec<Finding> {
    let agent = seen.agent;
    let subject = || Subject::Agent(seen.organization, agent.id, agent.name.clone());
    let mut found = Vec::new();
    if let Some(workspace) = seen.workspace {
        found.extend(of_workspace(workspace, agent.id, &subject(), base_url));
    }
    if !found.is_empty() {
        return found;
    }
    let condition = condition::of(agent, now);
    let since = condition.since.map(|since| now.since(since)).unwrap_or_default();
    let cause = |untold: &str| condition.cause.clone().unwrap_or_else(|| untold.to_owned());
    let remedy = |usual: &str| condition.remedy.clone().unwrap_or_else(|| usual.to_owned());
    let state = condition.state;
    found.extend(match state {
        AgentState::Failed => Some(Finding::new(
            FindingCode::AgentFailed,
            subject(),
            told(state, since),
            cause("It was given up on"),
            remedy("Reprovision the agent."),
        )),
        AgentState::Provisioning | AgentState::Waking | AgentState::Updating | AgentState::Deleting
            if since > ON_ITS_WAY && seen.gateway_up =>
        {
            let usual = "Check that a worker is alive and that the gateway's machine reaches BASE_URL, then reprovision it.";
            Some(stuck(agent.gateway_id, subject(), told(state, since), cause("Nothing brings it on"), remedy(usual)))
        }
        AgentState::Offline if seen.gateway_up => Some(Finding::new(
            FindingCode::AgentSilent,
            subject(),
            told(state, since),
            cause("It does not check in"),
            remedy("Wake it; if it stays silent, look at its session on the gateway."),
        )),
        _ => None,
    });
    found
}

fn stuck(gateway: GatewayId, subject: Subject, evidence: String, cause: String, remedy: String) -> Finding {
    Finding::new(FindingCode::AgentStuck, subject, evidence, cause, remedy).fixed_by(Fix::Reconcile(gateway))
}

fn told(state: AgentState, since: Duration) -> String {
    match since.as_secs() / 60 {
        0 => format!("it is {state}"),
        minutes => format!("it has been {state} for {minutes} min"),
    }
}

fn of_workspace(workspace: &Workspace, id: AgentId, subject: &Subject, base_url: &str) -> Vec<Finding> {
    let again = format!("Write its files anew: POST /api/v1/agents/{id}/reprovision");
    let about = |code, evidence: String, cause: &str, remedy: String| {
        Finding::new(code, subject.clone(), evidence, cause, remedy)
    };
    let mut found = Vec::new();
    if let Some(other) = &workspace.base_url {
        found.push(about(
            FindingCode::AgentBaseUrlWrong,
            format!("its workspace says BASE_URL={other}, and here it is {base_url}"),
            "BASE_URL was changed after its files were written, or somebody edited them",
            format!("{again}."),
        ));
    }
    if workspace.foreign_token {
        found.push(about(
            FindingCode::AgentTokenWrong,
            "the AUTH_TOKEN in its workspace is not its token".to_owned(),
            "Its calls are refused: another installation wrote the file, or a backup was restored",
            format!("{again}?rotate_tokens=true, or sync the gateway's templates with rotate_tokens=true."),
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::AgentStatus;

    const HOUR: u64 = 3600;

    fn agent(status: &str, minutes: u64, seen_minutes: Option<u64>) -> (Agent, Timestamp) {
        let now = Timestamp::now();
        let ago = |minutes: u64| now.minus(Duration::from_secs(60 * minutes));
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.status = AgentStatus::from(status);
        agent.status_since = Some(ago(minutes));
        agent.last_seen_at = seen_minutes.map(ago);
        (agent, now)
    }

    #[rstest]
    #[case("online", 1, Some(1), true, &[])]
    #[case("provisioning", 14, None, true, &[])]
    #[case("provisioning", 16, None, true, &[FindingCode::AgentStuck])]
    #[case("updating", 16, Some(1), true, &[FindingCode::AgentStuck])]
    #[case("updating", 16, Some(1), false, &[])]
    #[case("online", 90, Some(60), true, &[FindingCode::AgentSilent])]
    #[case("online", 90, Some(60), false, &[])]
    #[case("offline", 1, None, false, &[FindingCode::AgentFailed])]
    fn what_an_agent_is_for_too_long_is_named_unless_its_gateway_is_why(
        #[case] status: &str,
        #[case] minutes: u64,
        #[case] seen: Option<u64>,
        #[case] gateway_up: bool,
        #[case] expected: &[FindingCode],
    ) {
        let (agent, now) = agent(status, minutes, seen);
        let seen =
            Seen { organization: OrganizationId::random(), agent: &agent, gateway_up, workspace: None };
        let found = findings(seen, "http://mc", now);
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|finding| !finding.cause.is_empty() && !finding.remedy.is_empty()));
    }

    #[test]
    fn what_its_workspace_says_explains_its_silence() {
        let (agent, now) = agent("online", HOUR, Some(60));
        assert!(is_suspect(&agent, now));
        let workspace = Workspace { base_url: Some("http://old".to_owned()), foreign_token: true };
        let organization = OrganizationId::random();
        let seen = Seen { organization, agent: &agent, gateway_up: true, workspace: Some(&workspace) };
        let codes: Vec<_> = findings(seen, "http://mc", now).iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [FindingCode::AgentBaseUrlWrong, FindingCode::AgentTokenWrong]);
    }
}
