//! The sessions of a gateway: list, look, read, write.

use mission_control_core::id::{BoardId, GatewayId};
use mission_control_core::models::{Agent, AgentMessage, Gateway, MessageKind};
use mission_control_gateway_rpc::GatewayError;
use mission_control_shapes::SessionList;
use mission_control_store::{StoreError, agents};
use serde_json::Value;

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::gateways::Asked;
use crate::gateways::status::{MAIN_LABEL, registered};
use crate::mask::Mask;
use crate::naming;
use crate::reach::Remote;
use crate::say::say_now;

/// The sessions of a board's gateway; without a board, of the organization's oldest gateway.
///
/// # Errors
/// A missing board or gateway; the gateway's refusal.
pub async fn list(fleet: &Fleet, caller: Caller, board: Option<BoardId>) -> Result<SessionList, FleetError> {
    let (gateway, remote) = open(fleet, caller, board).await?;
    let sessions = remote.sessions(None).await.map_err(refused)?.into_iter().map(Value::from).collect();
    // A list without it is better than none.
    let main_session = remote.label_session(&naming::main_session_key(gateway.id), MAIN_LABEL).await.ok();
    let sessions = Mask::of(fleet, caller.organization).await?.applied(sessions).await?;
    let main_session = match main_session {
        Some(session) => masked(fleet, caller, session).await.map(Some)?,
        None => None,
    };
    Ok(SessionList { sessions, main_session })
}

/// What a gateway says of a session, without tokens.
async fn masked(fleet: &Fleet, caller: Caller, session: Value) -> Result<Value, FleetError> {
    let masked = Mask::of(fleet, caller.organization).await?.applied(vec![session]).await?;
    Ok(masked.into_iter().next().unwrap_or_default())
}

/// One session.
///
/// # Errors
/// As [`list`]; a missing session.
pub async fn get(fleet: &Fleet, caller: Caller, board: BoardId, key: &str) -> Result<Value, FleetError> {
    let (gateway, remote) = open(fleet, caller, Some(board)).await?;
    let session = match remote.session(key).await.map_err(refused)? {
        Some(session) => session.into(),
        None if key == naming::main_session_key(gateway.id) => {
            remote.label_session(key, MAIN_LABEL).await.map_err(refused)?
        }
        None => return Err(FleetError::not_found("Session")),
    };
    masked(fleet, caller, session).await
}

/// The latest messages of a session, oldest first, without tokens.
///
/// # Errors
/// As [`list`].
pub async fn history(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    key: &str,
) -> Result<Vec<Value>, FleetError> {
    let (_, remote) = open(fleet, caller, Some(board)).await?;
    let messages = remote.history(key).await.map_err(refused)?;
    Ok(Mask::of(fleet, caller.organization).await?.applied(messages).await?)
}

/// Says something in a session.
///
/// # Errors
/// As [`list`].
pub async fn send(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    key: &str,
    content: &str,
) -> Result<(), FleetError> {
    let (gateway, remote) = open(fleet, caller, Some(board)).await?;
    if key == naming::main_session_key(gateway.id) {
        remote.label_session(key, MAIN_LABEL).await.map_err(refused)?;
    }
    let Some(agent) = agent_of(fleet, gateway.id, key.to_owned()).await? else {
        remote.send(key, content).await.map_err(refused)?;
        return Ok(());
    };
    let message = AgentMessage {
        board_id: Some(board),
        ..AgentMessage::new(gateway.organization_id, agent.id, MessageKind::Direct, content)
    };
    Ok(say_now(fleet, &remote, key, message).await?)
}

/// The agent whose session this is; other sessions of a gateway are nobody's here.
async fn agent_of(fleet: &Fleet, gateway: GatewayId, key: String) -> Result<Option<Agent>, StoreError> {
    let agents = fleet.db().read(move |conn| agents::of_gateway(conn, gateway)).await?;
    Ok(agents.into_iter().find(|agent| naming::session_key(agent) == key))
}

async fn open(
    fleet: &Fleet,
    caller: Caller,
    board: Option<BoardId>,
) -> Result<(Gateway, Remote), FleetError> {
    let asked = board.map_or(Asked::Default, Asked::Board);
    let gateway = registered(fleet, caller, &asked).await?;
    let remote = fleet.gateways().remote(&gateway).await?;
    Ok((gateway, remote))
}

fn refused(error: GatewayError) -> FleetError {
    FleetError::Gateway { message: error.to_string(), remedy: error.remedy() }
}
