//! Custom fields: what an organization's tasks hold beside title, status and the like.

pub mod input;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::events::EventKind;
use mission_control_core::id::{BoardId, CustomFieldId, OrganizationId};
use mission_control_core::limits::{BOARDS, CUSTOM_FIELDS};
use mission_control_core::models::{CustomField, CustomFieldChanges, NewEvent};
use mission_control_core::rules::custom_fields::{self as rules, InvalidDefinition};
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, Tx, blocking, boards, custom_fields, organizations};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::input::{Pattern, TaskCustomFieldDefinitionCreate, TaskCustomFieldDefinitionUpdate};
use super::boards::readable;
use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Body, Done, Params, Part, PartQuery, Query};
use crate::input::{Fault, Patch};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(update).service(remove);
}

/// A custom field.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskCustomFieldDefinitionRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: CustomFieldId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// The name of the field in a task's values.
    pub field_key: String,
    /// The name that people see.
    pub label: String,
    /// What values it takes.
    #[schema(example = "text")]
    pub field_type: String,
    /// When the web UI shows it on a task.
    #[schema(example = "always")]
    pub ui_visibility: String,
    /// What the whole of a text value must match.
    pub validation_regex: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether a task must have a value.
    pub required: bool,
    /// The value of a task that has none of its own.
    pub default_value: Option<Value>,
    /// The boards whose tasks have it.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub board_ids: Vec<BoardId>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl TaskCustomFieldDefinitionRead {
    fn new(row: CustomField, board_ids: Vec<BoardId>) -> Self {
        Self {
            id: row.id,
            organization_id: row.organization_id,
            field_key: row.field_key,
            label: row.label,
            field_type: row.field_type.as_str().to_owned(),
            ui_visibility: row.ui_visibility.as_str().to_owned(),
            validation_regex: row.validation_regex,
            description: row.description,
            required: row.required,
            default_value: row.default_value,
            board_ids,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

fn body_fault(msg: impl Into<std::borrow::Cow<'static, str>>) -> ApiError {
    ApiError::invalid(vec![Fault::of_body("value_error", msg)])
}

/// The boards that are the caller's to bind a field to; what is hidden from the caller is not there.
struct Bindable {
    organization: OrganizationId,
    /// `None` is every board of the organization.
    open: Option<Vec<BoardId>>,
}

impl Bindable {
    fn of(conn: &mut Conn, admin: &OrgAdmin) -> ApiResult<Self> {
        let open = readable(conn, &admin.0.member)?;
        Ok(Self { organization: admin.0.organization.id, open })
    }

    fn is_hidden(&self, board: BoardId) -> bool {
        self.open.as_ref().is_some_and(|open| !open.contains(&board))
    }
}

/// Refuses boards that are not there for the caller.
fn check_boards(conn: &mut Conn, bindable: &Bindable, ids: &[BoardId]) -> ApiResult<()> {
    let existing = boards::existing(conn, bindable.organization, ids)?;
    let missing = |id: &&BoardId| !existing.contains(id) || bindable.is_hidden(**id);
    let invalid: Vec<_> = ids.iter().filter(missing).collect();
    if invalid.is_empty() {
        return Ok(());
    }
    let detail = json!({ "message": "The organization has no such boards.", "invalid_board_ids": invalid });
    Err(ApiError::with_detail(Code::Invalid, detail))
}

/// Gives the field to exactly these boards, unless one of them has as many as it may.
fn bind(tx: &mut Tx<'_>, id: CustomFieldId, boards: &[BoardId]) -> ApiResult<()> {
    if boards.len() > BOARDS {
        return Err(ApiError::conflict(format!("A custom field is on at most {BOARDS} boards.")));
    }
    let full = custom_fields::bind(tx, id, boards)?;
    if full.is_empty() {
        return Ok(());
    }
    let message = format!("A board has at most {CUSTOM_FIELDS} custom fields.");
    let step = "Take fields from these boards, or delete some that nobody uses.";
    Err(ApiError::with_detail(Code::Conflict, json!({ "message": message, "full_board_ids": full }))
        .next_step(step))
}

/// Tells streams how a field is now. They are open to members who do not see all of its boards: those are read with the list.
fn publish(tx: &mut Tx<'_>, kind: EventKind, field: &TaskCustomFieldDefinitionRead) {
    let mut shown = json!(field);
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("board_ids");
    }
    tx.append(NewEvent::of(kind, &shown).organization(field.organization_id));
}

/// Refuses what is no pattern. A thousand characters take up to 0.15 s to compile, so this is done aside.
fn require_pattern(pattern: Option<&str>) -> ApiResult<()> {
    pattern.map_or(Ok(()), rules::validate_pattern).map_err(|error| {
        let fault = Fault::of_field("validation_regex", "value_error", format!("This is {error}."));
        ApiError::invalid(vec![fault])
    })
}

fn row(wanted: TaskCustomFieldDefinitionCreate, organization: OrganizationId) -> ApiResult<CustomField> {
    let new = CustomField::new(organization, wanted.field_key, wanted.field_type.0);
    let field = CustomField {
        label: wanted.label.map_or(new.label, Into::into),
        ui_visibility: wanted.ui_visibility.0,
        validation_regex: wanted.validation_regex.and_then(|pattern| pattern.0),
        description: wanted.description,
        required: wanted.required,
        default_value: wanted.default_value,
        ..new
    };
    require_pattern(field.validation_regex.as_deref())?;
    match rules::validate_definition(&field) {
        Ok(()) => Ok(field),
        Err(error @ InvalidDefinition::PatternWithoutText) => Err(body_fault(error.to_string())),
        Err(error) => Err(ApiError::unprocessable(error.to_string())),
    }
}

fn changes(wanted: TaskCustomFieldDefinitionUpdate) -> CustomFieldChanges {
    CustomFieldChanges {
        label: wanted.label.0,
        field_type: wanted.field_type.0.map(|word| word.0),
        ui_visibility: wanted.ui_visibility.0.map(|word| word.0),
        validation_regex: match wanted.validation_regex {
            Patch::Absent => None,
            Patch::Null => Some(None),
            Patch::Value(Pattern(pattern)) => Some(pattern),
        },
        description: wanted.description.into_change(),
        required: wanted.required.0,
        default_value: wanted.default_value.into_change(),
    }
}

/// The field as it would be after the changes, if its parts then fit together.
fn check(field: CustomField, changes: &CustomFieldChanges) -> ApiResult<()> {
    let next = CustomField {
        field_type: changes.field_type.unwrap_or(field.field_type),
        validation_regex: changes.validation_regex.clone().unwrap_or(field.validation_regex),
        default_value: changes.default_value.clone().unwrap_or(field.default_value),
        ..field
    };
    rules::validate_definition(&next).map_err(|error| ApiError::unprocessable(error.to_string()))
}

/// List custom fields
///
/// A plain array, by label. `board_ids` names those boards that the caller may see.
#[utoipa::path(
    tag = "custom-fields",
    operation_id = "custom_fields_list",
    security(("user" = [])),
    params(PartQuery),
    responses((status = 200, description = "The fields.", body = Vec<TaskCustomFieldDefinitionRead>))
)]
#[get("/organizations/me/custom-fields")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PartQuery>,
) -> ApiResult<Part<TaskCustomFieldDefinitionRead>> {
    let page = query.valid()?.page();
    let (fields, mut boards) = state
        .db
        .read(move |conn| {
            let fields = custom_fields::list(conn, caller.organization.id, page)?;
            let ids: Vec<CustomFieldId> = fields.items.iter().map(|field| field.id).collect();
            let mut boards = custom_fields::boards_of(conn, &ids)?;
            if let Some(open) = readable(conn, &caller.member)? {
                boards.values_mut().for_each(|boards| boards.retain(|board| open.contains(board)));
            }
            Ok::<_, StoreError>((fields, boards))
        })
        .await?;
    Ok(Part::of(fields, |field| {
        let boards = boards.remove(&field.id).unwrap_or_default();
        TaskCustomFieldDefinitionRead::new(field, boards)
    }))
}

/// Create a custom field
#[utoipa::path(
    tag = "custom-fields",
    operation_id = "custom_fields_create",
    security(("user" = [])),
    request_body = TaskCustomFieldDefinitionCreate,
    responses((status = 200, description = "The field.", body = TaskCustomFieldDefinitionRead))
)]
#[post("/organizations/me/custom-fields")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<TaskCustomFieldDefinitionCreate>,
) -> ApiResult<Json<TaskCustomFieldDefinitionRead>> {
    let wanted = body.valid()?;
    let boards = wanted.board_ids.0.clone();
    let organization = admin.0.organization.id;
    let field = blocking(move || row(wanted, organization)).await?;
    let read = state
        .db
        .write(move |tx| {
            organizations::lock(tx, organization)?;
            let bindable = Bindable::of(tx, &admin)?;
            check_boards(tx, &bindable, &boards)?;
            custom_fields::insert(tx, &field).map_err(|error| match error {
                StoreError::Duplicate { .. } => {
                    ApiError::conflict("A field of this organization has this key already.").cause(error)
                }
                other => other.into(),
            })?;
            bind(tx, field.id, &boards)?;
            let read = TaskCustomFieldDefinitionRead::new(field, boards);
            publish(tx, EventKind::CustomFieldCreated, &read);
            Ok::<_, ApiError>(read)
        })
        .await?;
    Ok(Json(read))
}

/// Change a custom field
///
/// Values that tasks have already stay as they are.
#[utoipa::path(
    tag = "custom-fields",
    operation_id = "custom_fields_update",
    security(("user" = [])),
    params(("task_custom_field_definition_id" = uuid::Uuid, Path, description = "The field.")),
    request_body = TaskCustomFieldDefinitionUpdate,
    responses((status = 200, description = "The changed field.", body = TaskCustomFieldDefinitionRead))
)]
#[patch("/organizations/me/custom-fields/{task_custom_field_definition_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<TaskCustomFieldDefinitionUpdate>,
) -> ApiResult<Json<TaskCustomFieldDefinitionRead>> {
    let id: CustomFieldId = params.uuid("task_custom_field_definition_id")?;
    let wanted = body.valid()?;
    if wanted.field_key != Patch::Absent {
        return Err(body_fault("field_key cannot be changed: tasks hold their values under it."));
    }
    let boards = wanted.board_ids.clone().map(|ids| ids.0);
    let changes = changes(wanted);
    if changes == CustomFieldChanges::default() && boards.is_none() {
        return Err(body_fault("Expected at least one field."));
    }
    let pattern = changes.validation_regex.clone().flatten();
    blocking(move || require_pattern(pattern.as_deref())).await?;
    let organization = admin.0.organization.id;
    let read = state
        .db
        .write(move |tx| {
            organizations::lock(tx, organization)?;
            let field = custom_fields::lock_in(tx, organization, id)?;
            check(field.ok_or_else(|| ApiError::not_found("custom field"))?, &changes)?;
            let bindable = Bindable::of(tx, &admin)?;
            let mut bound = custom_fields::boards_of(tx, &[id])?.remove(&id).unwrap_or_default();
            if let Some(mut wanted) = boards {
                check_boards(tx, &bindable, &wanted)?;
                // Who does not see a board does not take the field from it.
                wanted.extend(bound.iter().filter(|board| bindable.is_hidden(**board)));
                bind(tx, id, &wanted)?;
                bound = custom_fields::boards_of(tx, &[id])?.remove(&id).unwrap_or_default();
            }
            let field = custom_fields::update(tx, id, &changes)?;
            bound.retain(|board| !bindable.is_hidden(*board));
            let read = TaskCustomFieldDefinitionRead::new(field, bound);
            publish(tx, EventKind::CustomFieldUpdated, &read);
            Ok::<_, ApiError>(read)
        })
        .await?;
    Ok(Json(read))
}

/// Delete a custom field
///
/// Only one that no task has a value of.
#[utoipa::path(
    tag = "custom-fields",
    operation_id = "custom_fields_delete",
    security(("user" = [])),
    params(("task_custom_field_definition_id" = uuid::Uuid, Path, description = "The field.")),
    responses(
        (status = 200, description = "Deleted.", body = Done),
        (status = 409, description = "Tasks have values of it.", body = crate::error::ErrorBody)
    )
)]
#[delete("/organizations/me/custom-fields/{task_custom_field_definition_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let id: CustomFieldId = params.uuid("task_custom_field_definition_id")?;
    let organization = admin.0.organization.id;
    state
        .db
        .write(move |tx| {
            let field = custom_fields::lock_in(tx, organization, id)?;
            let field = field.ok_or_else(|| ApiError::not_found("custom field"))?;
            if custom_fields::is_used(tx, id)? {
                return Err(ApiError::conflict("Tasks have values of this field.")
                    .next_step("Empty the values first, or hide the field (ui_visibility: hidden)."));
            }
            custom_fields::delete(tx, id)?;
            publish(
                tx,
                EventKind::CustomFieldDeleted,
                &TaskCustomFieldDefinitionRead::new(field, Vec::new()),
            );
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Json(Done::YES))
}
