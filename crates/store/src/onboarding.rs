//! Onboardings of boards.

use diesel::prelude::*;
use mission_control_core::id::{BoardId, OnboardingSessionId};
use mission_control_core::models::{OnboardingChanges, OnboardingSession, OnboardingStatus};
use mission_control_core::schema::board_onboarding_sessions as sessions;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::tx::Tx;

/// The onboarding of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: OnboardingSessionId) -> StoreResult<Option<OnboardingSession>> {
    Ok(sessions::table.find(id).select(sessions::all_columns).first(conn).optional()?)
}

/// A board's onboarding that last went on.
///
/// # Errors
/// The database's.
pub fn latest(conn: &mut Conn, board: BoardId) -> StoreResult<Option<OnboardingSession>> {
    Ok(sessions::table
        .filter(sessions::board_id.eq(board))
        .order((sessions::updated_at.desc(), sessions::id.desc()))
        .select(sessions::all_columns)
        .first(conn)
        .optional()?)
}

/// A board's onboarding in which questions are being asked.
///
/// # Errors
/// The database's.
pub fn active(conn: &mut Conn, board: BoardId) -> StoreResult<Option<OnboardingSession>> {
    Ok(sessions::table
        .filter(sessions::board_id.eq(board))
        .filter(sessions::status.eq(OnboardingStatus::Active))
        .order((sessions::updated_at.desc(), sessions::id.desc()))
        .select(sessions::all_columns)
        .first(conn)
        .optional()?)
}

/// Adds an onboarding.
///
/// # Errors
/// [`StoreError::ForeignKey`] when the board is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, session: &OnboardingSession) -> StoreResult<()> {
    diesel::insert_into(sessions::table).values(session).execute(&mut **tx)?;
    Ok(())
}

/// Changes an onboarding, which thereby goes on.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(
    tx: &mut Tx<'_>,
    id: OnboardingSessionId,
    changes: &OnboardingChanges,
) -> StoreResult<OnboardingSession> {
    diesel::update(sessions::table.find(id))
        .set((changes, sessions::updated_at.eq(Timestamp::now())))
        .returning(sessions::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("onboarding"))
}

/// Deletes an onboarding, if it is still there.
///
/// # Errors
/// The database's.
pub fn delete(tx: &mut Tx<'_>, id: OnboardingSessionId) -> StoreResult<()> {
    diesel::delete(sessions::table.find(id)).execute(&mut **tx)?;
    Ok(())
}
