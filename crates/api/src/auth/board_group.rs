//! Board groups by the path's `group_id`, as extractors: what a person may see or change of one.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::id::BoardGroupId;
use mission_control_core::models::{BoardGroup, OrganizationBoardAccess, OrganizationMember};
use mission_control_core::rules::access;
use mission_control_core::rules::seat::Seat;
use mission_control_store::{Conn, StoreError, StoreResult, board_groups, members};

use super::{OrgMember, user};
use crate::error::{ApiError, ApiResult};
use crate::http::Params;
use crate::state::State;

/// A member who may see the group: one of its boards, or all.
#[derive(Debug, Clone)]
pub struct GroupRead {
    /// The person and the organization they work in.
    pub caller: OrgMember,
    /// The group.
    pub group: BoardGroup,
}

/// A member who may change the group: one of its boards, or all.
#[derive(Debug, Clone)]
pub struct GroupWrite {
    /// The person and the organization they work in.
    pub caller: OrgMember,
    /// The group.
    pub group: BoardGroup,
}

type Granted = fn(&OrganizationBoardAccess) -> bool;
type Rule = fn(&OrganizationMember, &[bool]) -> bool;

/// What the member's grants say of each board of a group; `granted` says which of them count.
///
/// # Errors
/// The database's.
pub(crate) fn open_boards(
    conn: &mut Conn,
    group: BoardGroupId,
    member: &Seat,
    granted: Granted,
) -> StoreResult<Vec<bool>> {
    let boards = board_groups::board_ids(conn, group)?;
    let grants = members::grants(conn, member)?;
    Ok(boards
        .iter()
        .map(|board| grants.iter().any(|grant| grant.board_id == *board && granted(grant)))
        .collect())
}

/// The group of the path, if `allows`; `granted` says which grants for a board count.
async fn admitted(
    request: &HttpRequest,
    granted: Granted,
    allows: Rule,
) -> ApiResult<(OrgMember, BoardGroup)> {
    let caller = user::org_member(request).await?;
    let id: BoardGroupId = Params::extract(request).await?.uuid("group_id")?;
    let member = caller.member.clone();
    let (group, open) = State::of(request)?
        .db
        .read(move |conn| {
            let group = board_groups::find(conn, id)?;
            Ok::<_, StoreError>((group, open_boards(conn, id, &member, granted)?))
        })
        .await?;
    let group = group.ok_or_else(|| ApiError::not_found("board group"))?;
    if group.organization_id == caller.organization.id && allows(&caller.member, &open) {
        Ok((caller, group))
    } else {
        Err(ApiError::forbidden("You have no access to this board group.")
            .next_step("Ask an admin of the organization for access to one of its boards."))
    }
}

impl FromRequest for GroupRead {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let granted: Granted = |grant| grant.can_read || grant.can_write;
            let (caller, group) = admitted(&request, granted, access::may_read_group).await?;
            Ok(Self { caller, group })
        }
        .boxed_local()
    }
}

impl FromRequest for GroupWrite {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let (caller, group) =
                admitted(&request, |grant| grant.can_write, access::may_write_group).await?;
            Ok(Self { caller, group })
        }
        .boxed_local()
    }
}
