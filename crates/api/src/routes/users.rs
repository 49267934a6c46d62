//! The caller's own profile.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch};
use mission_control_core::limits::{NAME, PROSE, WORD};
use mission_control_core::models::UserChanges;
use mission_control_core::rules::identities::is_of_clerk;
use mission_control_fleet::users;
use mission_control_shapes::UserRead;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{Person, User};
use crate::error::ApiResult;
use crate::http::{Answer, Body, Done};
use crate::input::{AnyText, Patch};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read_me).service(update_me).service(delete_me);
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
async fn update_me(
    user: Person,
    state: web::Data<State>,
    body: Body<UserUpdate>,
) -> ApiResult<Json<UserRead>> {
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
async fn delete_me(person: Person, state: web::Data<State>) -> ApiResult<Answer<Done>> {
    let reply = users::delete(&state.fleet, person.0.id).await?;
    // Only once nothing here stands against it.
    if let Some(clerk) = state.clerk.as_ref().filter(|_| is_of_clerk(&person.0.clerk_user_id)) {
        clerk.delete(&person.0.clerk_user_id).await?;
    }
    Ok(reply.map(|()| Done::YES).into())
}
