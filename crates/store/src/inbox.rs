//! What members have done with in their inbox.

use diesel::prelude::*;
use mission_control_core::id::MemberId;
use mission_control_core::limits::INBOX_MARKS;
use mission_control_core::models::InboxMark;
use mission_control_core::schema::inbox_marks;
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// The items that a member has done with, the latest first.
///
/// # Errors
/// The database's.
pub fn done(conn: &mut Conn, member: MemberId) -> StoreResult<Vec<String>> {
    Ok(inbox_marks::table
        .filter(inbox_marks::member_id.eq(member))
        .order((inbox_marks::created_at.desc(), inbox_marks::item.asc()))
        .limit(INBOX_MARKS)
        .select(inbox_marks::item)
        .load(conn)?)
}

/// Marks items as done with; the oldest marks beyond the maximum are forgotten. Returns how many are new.
///
/// # Errors
/// The database's.
pub fn mark(tx: &mut Tx<'_>, member: MemberId, items: &[String]) -> StoreResult<usize> {
    let start = Timestamp::now().micros();
    let mut new = 0;
    for (nth, item) in (0..).zip(items) {
        let created_at = Timestamp::from_micros(start.saturating_add(nth));
        let mark = InboxMark { member_id: member, item: item.clone(), created_at };
        let insert = diesel::insert_into(inbox_marks::table).values(mark);
        new += match &mut **tx {
            Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
            Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
        };
    }
    let of_member = || inbox_marks::table.filter(inbox_marks::member_id.eq(member));
    let oldest_kept: Option<Timestamp> = of_member()
        .order(inbox_marks::created_at.desc())
        .offset(INBOX_MARKS - 1)
        .select(inbox_marks::created_at)
        .first(&mut **tx)
        .optional()?;
    if let Some(oldest) = oldest_kept {
        diesel::delete(of_member().filter(inbox_marks::created_at.lt(oldest))).execute(&mut **tx)?;
    }
    Ok(new)
}

/// Takes marks off. Returns how many there were.
///
/// # Errors
/// The database's.
pub fn unmark(tx: &mut Tx<'_>, member: MemberId, items: &[String]) -> StoreResult<usize> {
    let marked =
        inbox_marks::table.filter(inbox_marks::member_id.eq(member)).filter(among(inbox_marks::item, items));
    Ok(diesel::delete(marked).execute(&mut **tx)?)
}
