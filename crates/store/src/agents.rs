//! Agents.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Agent, AgentChanges};
use mission_control_core::reason::Reason;
use mission_control_core::rules::lifecycle;
use mission_control_core::rules::whom::Whom;
use mission_control_core::schema::{agents, boards, gateways};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Which agents of an organization a list shows.
#[derive(Debug, Clone)]
pub struct AgentFilter {
    /// The organization; agents belong to it through their gateway.
    pub organization_id: OrganizationId,
    /// Only agents of these boards, and those of none.
    pub visible_boards: Option<Vec<BoardId>>,
    /// Only agents of this board.
    pub board_id: Option<BoardId>,
    /// Only agents of this gateway and of the boards on it.
    pub gateway_id: Option<GatewayId>,
}

impl AgentFilter {
    /// Every agent of an organization.
    pub fn of(organization_id: OrganizationId) -> Self {
        Self { organization_id, visible_boards: None, board_id: None, gateway_id: None }
    }
}

fn filtered(filter: &AgentFilter) -> agents::BoxedQuery<'_, MultiBackend> {
    let own_gateways =
        gateways::table.filter(gateways::organization_id.eq(filter.organization_id)).select(gateways::id);
    let mut query =
        agents::table.filter(agents::gateway_id.eq_any(own_gateways)).into_boxed::<MultiBackend>();
    if let Some(boards) = &filter.visible_boards {
        query = query.filter(among(agents::board_id, boards).or(agents::board_id.is_null()));
    }
    if let Some(board_id) = filter.board_id {
        query = query.filter(agents::board_id.eq(board_id));
    }
    if let Some(gateway_id) = filter.gateway_id {
        let boards_on_it =
            boards::table.filter(boards::gateway_id.eq(gateway_id)).select(boards::id.nullable());
        query = query.filter(agents::gateway_id.eq(gateway_id).or(agents::board_id.eq_any(boards_on_it)));
    }
    query
}

/// The agents that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &AgentFilter, page: Page) -> StoreResult<Listing<Agent>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, AgentId)[desc(agents::created_at), desc(agents::id)],
        agents::all_columns,
        texts ["agents.identity_template", "agents.soul_template", "agents.identity_profile", "agents.heartbeat_config"]
    )
}

/// The agent of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: AgentId) -> StoreResult<Option<Agent>> {
    Ok(agents::table.find(id).select(agents::all_columns).first(conn).optional()?)
}

/// The agent of this id, if it is this organization's.
///
/// # Errors
/// The database's.
pub fn find_in(conn: &mut Conn, organization_id: OrganizationId, id: AgentId) -> StoreResult<Option<Agent>> {
    let filter = AgentFilter::of(organization_id);
    Ok(filtered(&filter).filter(agents::id.eq(id)).select(agents::all_columns).first(conn).optional()?)
}

/// The agent whose token has this SHA-256 (hex): one indexed look-up however many agents there are. A token that a
/// gateway is just being given counts as much as the one that it replaces.
///
/// # Errors
/// The database's.
pub fn find_by_token_digest(conn: &mut Conn, digest: &str) -> StoreResult<Option<Agent>> {
    Ok(agents::table
        .filter(agents::token_digest.eq(digest).or(agents::provision_confirm_token_hash.eq(digest)))
        .select(agents::all_columns)
        .first(conn)
        .optional()?)
}

/// Agents that have only the reference's salted hash, which cannot be looked up. Empty once each of them has
/// authenticated or got a new token.
///
/// # Errors
/// The database's.
pub fn with_legacy_hash(conn: &mut Conn) -> StoreResult<Vec<Agent>> {
    Ok(agents::table
        .filter(agents::token_digest.is_null())
        .filter(agents::agent_token_hash.is_not_null())
        .order((agents::last_seen_at.desc(), agents::id.asc()))
        .select(agents::all_columns)
        .load(conn)?)
}

/// Every agent, by gateway.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Agent>> {
    Ok(agents::table
        .order((agents::gateway_id.asc(), agents::created_at.asc(), agents::id.asc()))
        .select(agents::all_columns)
        .load(conn)?)
}

/// The agents of a board, the lead first, then by age.
///
/// # Errors
/// The database's.
pub fn of_board(conn: &mut Conn, board_id: BoardId) -> StoreResult<Vec<Agent>> {
    Ok(agents::table
        .filter(agents::board_id.eq(board_id))
        .order((agents::is_board_lead.desc(), agents::created_at.asc(), agents::id.asc()))
        .select(agents::all_columns)
        .load(conn)?)
}

/// The agents that are meant, by age.
///
/// # Errors
/// The database's.
pub fn of_whom(conn: &mut Conn, whom: Whom) -> StoreResult<Vec<Agent>> {
    let mut query = agents::table.into_boxed::<MultiBackend>();
    query = match whom {
        Whom::Organization(id) => {
            let gateways = gateways::table.filter(gateways::organization_id.eq(id)).select(gateways::id);
            query.filter(agents::gateway_id.eq_any(gateways))
        }
        Whom::Board(id) => query.filter(agents::board_id.eq(id)),
        Whom::Agent(id) => query.filter(agents::id.eq(id)),
    };
    Ok(query.order((agents::created_at.asc(), agents::id.asc())).select(agents::all_columns).load(conn)?)
}

/// The agents of a gateway, the main agent and those of boards, by age.
///
/// # Errors
/// The database's.
pub fn of_gateway(conn: &mut Conn, gateway_id: GatewayId) -> StoreResult<Vec<Agent>> {
    Ok(agents::table
        .filter(agents::gateway_id.eq(gateway_id))
        .order((agents::created_at.asc(), agents::id.asc()))
        .select(agents::all_columns)
        .load(conn)?)
}

/// Notes why the agents of a gateway are silent, or (`None`) that nothing is known to keep them from speaking.
///
/// # Errors
/// The database's.
pub fn set_silence(tx: &mut Tx<'_>, gateway_id: GatewayId, why: Option<&Reason>) -> StoreResult<()> {
    let of_gateway = agents::table.filter(agents::gateway_id.eq(gateway_id));
    match why {
        Some(Reason { cause, remedy }) => diesel::update(
            of_gateway.filter(agents::offline_cause.is_null().or(agents::offline_cause.ne(cause))),
        )
        .set((agents::offline_cause.eq(cause), agents::offline_remedy.eq(remedy)))
        .execute(&mut **tx)?,
        None => diesel::update(of_gateway.filter(agents::offline_cause.is_not_null()))
            .set((agents::offline_cause.eq(None::<String>), agents::offline_remedy.eq(None::<String>)))
            .execute(&mut **tx)?,
    };
    Ok(())
}

/// Pauses the agents of a board that are not paused, as of `at`.
///
/// # Errors
/// The database's.
pub fn pause_board(tx: &mut Tx<'_>, board_id: BoardId, at: Timestamp) -> StoreResult<Vec<Agent>> {
    let running = agents::table.filter(agents::board_id.eq(board_id)).filter(agents::paused_at.is_null());
    Ok(diesel::update(running)
        .set((agents::paused_at.eq(at), agents::updated_at.eq(Timestamp::now())))
        .returning(agents::all_columns)
        .get_results(&mut **tx)?)
}

/// Resumes the agents of a board that were paused with it, at `at`; those that were paused one by one stay so.
///
/// # Errors
/// The database's.
pub fn resume_board(tx: &mut Tx<'_>, board_id: BoardId, at: Timestamp) -> StoreResult<Vec<Agent>> {
    let paused = agents::table.filter(agents::board_id.eq(board_id)).filter(agents::paused_at.eq(at));
    Ok(diesel::update(paused)
        .set((agents::paused_at.eq(None::<Timestamp>), agents::updated_at.eq(Timestamp::now())))
        .returning(agents::all_columns)
        .get_results(&mut **tx)?)
}

/// The main agent of a gateway.
///
/// # Errors
/// The database's.
pub fn main_of(conn: &mut Conn, gateway_id: GatewayId) -> StoreResult<Option<Agent>> {
    Ok(agents::table
        .filter(agents::gateway_id.eq(gateway_id))
        .filter(agents::board_id.is_null())
        .order((agents::created_at.asc(), agents::id.asc()))
        .select(agents::all_columns)
        .first(conn)
        .optional()?)
}

/// The lead of a board.
///
/// # Errors
/// The database's.
pub fn lead_of(conn: &mut Conn, board_id: BoardId) -> StoreResult<Option<Agent>> {
    Ok(agents::table
        .filter(agents::board_id.eq(board_id))
        .filter(agents::is_board_lead.eq(true))
        .order((agents::created_at.asc(), agents::id.asc()))
        .select(agents::all_columns)
        .first(conn)
        .optional()?)
}

/// Adds an agent.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, agent: &Agent) -> StoreResult<()> {
    diesel::insert_into(agents::table).values(agent).execute(&mut **tx)?;
    Ok(())
}

/// Reads an agent for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: AgentId) -> StoreResult<Option<Agent>> {
    let query = agents::table.find(id).select(agents::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// [`lock`], if `generation` is still what brings the agent somewhere: nobody asked for something else since, and it is
/// not being deleted.
///
/// # Errors
/// The database's.
pub fn lock_current(tx: &mut Tx<'_>, id: AgentId, generation: i32) -> StoreResult<Option<Agent>> {
    Ok(lock(tx, id)?.filter(|agent| lifecycle::is_current(agent, generation)))
}

/// Changes an agent. When its status becomes another one, that is noted as the time since when it has it.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: AgentId, changes: &AgentChanges) -> StoreResult<Agent> {
    let now = Timestamp::now();
    if let Some(status) = &changes.status {
        diesel::update(agents::table.find(id).filter(agents::status.ne(status)))
            .set(agents::status_since.eq(now))
            .execute(&mut **tx)?;
    }
    let changes = changes.clone().complete();
    diesel::update(agents::table.find(id))
        .set((&changes, agents::updated_at.eq(now)))
        .returning(agents::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("agent"))
}

/// Changes an agent that is still as it was `seen`; `None` when it is not, or is gone. For what is done often: it needs no
/// lock before.
///
/// # Errors
/// The database's.
pub fn update_as_seen(tx: &mut Tx<'_>, seen: &Agent, changes: AgentChanges) -> StoreResult<Option<Agent>> {
    let now = Timestamp::now();
    let mut changes = changes.complete();
    if changes.status.as_ref().is_some_and(|status| *status != seen.status) {
        changes.status_since = changes.status_since.or(Some(Some(now)));
    }
    Ok(diesel::update(agents::table.find(seen.id).filter(agents::updated_at.eq(seen.updated_at)))
        .set((changes, agents::updated_at.eq(now)))
        .returning(agents::all_columns)
        .get_result(&mut **tx)
        .optional()?)
}
