//! Rules that a new or changed agent must keep.

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Agent, Board, Gateway};
use mission_control_store::{Conn, agents, boards, gateways};

use crate::error::FleetError;
use crate::gateways::connect::workspace_root;
use crate::provision::run::Subjects;
use crate::templates::{self, File};

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

/// The templates that somebody supplied can be rendered.
pub(crate) fn templates_render(subjects: &Subjects, base_url: &str) -> Result<(), FleetError> {
    let root = workspace_root(&subjects.gateway, None);
    let context = subjects.context(base_url, &root, "token");
    let supplied = [
        (File::Identity, "identity_template", &subjects.agent.identity_template),
        (File::Soul, "soul_template", &subjects.agent.soul_template),
    ];
    for (file, field, template) in supplied {
        if let Some(source) = template {
            templates::render_supplied(file, source, &context).map_err(|error| {
                FleetError::invalid_field(field, format!("The template {}.", error.reason))
            })?;
        }
    }
    Ok(())
}
