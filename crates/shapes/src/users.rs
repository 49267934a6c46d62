//! People.

use mission_control_core::id::UserId;
use mission_control_core::models::User;
use serde::Serialize;
use utoipa::ToSchema;

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: UserId,
    /// The person's subject at the identity provider; `local-auth-user` with the local token.
    pub clerk_user_id: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// How to address the person.
    pub preferred_name: Option<String>,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// IANA time zone.
    #[schema(example = "Europe/Oslo")]
    pub timezone: Option<String>,
    /// Notes for agents about the person.
    pub notes: Option<String>,
    /// Background for agents about the person.
    pub context: Option<String>,
    /// Whether the person administers the whole installation.
    pub is_super_admin: bool,
}

impl From<User> for UserRead {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            clerk_user_id: user.clerk_user_id,
            email: user.email,
            name: user.name,
            preferred_name: user.preferred_name,
            pronouns: user.pronouns,
            timezone: user.timezone,
            notes: user.notes,
            context: user.context,
            is_super_admin: user.is_super_admin,
        }
    }
}
