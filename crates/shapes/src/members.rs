//! Members of organizations.

use mission_control_core::id::{BoardAccessId, BoardId, MemberId, OrganizationId, UserId};
use mission_control_core::limits::BOARDS;
use mission_control_core::models::{OrganizationBoardAccess, OrganizationMember, User};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// The person behind a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationUserRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: UserId,
    /// E-mail address.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// How to address the person.
    pub preferred_name: Option<String>,
}

/// What a member may do on one board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationBoardAccessRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardAccessId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// May read the board.
    pub can_read: bool,
    /// May change the board.
    pub can_write: bool,
    /// When it was granted.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<OrganizationBoardAccess> for OrganizationBoardAccessRead {
    fn from(row: OrganizationBoardAccess) -> Self {
        Self {
            id: row.id,
            board_id: row.board_id,
            can_read: row.can_read,
            can_write: row.can_write,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationMemberRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: MemberId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// The person.
    #[schema(value_type = uuid::Uuid)]
    pub user_id: UserId,
    /// The role: `owner`, `admin` or `member`.
    #[schema(example = "owner")]
    pub role: String,
    /// Reads every board.
    pub all_boards_read: bool,
    /// Writes every board.
    pub all_boards_write: bool,
    /// When the member joined.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The person.
    pub user: Option<OrganizationUserRead>,
    /// Grants per board. Filled only where one membership is read: in lists and in the answers of changes it is empty.
    pub board_access: Vec<OrganizationBoardAccessRead>,
}

impl OrganizationMemberRead {
    /// The membership without its grants.
    pub fn new((member, user): (OrganizationMember, User)) -> Self {
        Self {
            id: member.id,
            organization_id: member.organization_id,
            user_id: member.user_id,
            role: member.role.as_str().to_owned(),
            all_boards_read: member.all_boards_read,
            all_boards_write: member.all_boards_write,
            created_at: member.created_at,
            updated_at: member.updated_at,
            user: Some(OrganizationUserRead {
                id: user.id,
                email: user.email,
                name: user.name,
                preferred_name: user.preferred_name,
            }),
            board_access: Vec::new(),
        }
    }

    /// The same with its grants.
    #[must_use]
    pub fn with(self, access: Vec<OrganizationBoardAccess>) -> Self {
        Self { board_access: access.into_iter().take(BOARDS).map(Into::into).collect(), ..self }
    }
}
