//! Circuits of gateways: a gateway that fails several jobs in a row holds its bulk jobs back.
//!
//! While the circuit is open (`open_until` is to come) no bulk job of the gateway is handed out; none of them has to be
//! rewritten for that. Then one job at a time may [`probe`]: when it succeeds the circuit is [`close`]d, when it
//! [`fail`]s it opens for longer. Interactive jobs are not held back: somebody waits for their answer.

use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::id::{GatewayId, JobId, OrganizationId};
use mission_control_core::models::{GatewayCircuit, JobState, Lane};
use mission_control_core::reason::Reason;
use mission_control_core::rules::jobs::circuit_pause;
use mission_control_core::schema::{gateway_circuits as circuits, gateways, jobs};
use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;

use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// Most jobs that are brought forward when a gateway is back; the others come at their time.
const AT_ONCE: i64 = 200;

/// A job of the gateway failed because the gateway is away. Returns for how long the circuit opens, if it does.
///
/// # Errors
/// The database's.
pub fn fail(tx: &mut Tx<'_>, gateway: GatewayId, why: &Reason) -> StoreResult<Option<Duration>> {
    let now = Timestamp::now();
    let first = GatewayCircuit {
        gateway_id: gateway,
        failures: 0,
        open_until: None,
        last_error: why.cause.clone(),
        failing_since: now,
        remedy: why.remedy.clone(),
    };
    let insert = diesel::insert_into(circuits::table).values(&first);
    match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    let failures: i32 = diesel::update(circuits::table.find(gateway))
        .set((
            circuits::failures.eq(circuits::failures + 1),
            circuits::last_error.eq(&why.cause),
            circuits::remedy.eq(&why.remedy),
        ))
        .returning(circuits::failures)
        .get_result(&mut **tx)?;
    let pause = circuit_pause(failures);
    if let Some(pause) = pause {
        diesel::update(circuits::table.find(gateway))
            .set(circuits::open_until.eq(now.plus(pause)))
            .execute(&mut **tx)?;
    }
    Ok(pause)
}

/// The gateway did what a job asked for.
///
/// # Errors
/// The database's.
pub fn close(tx: &mut Tx<'_>, gateway: GatewayId) -> StoreResult<()> {
    diesel::delete(circuits::table.find(gateway)).execute(&mut **tx)?;
    Ok(())
}

/// Takes the right to try a gateway whose pause is over; until `until` nobody else has it.
///
/// # Errors
/// The database's.
pub fn probe(tx: &mut Tx<'_>, gateway: GatewayId, until: Timestamp) -> StoreResult<bool> {
    let over = circuits::table.find(gateway).filter(circuits::open_until.le(Timestamp::now()));
    Ok(diesel::update(over).set(circuits::open_until.eq(until)).execute(&mut **tx)? == 1)
}

/// The gateway was seen: what waits because it was away may try at once. Its circuit lets one bulk job through.
///
/// # Errors
/// The database's.
pub fn let_try(tx: &mut Tx<'_>, gateway: GatewayId) -> StoreResult<()> {
    let now = Timestamp::now();
    let open = circuits::table.find(gateway).filter(circuits::open_until.gt(now));
    let was_open = diesel::update(open).set(circuits::open_until.eq(now)).execute(&mut **tx)? == 1;
    let of_gateway = || {
        jobs::table
            .filter(jobs::gateway_id.eq(gateway))
            .filter(jobs::state.eq(JobState::Queued))
            .order(jobs::run_at.asc())
            .select((jobs::id, jobs::lane))
    };
    let failed = of_gateway().filter(jobs::last_error.is_not_null()).filter(jobs::run_at.gt(now));
    let mut waiting: Vec<(JobId, Lane)> = failed.limit(AT_ONCE).load(&mut **tx)?;
    let ids: Vec<JobId> = waiting.iter().map(|(id, _)| *id).collect();
    diesel::update(jobs::table.filter(among(jobs::id, &ids))).set(jobs::run_at.eq(now)).execute(&mut **tx)?;
    if was_open {
        waiting.extend(of_gateway().filter(jobs::run_at.le(now)).limit(1).load::<(JobId, Lane)>(&mut **tx)?);
    }
    for (id, lane) in waiting {
        tx.wake(Wakeup::JobQueued { id, lane, run_at: now });
    }
    Ok(())
}

/// The circuits that opened and did not close since: those to come are held back, those of the past may be probed.
///
/// # Errors
/// The database's.
pub fn opened(conn: &mut Conn) -> StoreResult<Vec<GatewayCircuit>> {
    Ok(circuits::table.filter(circuits::open_until.is_not_null()).select(circuits::all_columns).load(conn)?)
}

/// The gateways of an organization that fail now, with their names, the longest failing first.
///
/// # Errors
/// The database's.
pub fn of_organization(
    conn: &mut Conn,
    organization: OrganizationId,
) -> StoreResult<Vec<(GatewayCircuit, String)>> {
    Ok(circuits::table
        .inner_join(gateways::table.on(gateways::id.eq(circuits::gateway_id)))
        .filter(gateways::organization_id.eq(organization))
        .order(circuits::failing_since.asc())
        .select((circuits::all_columns, gateways::name))
        .load(conn)?)
}
