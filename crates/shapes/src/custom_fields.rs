//! Custom fields of tasks.

use mission_control_core::id::{BoardId, CustomFieldId, OrganizationId};
use mission_control_core::models::CustomField;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A custom field.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
    /// The field, which these boards have.
    pub fn new(row: CustomField, board_ids: Vec<BoardId>) -> Self {
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
