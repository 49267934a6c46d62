//! Rules for commands as clients see them.

use mission_control_core::id::{BoardId, ExecPolicyId, UserId};
use mission_control_core::models::ExecPolicy;
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use mission_control_shapes::ExecPolicyRead;
use mission_control_store::exec_policies::{self, ExecPolicyFilter};
use mission_control_store::{Conn, Listing, Page, StoreError, StoreResult, agents, users};

use crate::fleet::Fleet;

/// The rules that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    filter: ExecPolicyFilter,
    page: Page,
) -> Result<Listing<ExecPolicyRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let listing = exec_policies::list(conn, &filter, page)?;
        listing.try_map_all(|rows| reads(conn, rows))
    });
    listing.await
}

/// The rule of this id, and the board whose people it concerns.
///
/// # Errors
/// The database's.
pub async fn find(
    fleet: &Fleet,
    id: ExecPolicyId,
) -> Result<Option<(ExecPolicyRead, Option<BoardId>)>, StoreError> {
    fleet
        .db()
        .read(move |conn| {
            let Some(policy) = exec_policies::find(conn, id)? else { return Ok(None) };
            let board = board_of(conn, &policy)?;
            Ok(Some((read(conn, policy)?, board)))
        })
        .await
}

/// The board whose people a rule concerns.
pub(super) fn board_of(conn: &mut Conn, policy: &ExecPolicy) -> StoreResult<Option<BoardId>> {
    Ok(match policy.whom() {
        Whom::Board(board) => Some(board),
        Whom::Agent(agent) => agents::find(conn, agent)?.and_then(|agent| agent.board_id),
        Whom::Organization(_) => None,
    })
}

/// A rule with the name of its author.
pub(super) fn read(conn: &mut Conn, policy: ExecPolicy) -> StoreResult<ExecPolicyRead> {
    let mut reads = reads(conn, vec![policy])?;
    reads.pop().ok_or(StoreError::NotFound("exec policy"))
}

fn reads(conn: &mut Conn, rows: Vec<ExecPolicy>) -> StoreResult<Vec<ExecPolicyRead>> {
    let now = Timestamp::now();
    let authors: Vec<UserId> = rows.iter().filter_map(|policy| policy.author_user_id).collect();
    let names = users::names(conn, &authors)?;
    let read = |policy: ExecPolicy| {
        let author = policy.author_user_id.and_then(|author| names.get(&author).cloned());
        ExecPolicyRead::new(policy, author, now)
    };
    Ok(rows.into_iter().map(read).collect())
}
