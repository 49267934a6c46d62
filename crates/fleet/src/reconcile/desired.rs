//! The agents of a gateway as they shall be, and who is at work on them.

use std::collections::HashSet;
use std::time::Duration;

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{Agent, AgentFile, DriftPolicy};
use mission_control_core::rules::reconcile::Desired;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, agent_files, agents, gateways, jobs};

use crate::jobs::kind::{About, Kind};
use crate::jobs::kinds::{
    CheckIn, DeleteAgent, DeleteBoard, DeleteGateway, DeleteOrganization, DeleteUser, Provision,
    SyncTemplates, Wake,
};

/// Jobs that bring an agent somewhere.
const WORK: [&str; 3] = [Provision::NAME, Wake::NAME, DeleteAgent::NAME];
/// Jobs that take all agents of a board, gateway or organization away.
const REMOVALS: [&str; 3] = [DeleteBoard::NAME, DeleteGateway::NAME, DeleteOrganization::NAME];
/// A job that takes organizations away without naming them: nothing is set off while there is one.
const ACCOUNT_REMOVAL: &str = DeleteUser::NAME;
/// The job that brings all agents of a gateway up to date.
const SYNC: &str = SyncTemplates::NAME;

/// How long an agent that could not be brought onto its gateway is left alone, though the gateway does not have it.
const LEFT_ALONE: Duration = Duration::from_secs(3600);

/// The agents of a gateway.
pub(super) struct Wanted {
    pub(super) agents: Vec<One>,
    /// Jobs see to some of them at this moment, and write the gateway's configuration.
    pub(super) busy: bool,
}

/// An agent as it shall be.
pub(super) struct One {
    pub(super) agent: Agent,
    /// Its files as we wrote them.
    pub(super) files: Vec<AgentFile>,
    at_work: bool,
    looked_after: bool,
    given_up_lately: bool,
}

impl One {
    /// What is wanted of it.
    pub(super) fn desired(&self, drift: DriftPolicy, gateway_up_since: Option<Timestamp>) -> Desired<'_> {
        Desired {
            agent: &self.agent,
            at_work: self.at_work,
            looked_after: self.looked_after,
            drift,
            given_up_lately: self.given_up_lately,
            gateway_up_since,
        }
    }
}

/// The live jobs of some groups.
pub(super) struct Live(HashSet<(String, Option<String>)>);

impl Live {
    pub(super) fn read(conn: &mut Conn, groups: &[String]) -> Result<Self, StoreError> {
        Ok(Self(jobs::live_about(conn, groups, &[ACCOUNT_REMOVAL])?.into_iter().collect()))
    }

    /// Whether a job of one of these `kinds` is about `group`.
    pub(super) fn has(&self, kinds: &[&str], group: &str) -> bool {
        kinds.iter().any(|kind| self.0.contains(&((*kind).to_owned(), Some(group.to_owned()))))
    }
}

/// The group of the jobs about an agent.
pub(super) fn group_of(agent: &Agent) -> String {
    About::Agent(agent.id).group()
}

/// The groups whose jobs concern an agent of `organization`.
pub(super) fn groups_of(agent: &Agent, organization: OrganizationId) -> Vec<String> {
    let board = agent.board_id.map(|board| About::Board(board).group());
    let gateway = About::Gateway(agent.gateway_id).group();
    [group_of(agent), gateway, DeleteOrganization { organization }.group()].into_iter().chain(board).collect()
}

/// Whether a job brings an agent somewhere, or away.
pub(super) fn at_work(live: &Live, agent: &Agent, organization: OrganizationId) -> bool {
    live.0.iter().any(|(kind, _)| kind == ACCOUNT_REMOVAL)
        || live.has(&WORK, &group_of(agent))
        || groups_of(agent, organization)
            .iter()
            .any(|group| live.has(&REMOVALS, group) || live.has(&[SYNC], group))
}

pub(super) fn load(conn: &mut Conn, gateway: GatewayId) -> Result<Wanted, StoreError> {
    let Some(row) = gateways::find(conn, gateway)? else {
        return Ok(Wanted { agents: Vec::new(), busy: true });
    };
    let organization = row.organization_id;
    let rows = agents::of_gateway(conn, gateway)?;
    let mut files = agent_files::of_gateway(conn, gateway)?;
    let mut groups: Vec<String> = rows.iter().flat_map(|agent| groups_of(agent, organization)).collect();
    groups.sort();
    groups.dedup();
    let live = Live::read(conn, &groups)?;
    let since = Timestamp::now().minus(LEFT_ALONE);
    let given_up = jobs::failed_about(conn, Provision::NAME, gateway, since)?;
    let agents: Vec<One> = rows
        .into_iter()
        .map(|agent| One {
            at_work: at_work(&live, &agent, organization),
            given_up_lately: given_up.contains(&agent.id),
            looked_after: live.has(&[CheckIn::NAME], &group_of(&agent)),
            files: files.extract_if(.., |file| file.agent_id == agent.id).collect(),
            agent,
        })
        .collect();
    let busy = agents.iter().any(|one| one.at_work);
    Ok(Wanted { agents, busy })
}
