//! The caller's own profile.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch};
use mission_control_core::id::UserId;
use mission_control_core::limits::{NAME, PROSE, WORD};
use mission_control_core::models::{self, UserChanges};
use mission_control_fleet::users;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::User;
use crate::error::ApiResult;
use crate::http::{Answer, Body, Done};
use crate::input::{AnyText, Patch};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read_me).service(update_me).service(delete_me);
}

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

impl From<models::User> for UserRead {
    fn from(user: models::User) -> Self {
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

crate::input! {
    /// Changes to the caller's profile. What is absent stays; `null` empties.
    pub struct UserUpdate {
        /// Full name.
        pub name: Patch<AnyText<NAME>>,
        /// How to address the person.
        pub preferred_name: Patch<AnyText<NAME>>,
        /// Pronouns.
        pub pronouns: Patch<AnyText<WORD>>,
        /// IANA time zone.
        pub timezone: Patch<AnyText<WORD>>,
        /// Notes for agents about the person.
        pub notes: Patch<AnyText<PROSE>>,
        /// Background for agents about the person.
        pub context: Patch<AnyText<PROSE>>,
    }
}

impl From<UserUpdate> for UserChanges {
    fn from(update: UserUpdate) -> Self {
        Self {
            name: update.name.into_change(),
            preferred_name: update.preferred_name.into_change(),
            pronouns: update.pronouns.into_change(),
            timezone: update.timezone.into_change(),
            notes: update.notes.into_change(),
            context: update.context.into_change(),
            ..Self::default()
        }
    }
}

/// Read my profile
#[utoipa::path(
    tag = "users",
    operation_id = "users_read_me",
    security(("user" = [])),
    responses((status = 200, description = "The caller's profile.", body = UserRead))
)]
#[get("/users/me")]
async fn read_me(user: User) -> Json<UserRead> {
    Json(user.0.into())
}

/// Change my profile
#[utoipa::path(
    tag = "users",
    operation_id = "users_update_me",
    security(("user" = [])),
    request_body = UserUpdate,
    responses((status = 200, description = "The changed profile.", body = UserRead))
)]
#[patch("/users/me")]
async fn update_me(user: User, state: web::Data<State>, body: Body<UserUpdate>) -> ApiResult<Json<UserRead>> {
    let changes = body.valid()?.into();
    Ok(Json(users::update(&state.fleet, user.0, changes).await?.into()))
}

/// Delete my account
///
/// With the organizations that nobody else is in; their agents leave their gateways first, as far as these can be
/// reached. In other organizations what the caller made stays.
#[utoipa::path(
    tag = "users",
    operation_id = "users_delete_me",
    security(("user" = [])),
    responses(
        (status = 200, description = "Deleted.", body = Done),
        (status = 202, description = "Being deleted.", body = Done),
        (status = 409, description = "The caller is the last owner of an organization that others are in.", body = crate::error::ErrorBody)
    )
)]
#[delete("/users/me")]
async fn delete_me(user: User, state: web::Data<State>) -> ApiResult<Answer<Done>> {
    let reply = users::delete(&state.fleet, user.0.id).await?;
    Ok(reply.map(|()| Done::YES).into())
}
