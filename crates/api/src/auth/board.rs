//! Boards by the path's `board_id`, as extractors: what a person may see or change of one.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::id::{BoardId, OrganizationId};
use mission_control_core::models::{Board, OrganizationBoardAccess, OrganizationMember};
use mission_control_core::rules::access;
use mission_control_store::{Conn, Db, StoreError, StoreResult, boards, members, organizations};

use super::{OrgMember, user};
use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// A member who may see the board.
#[derive(Debug, Clone)]
pub struct BoardRead {
    /// The person and the organization they work in.
    pub caller: OrgMember,
    /// The board.
    pub board: Board,
}

/// A member who may change the board.
#[derive(Debug, Clone)]
pub struct BoardWrite {
    /// The person and the organization they work in.
    pub caller: OrgMember,
    /// The board.
    pub board: Board,
}

/// A rule of [`access`] about a member and a board.
pub(super) type Rule = fn(&OrganizationMember, &Board, Option<&OrganizationBoardAccess>) -> bool;

/// The board of the path, if `allows`.
async fn admitted(request: &HttpRequest, allows: Rule) -> ApiResult<(OrgMember, Board)> {
    board_of_path(request, user::org_member(request).await?, allows).await
}

/// The board of the path for a member, if `allows`.
pub(super) async fn board_of_path(
    request: &HttpRequest,
    caller: OrgMember,
    allows: Rule,
) -> ApiResult<(OrgMember, Board)> {
    let state = State::of(request)?;
    board_of_member(&state, caller, in_path(request)?, allows).await
}

/// The id of the path's board; what is malformed does not exist.
pub(super) fn in_path(request: &HttpRequest) -> ApiResult<BoardId> {
    let id = request.match_info().get("board_id").and_then(|text| text.parse().ok());
    id.ok_or_else(|| ApiError::not_found("board"))
}

/// The board, if `allows`, and the caller as a member of its organization: a person of several organizations reaches the
/// boards of each by their ids, whichever they work in. Any other organization's board does not exist for the caller.
pub(super) async fn board_of_member(
    state: &State,
    caller: OrgMember,
    id: BoardId,
    allows: Rule,
) -> ApiResult<(OrgMember, Board)> {
    let (caller, board, grant) = state.db.read(move |conn| of(conn, caller, id)).await?;
    let board = board.ok_or_else(|| ApiError::not_found("board"))?;
    if allows(&caller.member, &board, grant.as_ref()) { Ok((caller, board)) } else { Err(no_access()) }
}

type Found = (OrgMember, Option<Board>, Option<OrganizationBoardAccess>);

/// A board of an organization of the caller's, the caller as its member, and what was granted to that member on it.
fn of(conn: &mut Conn, caller: OrgMember, id: BoardId) -> StoreResult<Found> {
    let Some((board, grant)) = members::board_with_grant(conn, &caller.member, id)? else {
        return Ok((caller, None, None));
    };
    if board.organization_id == caller.organization.id {
        return Ok((caller, Some(board), grant));
    }
    let Some(caller) = caller.clone().in_organization(conn, board.organization_id)? else {
        return Ok((caller, None, None));
    };
    let grant = members::grant_on(conn, &caller.member, id)?;
    Ok((caller, Some(board), grant))
}

fn no_access() -> ApiError {
    ApiError::forbidden("You have no access to this board.")
        .next_step("Ask an admin of the organization to grant it.")
}

impl OrgMember {
    /// The same person as a member of another organization of theirs; `None` where they are no member.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn in_organization(self, conn: &mut Conn, id: OrganizationId) -> StoreResult<Option<Self>> {
        if self.organization.id == id {
            return Ok(Some(self));
        }
        // A token was given for one organization, and opens no other one.
        if self.is_program() {
            return Ok(None);
        }
        let Some(member) = members::of_user(conn, id, self.user.id)? else { return Ok(None) };
        let member = member.into();
        let organization = organizations::find(conn, id)?;
        Ok(organization.map(|organization| Self { member, organization, ..self }))
    }

    /// Passes when the member may do what `allows` says with a board of the organization: for what names its board in
    /// another way than by the path. No board, or one that is not there, is for the use-case to tell.
    ///
    /// # Errors
    /// 403 when the member may not.
    pub(crate) async fn require_board(&self, db: &Db, id: Option<BoardId>, allows: Rule) -> ApiResult<()> {
        let Some(id) = id else { return Ok(()) };
        let (organization, member) = (self.organization.id, self.member.clone());
        let (board, grant) = db
            .read(move |conn| {
                let board = boards::find_in(conn, organization, id)?;
                Ok::<_, StoreError>((board, members::grant_on(conn, &member, id)?))
            })
            .await?;
        match board {
            Some(board) if !allows(&self.member, &board, grant.as_ref()) => Err(no_access()),
            _ => Ok(()),
        }
    }
}

impl FromRequest for BoardRead {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let (caller, board) = admitted(&request, access::may_read_board).await?;
            Ok(Self { caller, board })
        }
        .boxed_local()
    }
}

impl FromRequest for BoardWrite {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let (caller, board) = admitted(&request, access::may_write_board).await?;
            Ok(Self { caller, board })
        }
        .boxed_local()
    }
}
