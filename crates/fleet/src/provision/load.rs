//! The rows that a provisioning run is about.

use mission_control_core::id::{AgentId, UserId};
use mission_control_core::models::Agent;
use mission_control_store::{Conn, StoreError, agents, boards, gateways, members, users};

use super::run::Subjects;
use crate::fleet::Fleet;
use crate::jobs::edit::Edit;
use crate::reach::Trouble;

/// The agent as stored, and everything as it will be with `edit`.
pub(crate) async fn load(
    fleet: &Fleet,
    agent: AgentId,
    edit: &Edit,
    user: Option<UserId>,
) -> Result<Option<(Agent, Subjects)>, Trouble> {
    let edit = edit.clone();
    let stored: Option<Agent> = fleet.db().read(move |conn| agents::find(conn, agent)).await?;
    let Some(stored) = stored else { return Ok(None) };
    let wanted = edit.applied(&stored);
    let subjects: Result<Option<Subjects>, StoreError> =
        fleet.db().read(move |conn| subjects(conn, wanted, user)).await;
    let subjects = subjects?.ok_or(Trouble::Gone("the agent's gateway or board does not exist any more"))?;
    Ok(Some((stored, subjects)))
}

/// Everything around `agent`; nothing when its gateway or board is gone. Without a person of its own, USER.md shows
/// the owner of the organization.
pub(crate) fn subjects(
    conn: &mut Conn,
    agent: Agent,
    user: Option<UserId>,
) -> Result<Option<Subjects>, StoreError> {
    let Some(gateway) = gateways::find(conn, agent.gateway_id)? else { return Ok(None) };
    let board = match agent.board_id {
        Some(id) => match boards::find(conn, id)? {
            Some(board) => Some(board),
            None => return Ok(None),
        },
        None => None,
    };
    let user = match user {
        Some(id) => users::find(conn, id)?,
        None => members::owner_of(conn, gateway.organization_id)?,
    };
    Ok(Some(Subjects { agent, board, gateway, user }))
}
