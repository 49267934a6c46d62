//! The workspace files of agents, as they were last written to their gateways.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, GatewayId};
use mission_control_core::models::AgentFile;
use mission_control_core::schema::{agent_files, agents};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// The files of an agent that were written, by name.
///
/// # Errors
/// The database's.
pub fn of_agent(conn: &mut Conn, agent: AgentId) -> StoreResult<Vec<AgentFile>> {
    Ok(agent_files::table
        .filter(agent_files::agent_id.eq(agent))
        .order(agent_files::name.asc())
        .select(agent_files::all_columns)
        .load(conn)?)
}

/// The files of a gateway's agents that were written.
///
/// # Errors
/// The database's.
pub fn of_gateway(conn: &mut Conn, gateway: GatewayId) -> StoreResult<Vec<AgentFile>> {
    let agents = agents::table.filter(agents::gateway_id.eq(gateway)).select(agents::id);
    Ok(agent_files::table
        .filter(agent_files::agent_id.eq_any(agents))
        .order((agent_files::agent_id.asc(), agent_files::name.asc()))
        .select(agent_files::all_columns)
        .load(conn)?)
}

/// Notes that content of this hash and `size` (bytes) is about to be written. What was there is kept beside it: a write
/// that is cut short leaves one of the two.
///
/// # Errors
/// The database's.
pub fn note_write(tx: &mut Tx<'_>, agent: AgentId, name: &str, sha256: &str, size: i64) -> StoreResult<()> {
    let now = Timestamp::now();
    let row = agent_files::table.find((agent, name));
    let before: Option<AgentFile> = row.select(agent_files::all_columns).first(&mut **tx).optional()?;
    let Some(before) = before else {
        let file = AgentFile {
            agent_id: agent,
            name: name.to_owned(),
            sha256: sha256.to_owned(),
            previous_sha256: None,
            size,
            written_at: now,
            edited: false,
        };
        let insert = diesel::insert_into(agent_files::table).values(&file);
        match &mut **tx {
            Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
            Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
        };
        return Ok(());
    };
    let previous = if before.sha256 == sha256 { before.previous_sha256 } else { Some(before.sha256) };
    diesel::update(row)
        .set((
            agent_files::sha256.eq(sha256),
            agent_files::previous_sha256.eq(previous),
            agent_files::size.eq(size),
            agent_files::written_at.eq(now),
            agent_files::edited.eq(false),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets a file: the gateway does not keep it.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx<'_>, agent: AgentId, name: &str) -> StoreResult<()> {
    diesel::delete(agent_files::table.find((agent, name))).execute(&mut **tx)?;
    Ok(())
}

/// Notes which of an agent's files it has changed: those named, and no others.
///
/// # Errors
/// The database's.
pub fn note_edits(tx: &mut Tx<'_>, agent: AgentId, edited: &[String]) -> StoreResult<()> {
    let of_agent = agent_files::table.filter(agent_files::agent_id.eq(agent));
    diesel::update(of_agent.filter(agent_files::edited.eq(true)).filter(agent_files::name.ne_all(edited)))
        .set(agent_files::edited.eq(false))
        .execute(&mut **tx)?;
    diesel::update(of_agent.filter(agent_files::edited.eq(false)).filter(agent_files::name.eq_any(edited)))
        .set(agent_files::edited.eq(true))
        .execute(&mut **tx)?;
    Ok(())
}
