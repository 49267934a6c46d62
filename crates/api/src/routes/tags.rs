//! Tags: words that an organization sorts its tasks by.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::limits::{NAME, PROSE, WORD};
use mission_control_core::models::Tag;
use mission_control_fleet::tags::{self, NewTag, TagPatch};
use mission_control_shapes::TagRead;
use serde_json::Value;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, Fault, FromInput, Patch, Reader, Text, text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove);
}

/// Six hexadecimal digits, lower case; read in any case and after any number of `#`.
#[derive(Debug, Clone)]
pub struct Color(String);

impl FromInput for Color {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = text(value, reader, WORD)?.trim().to_lowercase();
        let digits = text.trim_start_matches('#');
        if digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
            Some(Self(digits.to_owned()))
        } else {
            reader.fail("value_error", "Expected six hexadecimal digits, such as ff8800.")
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(WORD)).into()
    }
}

crate::input! {
    /// A tag to create.
    pub struct TagCreate {
        /// Name.
        pub name: Text<NAME>,
        /// Name for addresses; made of the name when absent.
        pub slug: Option<AnyText<NAME>>,
        /// Six hexadecimal digits, with or without `#`.
        pub color: Color = Color(Tag::DEFAULT_COLOR.to_owned()),
        /// What it is for.
        pub description: Option<AnyText<PROSE>>,
    }
}

crate::input! {
    /// Changes to a tag. What is absent stays.
    pub struct TagUpdate {
        /// Name.
        pub name: Change<Text<NAME>>,
        /// Name for addresses; `null` makes it of the name anew.
        pub slug: Patch<AnyText<NAME>>,
        /// Six hexadecimal digits, with or without `#`.
        pub color: Change<Color>,
        /// What it is for.
        pub description: Patch<AnyText<PROSE>>,
    }
}

/// List tags
///
/// By name.
#[utoipa::path(
    tag = "tags",
    operation_id = "tags_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of tags.", body = List<TagRead>))
)]
#[get("/tags")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<TagRead>>> {
    let page = query.valid()?.page()?;
    let listing = tags::list(&state.fleet, caller.member, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Create a tag
#[utoipa::path(
    tag = "tags",
    operation_id = "tags_create",
    security(("user" = [])),
    request_body = TagCreate,
    responses((status = 200, description = "The tag.", body = TagRead))
)]
#[post("/tags")]
async fn create(admin: OrgAdmin, state: web::Data<State>, body: Body<TagCreate>) -> ApiResult<Json<TagRead>> {
    let wanted = body.valid()?;
    let new = NewTag {
        name: wanted.name,
        slug: wanted.slug,
        color: wanted.color.0,
        description: wanted.description,
    };
    Ok(Json(tags::create(&state.fleet, admin.caller(), new).await?))
}

/// Read a tag
#[utoipa::path(
    tag = "tags",
    operation_id = "tags_read",
    security(("user" = [])),
    params(("tag_id" = uuid::Uuid, Path, description = "The tag.")),
    responses((status = 200, description = "The tag.", body = TagRead))
)]
#[get("/tags/{tag_id}")]
async fn read(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<TagRead>> {
    let id = params.uuid("tag_id")?;
    Ok(Json(tags::read(&state.fleet, caller.member, id).await?))
}

/// Change a tag
#[utoipa::path(
    tag = "tags",
    operation_id = "tags_update",
    security(("user" = [])),
    params(("tag_id" = uuid::Uuid, Path, description = "The tag.")),
    request_body = TagUpdate,
    responses((status = 200, description = "The changed tag.", body = TagRead))
)]
#[patch("/tags/{tag_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<TagUpdate>,
) -> ApiResult<Json<TagRead>> {
    let id = params.uuid("tag_id")?;
    let wanted = body.valid()?;
    let patch = TagPatch {
        name: wanted.name.0,
        slug: wanted.slug.into_change(),
        color: wanted.color.0.map(|color| color.0),
        description: wanted.description.into_change(),
    };
    if patch == TagPatch::default() {
        return Err(ApiError::invalid(vec![Fault::of_body("value_error", "Expected at least one field.")]));
    }
    Ok(Json(tags::update(&state.fleet, admin.caller(), id, patch).await?))
}

/// Delete a tag
///
/// Tasks lose it.
#[utoipa::path(
    tag = "tags",
    operation_id = "tags_delete",
    security(("user" = [])),
    params(("tag_id" = uuid::Uuid, Path, description = "The tag.")),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/tags/{tag_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    tags::delete(&state.fleet, admin.caller(), params.uuid("tag_id")?).await?;
    Ok(Json(Done::YES))
}
