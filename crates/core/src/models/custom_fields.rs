//! Fields that an organization adds to tasks: definitions, the boards that have them, values.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{BoardId, CustomFieldBindingId, CustomFieldId, CustomFieldValueId, OrganizationId, TaskId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What values a field takes; the rules are in [`crate::rules::custom_fields`].
    stored CustomFieldType {
        /// A line of text.
        Text = "text",
        /// Text of many lines.
        TextLong = "text_long",
        /// A whole number.
        Integer = "integer",
        /// Any number.
        Decimal = "decimal",
        /// True or false.
        Boolean = "boolean",
        /// A day.
        Date = "date",
        /// A day with a time.
        DateTime = "date_time",
        /// An http or https address.
        Url = "url",
        /// An object or a list.
        Json = "json",
    }
}

text_enum! {
    /// When the web UI shows a field on a task.
    stored CustomFieldVisibility {
        /// On every task.
        Always = "always",
        /// On tasks with a value.
        IfSet = "if_set",
        /// Never; agents and the API still see it.
        Hidden = "hidden",
    }
}

/// The definition of a field.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::task_custom_field_definitions, treat_none_as_default_value = false)]
pub struct CustomField {
    /// Key.
    pub id: CustomFieldId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The name of the field in a task's values. Unique per organization, never changes.
    pub field_key: String,
    /// The name that people see.
    pub label: String,
    /// What values it takes.
    pub field_type: CustomFieldType,
    /// When the web UI shows it.
    pub ui_visibility: CustomFieldVisibility,
    /// What the whole of a text value must match.
    pub validation_regex: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether a task must have a value.
    pub required: bool,
    /// The value of a task that has none of its own. A stored JSON `null` is none.
    pub default_value: Option<Value>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl CustomField {
    /// A field that is always shown, not required and has no default.
    pub fn new(
        organization_id: OrganizationId,
        field_key: impl Into<String>,
        field_type: CustomFieldType,
    ) -> Self {
        let now = Timestamp::now();
        let field_key = field_key.into();
        Self {
            id: CustomFieldId::random(),
            organization_id,
            label: field_key.clone(),
            field_key,
            field_type,
            ui_visibility: CustomFieldVisibility::Always,
            validation_regex: None,
            description: None,
            required: false,
            default_value: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Changes to a [`CustomField`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::task_custom_field_definitions)]
pub struct CustomFieldChanges {
    pub label: Option<String>,
    pub field_type: Option<CustomFieldType>,
    pub ui_visibility: Option<CustomFieldVisibility>,
    pub validation_regex: Option<Option<String>>,
    pub description: Option<Option<String>>,
    pub required: Option<bool>,
    pub default_value: Option<Option<Value>>,
}

/// A board has a field.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_task_custom_fields, treat_none_as_default_value = false)]
pub struct CustomFieldBinding {
    /// Key.
    pub id: CustomFieldBindingId,
    /// The board.
    pub board_id: BoardId,
    /// The field. Unique per board.
    pub task_custom_field_definition_id: CustomFieldId,
    /// When the board got it.
    pub created_at: Timestamp,
}

impl CustomFieldBinding {
    /// Gives a board a field.
    pub fn new(board_id: BoardId, field: CustomFieldId) -> Self {
        Self {
            id: CustomFieldBindingId::random(),
            board_id,
            task_custom_field_definition_id: field,
            created_at: Timestamp::now(),
        }
    }
}

/// A task's own value of a field.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::task_custom_field_values, treat_none_as_default_value = false)]
pub struct CustomFieldValue {
    /// Key.
    pub id: CustomFieldValueId,
    /// The task.
    pub task_id: TaskId,
    /// The field. Unique per task.
    pub task_custom_field_definition_id: CustomFieldId,
    /// The value.
    pub value: Option<Value>,
    /// When it was first set.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl CustomFieldValue {
    /// Sets a value.
    pub fn new(task_id: TaskId, field: CustomFieldId, value: Value) -> Self {
        let now = Timestamp::now();
        Self {
            id: CustomFieldValueId::random(),
            task_id,
            task_custom_field_definition_id: field,
            value: Some(value),
            created_at: now,
            updated_at: now,
        }
    }
}
