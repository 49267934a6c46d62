//! Rules that a new or changed agent must keep.

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Agent, Board, Gateway};
use mission_control_store::{Conn, agents, boards, gateways};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::naming::OnGateway;
use crate::provision::run::Subjects;
use crate::templates::{File, Supplied};

/// The agent of this id, if it is the organization's.
pub(crate) fn agent_in(
    conn: &mut Conn,
    organization: OrganizationId,
    id: AgentId,
) -> Result<(Agent, Gateway), FleetError> {
    let missing = || FleetError::not_found("Agent");
    let agent = agents::find(conn, id)?.ok_or_else(missing)?;
    let gateway = gateways::find_in(conn, organization, agent.gateway_id)?.ok_or_else(missing)?;
    Ok((agent, gateway))
}

/// The agent of this id, if it works on the board.
pub(crate) fn agent_of(conn: &mut Conn, board: BoardId, id: AgentId) -> Result<Agent, FleetError> {
    let found = agents::find(conn, id)?.filter(|agent| agent.board_id == Some(board));
    found.ok_or(FleetError::not_found("Agent"))
}

/// The agent as it is now.
pub(crate) async fn current(fleet: &Fleet, id: AgentId) -> Result<Agent, FleetError> {
    let agent: Result<Option<Agent>, FleetError> =
        fleet.db().read(move |conn| agents::find(conn, id).map_err(FleetError::from)).await;
    agent?.ok_or(FleetError::not_found("Agent"))
}

/// The board that an agent shall work on, and its gateway.
pub(crate) fn board_with_gateway(
    conn: &mut Conn,
    organization: OrganizationId,
    board: Option<BoardId>,
) -> Result<(Board, Gateway), FleetError> {
    let id = board.ok_or_else(|| FleetError::invalid("board_id is required"))?;
    let board = boards::find_in(conn, organization, id)?.ok_or(FleetError::not_found("Board"))?;
    let gateway = gateway_of(conn, &board)?;
    Ok((board, gateway))
}

/// The gateway of `board`.
pub(crate) fn gateway_of(conn: &mut Conn, board: &Board) -> Result<Gateway, FleetError> {
    let id = board.gateway_id.ok_or_else(|| FleetError::invalid("Board gateway_id is required"))?;
    gateways::find_in(conn, board.organization_id, id)?
        .ok_or_else(|| FleetError::invalid("Board gateway_id is invalid"))
}

/// No other agent of the gateway's boards has the name, whatever its case.
pub(crate) fn name_is_free(
    conn: &mut Conn,
    gateway: GatewayId,
    board: BoardId,
    name: &str,
    except: Option<AgentId>,
) -> Result<(), FleetError> {
    let wanted = name.trim().to_lowercase();
    let taken = agents::of_gateway(conn, gateway)?.into_iter().find(|agent| {
        agent.board_id.is_some() && Some(agent.id) != except && agent.name.trim().to_lowercase() == wanted
    });
    match taken {
        None => Ok(()),
        Some(agent) if agent.board_id == Some(board) => {
            Err(FleetError::conflict("An agent with this name already exists on this board."))
        }
        Some(_) => {
            Err(FleetError::conflict("An agent with this name already exists in this gateway workspace."))
        }
    }
}

/// The templates that somebody supplied can be rendered. Parsing what others wrote takes its time, so this is asked
/// before a transaction, not inside one.
pub(crate) async fn templates_render(fleet: &Fleet, subjects: &Subjects) -> Result<(), FleetError> {
    let place = OnGateway::of(&subjects.agent, &subjects.gateway, None);
    let context = subjects.context(&fleet.settings().http.base_url, &place, "");
    let rendered = Supplied::render(&subjects.agent, &context).await;
    rendered.map(drop).map_err(|error| {
        let field = if error.file == File::Identity.name() { "identity_template" } else { "soul_template" };
        FleetError::invalid_field(field, format!("The template {}.", error.reason))
    })
}
