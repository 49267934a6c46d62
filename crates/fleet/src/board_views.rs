//! Named ways to look at boards: everybody who sees a board keeps views of it for themselves; those who may change the board
//! share them with all others.

use mission_control_core::id::{BoardId, BoardViewId, MemberId, OrganizationId};
use mission_control_core::limits::{OWN_VIEWS, SHARED_VIEWS};
use mission_control_core::models::{Board, BoardLayout, BoardView, BoardViewChanges};
use mission_control_core::rules::access;
use mission_control_core::rules::seat::Seat;
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_shapes::BoardViewRead;
use mission_control_shapes::events::{BoardViewTold, Event};
use mission_control_store::owners::Owner;
use mission_control_store::{Conn, Listing, Page, StoreError, Tx, board_views, boards, members};
use serde_json::json;

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::room;

/// What a view shows.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of the view")]
pub struct NewBoardView {
    pub name: String,
    pub shared: bool,
    pub filter: Option<String>,
    pub sort: Option<String>,
    pub group_by: Option<String>,
    pub layout: BoardLayout,
    pub columns: Option<Vec<String>>,
}

/// Changes to a view. `None` leaves a field alone, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of the view")]
pub struct BoardViewPatch {
    pub name: Option<String>,
    pub shared: Option<bool>,
    pub filter: Option<Option<String>>,
    pub sort: Option<Option<String>>,
    pub group_by: Option<Option<String>>,
    pub layout: Option<BoardLayout>,
    pub columns: Option<Option<Vec<String>>>,
}

/// The views of these boards that a member sees, the oldest first.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    boards: &[BoardId],
    member: MemberId,
    page: Page,
) -> Result<Listing<BoardView>, StoreError> {
    board_views::list(conn, boards, member, page)
}

/// Keeps a view of a board that the caller sees.
///
/// # Errors
/// A view that is shared by somebody who may not change the board; too many views; the database's.
pub async fn create(
    fleet: &Fleet,
    seat: Seat,
    board: Board,
    new: NewBoardView,
) -> Result<BoardViewRead, FleetError> {
    let now = Timestamp::now();
    let view = BoardView {
        id: BoardViewId::random(),
        board_id: board.id,
        member_id: (!new.shared).then_some(seat.id),
        name: new.name,
        filter: new.filter,
        sort: new.sort,
        group_by: new.group_by,
        layout: new.layout,
        table_columns: new.columns.map(|columns| json!(columns)),
        created_at: now,
        updated_at: now,
    };
    fleet
        .db()
        .write(move |tx| {
            boards::lock(tx, board.id)?.ok_or(FleetError::not_found("Board"))?;
            if view.member_id.is_none() {
                may_share(tx, &seat, &board)?;
            }
            require_room(tx, board.id, view.member_id)?;
            board_views::insert(tx, &view)?;
            told(tx, board.organization_id, &view);
            Ok(view.into())
        })
        .await
}

/// Changes a view. One that is not shared any more is the caller's own from then on.
///
/// # Errors
/// A missing view; one that is not what the caller saw; one that is shared, or to be shared, and a caller who may not change the
/// board; too many views; the database's.
pub async fn update(
    fleet: &Fleet,
    seat: Seat,
    board: Board,
    id: BoardViewId,
    seen: Seen,
    patch: BoardViewPatch,
) -> Result<BoardViewRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            boards::lock(tx, board.id)?.ok_or(FleetError::not_found("Board"))?;
            let before = changeable(tx, &seat, &board, id)?;
            BoardViewRead::as_seen(&before).require(&seen)?;
            let owner = patch.shared.map(|shared| (!shared).then_some(seat.id));
            let is_another = |owner: &Option<MemberId>| *owner != before.member_id;
            if let Some(owner) = owner.filter(is_another) {
                if owner.is_none() {
                    may_share(tx, &seat, &board)?;
                }
                require_room(tx, board.id, owner)?;
            }
            let changes = BoardViewChanges {
                member_id: owner,
                name: patch.name,
                filter: patch.filter,
                sort: patch.sort,
                group_by: patch.group_by,
                layout: patch.layout,
                table_columns: patch.columns.map(|columns| columns.map(|columns| json!(columns))),
            };
            let after = board_views::update(tx, id, &changes)?;
            if after.member_id != before.member_id {
                told(tx, board.organization_id, &before);
            }
            told(tx, board.organization_id, &after);
            Ok(after.into())
        })
        .await
}

/// Deletes a view.
///
/// # Errors
/// A missing view; one that is shared, and a caller who may not change the board; the database's.
pub async fn delete(fleet: &Fleet, seat: Seat, board: Board, id: BoardViewId) -> Result<(), FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let view = changeable(tx, &seat, &board, id)?;
            board_views::delete(tx, id)?;
            told(tx, board.organization_id, &view);
            Ok(())
        })
        .await
}

/// A view that the caller may change.
fn changeable(tx: &mut Tx<'_>, seat: &Seat, board: &Board, id: BoardViewId) -> Result<BoardView, FleetError> {
    let view = board_views::lock(tx, board.id, seat.id, id)?.ok_or(FleetError::not_found("Board view"))?;
    if view.member_id.is_none() {
        may_share(tx, seat, board)?;
    }
    Ok(view)
}

fn may_share(tx: &mut Tx<'_>, seat: &Seat, board: &Board) -> Result<(), FleetError> {
    let grant = members::grant_on(tx, seat, board.id)?;
    if access::may_write_board(seat, board, grant.as_ref()) {
        Ok(())
    } else {
        Err(FleetError::forbidden(
            "Views are shared, and shared ones changed, by those who may change the board.",
        ))
    }
}

/// Refuses one more view of a board that is shared, or that a member keeps.
fn require_room(tx: &mut Tx<'_>, board: BoardId, member: Option<MemberId>) -> Result<(), FleetError> {
    let most = if member.is_none() { SHARED_VIEWS } else { OWN_VIEWS };
    let count = |conn: &mut Conn| board_views::count(conn, board, member);
    room::require(tx, Owner::Board(board), most, count, "views already: delete those that nobody needs")
}

/// Tells those who see the view that something of it changed.
fn told(tx: &mut Tx<'_>, organization: OrganizationId, view: &BoardView) {
    let what = BoardViewTold { id: view.id, board_id: view.board_id, member_id: view.member_id };
    let entry = Event::BoardViewUpdated(what.into()).organization(organization);
    tx.append(match view.member_id {
        Some(_) => entry,
        None => entry.board(view.board_id),
    });
}
