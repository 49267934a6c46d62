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
            seen_modified_ms: None,
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
            agent_files::seen_modified_ms.eq(None::<i64>),
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

/// Forgets the files of an agent that it has not changed, as far as is known: its gateway makes its workspace anew, and
/// what will be there is not what was written.
///
/// # Errors
/// The database's.
pub fn forget_unedited(tx: &mut Tx<'_>, agent: AgentId) -> StoreResult<()> {
    let unedited = agent_files::agent_id.eq(agent).and(agent_files::edited.eq(false));
    diesel::delete(agent_files::table.filter(unedited)).execute(&mut **tx)?;
    Ok(())
}

/// What a look at a file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The file as it was known before.
    pub file: AgentFile,
    /// When its gateway last changed it, where it says so.
    pub modified_ms: Option<i64>,
    /// The agent has changed it since it was written.
    pub edited: bool,
}

/// Notes what was found. A file that was written meanwhile is not what was looked at.
///
/// # Errors
/// The database's.
pub fn note_looks(tx: &mut Tx<'_>, looks: &[Look]) -> StoreResult<()> {
    for Look { file, modified_ms, edited } in looks {
        let same = agent_files::written_at.eq(file.written_at);
        diesel::update(agent_files::table.find((file.agent_id, &file.name)).filter(same))
            .set((agent_files::edited.eq(edited), agent_files::seen_modified_ms.eq(modified_ms)))
            .execute(&mut **tx)?;
    }
    Ok(())
}
