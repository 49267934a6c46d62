//! The values that a task has in the custom fields of its board.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::custom_fields::{InvalidValue, validate};
use crate::id::CustomFieldId;
use crate::models::CustomField;

/// Why values are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldFault {
    /// The board has no such fields.
    #[error("This board has no custom fields of these names.")]
    Unknown(Vec<String>),
    /// Required fields would be empty.
    #[error("Required custom fields must have values.")]
    Missing(Vec<String>),
    /// A value does not fit its field.
    #[error("The custom field {key} {reason}.")]
    Invalid {
        /// The field.
        key: String,
        /// Its type.
        field_type: &'static str,
        /// What is wrong.
        reason: InvalidValue,
    },
}

/// The values that a new task keeps: those given, and the defaults of the rest.
///
/// # Errors
/// [`FieldFault`].
pub fn of_new_task(
    fields: &[CustomField],
    given: &Map<String, Value>,
) -> Result<Vec<(CustomFieldId, Value)>, FieldFault> {
    check_given(fields, given)?;
    let value_of =
        |field: &CustomField| present(given.get(&field.field_key).or(field.default_value.as_ref())).cloned();
    check_required(fields, |field| value_of(field).is_some())?;
    Ok(fields.iter().filter_map(|field| Some((field.id, value_of(field)?))).collect())
}

/// The changes to a task that has the values `current`: a new value, or `None` to remove it.
///
/// # Errors
/// [`FieldFault`].
pub fn changes(
    fields: &[CustomField],
    current: &HashMap<CustomFieldId, Value>,
    given: &Map<String, Value>,
) -> Result<Vec<(CustomFieldId, Option<Value>)>, FieldFault> {
    check_given(fields, given)?;
    check_required(fields, |field| {
        let kept = || current.get(&field.id).or(field.default_value.as_ref());
        present(given.get(&field.field_key).or_else(kept)).is_some()
    })?;
    let change = |field: &CustomField| {
        given.get(&field.field_key).map(|value| (field.id, present(Some(value)).cloned()))
    };
    Ok(fields.iter().filter_map(change).collect())
}

/// The values of a task as clients see them: every field of the board, with its default where the task has no value.
pub fn shown(fields: &[CustomField], current: Option<&HashMap<CustomFieldId, Value>>) -> Map<String, Value> {
    let value = |field: &CustomField| {
        let own = current.and_then(|values| values.get(&field.id));
        own.or(field.default_value.as_ref()).cloned().unwrap_or_default()
    };
    fields.iter().map(|field| (field.field_key.clone(), value(field))).collect()
}

/// `null` is no value.
fn present(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null())
}

fn check_given(fields: &[CustomField], given: &Map<String, Value>) -> Result<(), FieldFault> {
    let field_of = |key: &str| fields.iter().find(|field| field.field_key == key);
    let mut unknown: Vec<String> = given.keys().filter(|key| field_of(key).is_none()).cloned().collect();
    if !unknown.is_empty() {
        unknown.sort();
        return Err(FieldFault::Unknown(unknown));
    }
    for (key, value) in given {
        let Some(field) = field_of(key) else { continue };
        validate(field, value).map_err(|reason| FieldFault::Invalid {
            key: key.clone(),
            field_type: field.field_type.as_str(),
            reason,
        })?;
    }
    Ok(())
}

fn check_required(
    fields: &[CustomField],
    has_value: impl Fn(&CustomField) -> bool,
) -> Result<(), FieldFault> {
    let empty = fields.iter().filter(|field| field.required && !has_value(field));
    let mut missing: Vec<String> = empty.map(|field| field.field_key.clone()).collect();
    missing.sort();
    if missing.is_empty() { Ok(()) } else { Err(FieldFault::Missing(missing)) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::id::OrganizationId;
    use crate::models::CustomFieldType;

    fn field(key: &str, required: bool, default_value: Option<Value>) -> CustomField {
        let field = CustomField::new(OrganizationId::random(), key, CustomFieldType::Integer);
        CustomField { required, default_value, ..field }
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_new_task_keeps_what_is_given_and_the_defaults_of_the_rest() {
        let fields = [field("a", false, Some(json!(1))), field("b", true, None), field("c", false, None)];
        let kept = of_new_task(&fields, &object(json!({"b": 2}))).unwrap();
        assert_eq!(kept, [(fields[0].id, json!(1)), (fields[1].id, json!(2))]);
        let without_default = of_new_task(&fields, &object(json!({"a": null, "b": 2}))).unwrap();
        assert_eq!(without_default, [(fields[1].id, json!(2))]);
    }

    #[test]
    fn unknown_missing_and_unfitting_fields_are_named() {
        let fields = [field("a", true, None), field("b", true, Some(Value::Null))];
        let refused = |given| of_new_task(&fields, &object(given)).unwrap_err();
        assert_eq!(refused(json!({"z": 1, "y": 2})), FieldFault::Unknown(vec!["y".into(), "z".into()]));
        assert_eq!(refused(json!({})), FieldFault::Missing(vec!["a".into(), "b".into()]));
        let unfitting = refused(json!({"a": "x", "b": 1}));
        assert!(
            matches!(&unfitting, FieldFault::Invalid { key, field_type: "integer", .. } if key == "a"),
            "{unfitting:?}"
        );
    }

    #[test]
    fn a_change_touches_what_is_given_and_cannot_empty_what_is_required() {
        let fields = [field("a", true, None), field("b", false, None)];
        let current = HashMap::from([(fields[0].id, json!(1)), (fields[1].id, json!(2))]);
        let changed = |given| changes(&fields, &current, &object(given));
        assert_eq!(changed(json!({"b": null})).unwrap(), [(fields[1].id, None)]);
        assert_eq!(changed(json!({"a": 5})).unwrap(), [(fields[0].id, Some(json!(5)))]);
        assert_eq!(changed(json!({"a": null})).unwrap_err(), FieldFault::Missing(vec!["a".into()]));
        assert!(changed(json!({})).unwrap().is_empty());
    }

    #[test]
    fn a_task_shows_every_field_of_its_board() {
        let fields = [field("a", false, Some(json!(7))), field("b", false, None)];
        let own = HashMap::from([(fields[0].id, json!(1))]);
        assert_eq!(Value::Object(shown(&fields, Some(&own))), json!({"a": 1, "b": null}));
        assert_eq!(Value::Object(shown(&fields, None)), json!({"a": 7, "b": null}));
    }
}
