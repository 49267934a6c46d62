//! Custom fields: what an organization's tasks hold beside title, status and the like.

pub mod input;

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{CustomField, CustomFieldChanges};
use mission_control_core::rules::custom_fields::InvalidDefinition;
use mission_control_fleet::custom_fields::{self, CustomFieldError};
use mission_control_shapes::TaskCustomFieldDefinitionRead;
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;

use self::input::{Pattern, TaskCustomFieldDefinitionCreate, TaskCustomFieldDefinitionUpdate};
use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Body, Done, Params, Part, PartQuery, Query};
use crate::input::{Fault, Patch};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(update).service(remove);
}

impl From<CustomFieldError> for ApiError {
    fn from(error: CustomFieldError) -> Self {
        let message = error.to_string();
        match error {
            CustomFieldError::Pattern(_) => {
                Self::invalid(vec![Fault::of_field("validation_regex", "value_error", message)])
            }
            CustomFieldError::Definition(_) => Self::unprocessable(message),
            CustomFieldError::UnknownBoards(ids) => {
                Self::with_detail(Code::Invalid, json!({ "message": message, "invalid_board_ids": ids }))
            }
            CustomFieldError::FullBoards(ids) => {
                Self::with_detail(Code::Conflict, json!({ "message": message, "full_board_ids": ids }))
                    .next_step("Take fields from these boards, or delete some that nobody uses.")
            }
            CustomFieldError::KeyTaken | CustomFieldError::TooManyBoards => Self::conflict(message),
            CustomFieldError::InUse => Self::conflict(message)
                .next_step("Empty the values first, or hide the field (ui_visibility: hidden)."),
            CustomFieldError::Store(error) => error.into(),
        }
    }
}

fn body_fault(msg: impl Into<std::borrow::Cow<'static, str>>) -> ApiError {
    ApiError::invalid(vec![Fault::of_body("value_error", msg)])
}

fn row(wanted: TaskCustomFieldDefinitionCreate, organization: OrganizationId) -> CustomField {
    let new = CustomField::new(organization, wanted.field_key, wanted.field_type.0);
    CustomField {
        label: wanted.label.map_or(new.label, Into::into),
        ui_visibility: wanted.ui_visibility.0,
        validation_regex: wanted.validation_regex.and_then(|pattern| pattern.0),
        description: wanted.description,
        required: wanted.required,
        default_value: wanted.default_value,
        ..new
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
    let listing = custom_fields::list(&state.fleet, caller.member, page).await?;
    Ok(Part::of(listing, identity))
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
    let field = row(wanted, admin.caller().organization);
    let created = custom_fields::create(&state.fleet, admin.0.member, field, boards).await;
    Ok(Json(created.map_err(|error| match error {
        // Here both are in the body that was sent.
        CustomFieldError::Definition(why @ InvalidDefinition::PatternWithoutText) => {
            body_fault(why.to_string())
        }
        other => other.into(),
    })?))
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
    let id = params.uuid("task_custom_field_definition_id")?;
    let wanted = body.valid()?;
    if wanted.field_key != Patch::Absent {
        return Err(body_fault("field_key cannot be changed: tasks hold their values under it."));
    }
    let boards = wanted.board_ids.clone().map(|ids| ids.0);
    let changes = changes(wanted);
    if changes == CustomFieldChanges::default() && boards.is_none() {
        return Err(body_fault("Expected at least one field."));
    }
    Ok(Json(custom_fields::update(&state.fleet, admin.0.member, id, changes, boards).await?))
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
    let id = params.uuid("task_custom_field_definition_id")?;
    custom_fields::delete(&state.fleet, admin.caller(), id).await?;
    Ok(Json(Done::YES))
}
