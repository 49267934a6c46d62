//! What agents are made to do and do, counted per UTC day.

use diesel::prelude::*;
use mission_control_core::id::AgentId;
use mission_control_core::models::AgentActivityCount;
use mission_control_core::schema::agent_activity_counts as counts;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It was woken.
    Wake,
    /// It was sent a message.
    Message,
    /// It checked in.
    Heartbeat,
}

/// Counts one more for an agent, today.
///
/// # Errors
/// The database's.
pub fn count(tx: &mut Tx<'_>, agent: AgentId, what: Counted) -> StoreResult<()> {
    let one = |counted: Counted| i32::from(counted == what);
    let (wakes, messages, heartbeats) = (one(Counted::Wake), one(Counted::Message), one(Counted::Heartbeat));
    let row = AgentActivityCount { agent_id: agent, day: day(Timestamp::now()), wakes, messages, heartbeats };
    let insert = diesel::insert_into(counts::table).values(&row);
    let more = (
        counts::wakes.eq(counts::wakes + wakes),
        counts::messages.eq(counts::messages + messages),
        counts::heartbeats.eq(counts::heartbeats + heartbeats),
    );
    match &mut **tx {
        Conn::Pg(pg) => {
            insert.on_conflict((counts::agent_id, counts::day)).do_update().set(more).execute(pg)?
        }
        Conn::Sqlite(sqlite) => {
            insert.on_conflict((counts::agent_id, counts::day)).do_update().set(more).execute(sqlite)?
        }
    };
    Ok(())
}

/// The days of an agent on which anything was counted, since `from`, newest first.
///
/// # Errors
/// The database's.
pub fn of_agent(conn: &mut Conn, agent: AgentId, from: Timestamp) -> StoreResult<Vec<AgentActivityCount>> {
    Ok(counts::table
        .filter(counts::agent_id.eq(agent))
        .filter(counts::day.ge(day(from)))
        .order(counts::day.desc())
        .select(counts::all_columns)
        .load(conn)?)
}

/// Forgets the days before `before`.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp) -> StoreResult<usize> {
    Ok(diesel::delete(counts::table.filter(counts::day.lt(day(before)))).execute(&mut **tx)?)
}

fn day(at: Timestamp) -> String {
    at.utc().format("%Y-%m-%d").to_string()
}
