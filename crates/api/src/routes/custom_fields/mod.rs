//! Custom fields: what an organization's tasks hold beside title, status and the like.

pub mod input;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::events;
use mission_control_core::id::{BoardId, CustomFieldId, OrganizationId};
use mission_control_core::models::{CustomField, CustomFieldChanges};
use mission_control_core::rules::custom_fields::{self as rules, InvalidDefinition};
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, boards, custom_fields};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::input::{Pattern, TaskCustomFieldDefinitionCreate, TaskCustomFieldDefinitionUpdate};
use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Body, Done, Params};
use crate::input::{Fault, Patch};
use crate::record;
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

/// Refuses boards that are not the organization's.
fn check_boards(conn: &mut Conn, organization: OrganizationId, ids: &[BoardId]) -> ApiResult<()> {
    let existing = boards::existing(conn, organization, ids)?;
    let invalid: Vec<_> = ids.iter().filter(|id| !existing.contains(id)).collect();
    if invalid.is_empty() {
        return Ok(());
    }
    let detail = json!({ "message": "The organization has no such boards.", "invalid_board_ids": invalid });
    Err(ApiError::with_detail(Code::Invalid, detail))
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
    match rules::validate_definition(&field) {
        Ok(()) => Ok(field),
        Err(error @ InvalidDefinition::PatternWithoutText) => Err(body_fault(error.to_string())),
        Err(error) => Err(ApiError::unprocessable(error.to_string())),
    }
}

fn changes(wanted: TaskCustomFieldDefinitionUpdate) -> CustomFieldChanges {
    CustomFieldChanges {
        label: wanted.label.0.map(Into::into),
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
/// A plain array, by label.
#[utoipa::path(
    tag = "custom-fields",
    operation_id = "custom_fields_list",
    security(("user" = [])),
    responses((status = 200, description = "The fields.", body = Vec<TaskCustomFieldDefinitionRead>))
)]
#[get("/organizations/me/custom-fields")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
) -> ApiResult<Json<Vec<TaskCustomFieldDefinitionRead>>> {
    let (fields, mut boards) = state
        .db
        .read(move |conn| {
            let fields = custom_fields::list(conn, caller.organization.id)?;
            let ids: Vec<CustomFieldId> = fields.iter().map(|field| field.id).collect();
            Ok::<_, StoreError>((fields, custom_fields::boards_of(conn, &ids)?))
        })
        .await?;
    let reads = fields.into_iter().map(|field| {
        let boards = boards.remove(&field.id).unwrap_or_default();
        TaskCustomFieldDefinitionRead::new(field, boards)
    });
    Ok(Json(reads.collect()))
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
    let field = row(wanted, admin.0.organization.id)?;
    let read = state
        .db
        .write(move |tx| {
            check_boards(tx, field.organization_id, &boards)?;
            custom_fields::insert(tx, &field).map_err(|error| match error {
                StoreError::Duplicate { .. } => {
                    ApiError::conflict("A field of this organization has this key already.").cause(error)
                }
                other => other.into(),
            })?;
            custom_fields::bind(tx, field.id, &boards)?;
            let read = TaskCustomFieldDefinitionRead::new(field, boards);
            record::changed(tx, read.organization_id, events::CUSTOM_FIELD_CREATED, &read);
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
    let organization = admin.0.organization.id;
    let read = state
        .db
        .write(move |tx| {
            let field = custom_fields::lock_in(tx, organization, id)?;
            check(field.ok_or_else(|| ApiError::not_found("custom field"))?, &changes)?;
            if let Some(boards) = &boards {
                check_boards(tx, organization, boards)?;
                custom_fields::bind(tx, id, boards)?;
            }
            let field = custom_fields::update(tx, id, &changes)?;
            let boards = custom_fields::boards_of(tx, &[id])?.remove(&id).unwrap_or_default();
            let read = TaskCustomFieldDefinitionRead::new(field, boards);
            record::changed(tx, organization, events::CUSTOM_FIELD_UPDATED, &read);
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
            let read = TaskCustomFieldDefinitionRead::new(field, Vec::new());
            record::changed(tx, organization, events::CUSTOM_FIELD_DELETED, &read);
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Json(Done::YES))
}
