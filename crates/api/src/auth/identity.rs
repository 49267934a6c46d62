//! A person who has shown a credential.

use mission_control_core::models::{OrganizationMember, User, WebSession};
use mission_control_fleet::{Fleet, local_user};
use mission_control_store::StoreResult;

/// A person, and their membership of the organization they work in.
pub(super) struct Identity {
    pub(super) user: User,
    pub(super) member: OrganizationMember,
    /// The browser's session; `None` for a caller with the token itself.
    pub(super) session: Option<WebSession>,
}

impl Identity {
    /// The person behind the local token.
    pub(super) async fn local(fleet: &Fleet) -> StoreResult<Self> {
        let (user, member) = local_user::find_or_make(fleet).await?;
        Ok(Self { user, member, session: None })
    }
}
