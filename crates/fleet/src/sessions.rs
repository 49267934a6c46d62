//! The sessions of a gateway: list, look, read, write.

use mission_control_core::id::BoardId;
use mission_control_core::models::Gateway;
use mission_control_gateway_rpc::GatewayError;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::gateways::Asked;
use crate::gateways::status::{MAIN_LABEL, registered};
use crate::naming;
use crate::remote::Remote;

/// The sessions of a gateway.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionList {
    /// All of them, as the gateway describes them.
    pub sessions: Vec<Value>,
    /// The main agent's.
    pub main_session: Option<Value>,
}

/// The sessions of a board's gateway; without a board, of the organization's oldest gateway.
///
/// # Errors
/// A missing board or gateway; the gateway's refusal.
pub async fn list(fleet: &Fleet, caller: Caller, board: Option<BoardId>) -> Result<SessionList, FleetError> {
    let (gateway, remote) = open(fleet, caller, board).await?;
    let sessions = remote.sessions().await.map_err(refused)?;
    // A list without it is better than none.
    let main_session = remote.label_session(&naming::main_session_key(gateway.id), MAIN_LABEL).await.ok();
    Ok(SessionList { sessions, main_session })
}

/// One session.
///
/// # Errors
/// As [`list`]; a missing session.
pub async fn get(fleet: &Fleet, caller: Caller, board: BoardId, key: &str) -> Result<Value, FleetError> {
    let (gateway, remote) = open(fleet, caller, Some(board)).await?;
    let find = |sessions: Vec<Value>| {
        sessions.into_iter().find(|session| session.get("key").and_then(Value::as_str) == Some(key))
    };
    if let Some(session) = find(remote.sessions().await.map_err(refused)?) {
        return Ok(session);
    }
    if key == naming::main_session_key(gateway.id) {
        return remote.label_session(key, MAIN_LABEL).await.map_err(refused);
    }
    Err(FleetError::not_found("Session"))
}

/// The messages of a session.
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
    let answer = remote.call_once("chat.history", json!({ "sessionKey": key })).await.map_err(refused)?;
    Ok(answer.get("messages").unwrap_or(&answer).as_array().cloned().unwrap_or_default())
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
    remote.send(key, content).await.map_err(refused)?;
    Ok(())
}

async fn open(
    fleet: &Fleet,
    caller: Caller,
    board: Option<BoardId>,
) -> Result<(Gateway, Remote), FleetError> {
    let asked = board.map_or(Asked::Default, Asked::Board);
    let gateway = registered(fleet, caller, &asked).await?;
    let remote = fleet.remote(&gateway).await?;
    Ok((gateway, remote))
}

fn refused(error: GatewayError) -> FleetError {
    FleetError::Gateway { message: error.to_string(), remedy: error.remedy() }
}
