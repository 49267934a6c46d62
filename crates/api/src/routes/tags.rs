//! Tags: words that an organization sorts its tasks by.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::events::EventKind;
use mission_control_core::id::{OrganizationId, TagId};
use mission_control_core::limits::{NAME, PROSE, WORD};
use mission_control_core::models::{NewEvent, OrganizationMember, Tag, TagChanges};
use mission_control_core::rules::slug::slugify;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, tags};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::boards::readable;
use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, Fault, FromInput, Patch, Reader, Text, text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove);
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: TagId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Name for addresses.
    pub slug: String,
    /// Six hexadecimal digits.
    #[schema(example = "ff8800")]
    pub color: String,
    /// What it is for.
    pub description: Option<String>,
    /// How many tasks bear it on the boards that the caller sees; counted where tags are read, 0 in the answer of a change.
    pub task_count: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl TagRead {
    fn new(row: Tag, task_count: i64) -> Self {
        Self {
            id: row.id,
            organization_id: row.organization_id,
            name: row.name,
            slug: row.slug,
            color: row.color,
            description: row.description,
            task_count,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }

    /// The tag with the number of its tasks looked up, on the boards that a member sees.
    fn counted(conn: &mut Conn, row: Tag, member: &OrganizationMember) -> ApiResult<Self> {
        let seen = readable(conn, member)?;
        let counts = tags::task_counts(conn, &[row.id], seen.as_deref())?;
        let count = counts.get(&row.id).copied().unwrap_or_default();
        Ok(Self::new(row, count))
    }
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

/// What addresses call a tag: the wanted word, else the name, else `tag`.
fn slug(wanted: Option<&str>, name: &str) -> String {
    let source = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()).unwrap_or(name);
    match slugify(source).as_str() {
        "" => "tag".to_owned(),
        slug => slug.to_owned(),
    }
}

fn slug_taken(error: StoreError) -> ApiError {
    match error {
        StoreError::Duplicate { .. } => {
            ApiError::conflict("A tag of this organization has this slug already.").cause(error)
        }
        other => other.into(),
    }
}

/// The tag, if it is the organization's.
fn owned(conn: &mut Conn, organization: OrganizationId, id: TagId) -> ApiResult<Tag> {
    let tag = tags::find(conn, id)?.ok_or_else(|| ApiError::not_found("tag"))?;
    if tag.organization_id == organization {
        Ok(tag)
    } else {
        Err(ApiError::forbidden("This tag is not of the organization that you work in."))
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
    let (listing, counts) = state
        .db
        .read(move |conn| {
            let listing = tags::list(conn, caller.organization.id, page)?;
            let ids: Vec<TagId> = listing.items.iter().map(|tag| tag.id).collect();
            let seen = readable(conn, &caller.member)?;
            Ok::<_, StoreError>((listing, tags::task_counts(conn, &ids, seen.as_deref())?))
        })
        .await?;
    Ok(Json(List::of(listing, |tag| {
        let count = counts.get(&tag.id).copied().unwrap_or_default();
        TagRead::new(tag, count)
    })))
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
    let slug = slug(wanted.slug.as_deref(), &wanted.name);
    let tag = Tag {
        color: wanted.color.0,
        description: wanted.description,
        ..Tag::new(admin.0.organization.id, wanted.name, slug)
    };
    let answer = state
        .db
        .write(move |tx| {
            tags::insert(tx, &tag).map_err(slug_taken)?;
            let answer = TagRead::new(tag, 0);
            tx.append(NewEvent::of(EventKind::TagCreated, &answer).organization(answer.organization_id));
            Ok::<_, ApiError>(answer)
        })
        .await?;
    Ok(Json(answer))
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
    let id: TagId = params.uuid("tag_id")?;
    let answer = state
        .db
        .read(move |conn| {
            let tag = owned(conn, caller.organization.id, id)?;
            TagRead::counted(conn, tag, &caller.member)
        })
        .await?;
    Ok(Json(answer))
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
    let id: TagId = params.uuid("tag_id")?;
    let wanted = body.valid()?;
    let changes = TagChanges {
        name: wanted.name.0,
        slug: None,
        color: wanted.color.0.map(|color| color.0),
        description: wanted.description.into_change(),
    };
    if changes == TagChanges::default() && wanted.slug == Patch::Absent {
        return Err(ApiError::invalid(vec![Fault::of_body("value_error", "Expected at least one field.")]));
    }
    let answer = state
        .db
        .write(move |tx| {
            let tag = owned(tx, admin.0.organization.id, id)?;
            let name = changes.name.as_deref().unwrap_or(&tag.name);
            let slug = wanted.slug.into_change().map(|wanted| slug(wanted.as_deref(), name));
            let tag = tags::update(tx, id, &TagChanges { slug, ..changes }).map_err(slug_taken)?;
            let now = TagRead::new(tag, 0);
            tx.append(NewEvent::of(EventKind::TagUpdated, &now).organization(now.organization_id));
            Ok::<_, ApiError>(now)
        })
        .await?;
    Ok(Json(answer))
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
    let id: TagId = params.uuid("tag_id")?;
    state
        .db
        .write(move |tx| {
            let tag = owned(tx, admin.0.organization.id, id)?;
            tags::delete(tx, id)?;
            tx.append(
                NewEvent::of(EventKind::TagDeleted, &TagRead::new(tag, 0))
                    .organization(admin.0.organization.id),
            );
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Json(Done::YES))
}
