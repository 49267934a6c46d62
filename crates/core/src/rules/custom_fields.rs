//! What values a custom field takes, and which definitions make sense.

use chrono::{Datelike, NaiveDate};
use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::limits::PATTERN_MEMORY;
use crate::models::{CustomField, CustomFieldChanges, CustomFieldType};
use crate::time::{Timestamp, YEARS};

/// Why a value does not fit a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    /// It is not of the field's type. Holds what was wanted.
    #[error("must be {0}")]
    Type(&'static str),
    /// It does not match the field's pattern.
    #[error("must match the pattern {0}")]
    Pattern(String),
    /// The field's pattern, perhaps stored by another program, cannot be used.
    #[error(transparent)]
    Unusable(#[from] InvalidPattern),
}

/// A regular expression that cannot be used: a mistake, too large, or in need of backtracking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a usable regular expression: {0}")]
pub struct InvalidPattern(String);

/// Why a definition makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefinition {
    /// Only text can match a pattern.
    #[error(
        "A validation_regex needs a type whose values are text: text, text_long, date, date_time or url."
    )]
    PatternWithoutText,
    /// The default is no value of the field.
    #[error("default_value {0}.")]
    Default(#[from] InvalidValue),
}

/// Whether values of the type are text, so that a pattern can apply.
pub fn is_text(field_type: CustomFieldType) -> bool {
    use CustomFieldType as T;
    match field_type {
        T::Text | T::TextLong | T::Date | T::DateTime | T::Url => true,
        T::Integer | T::Decimal | T::Boolean | T::Json | T::Foreign(_) => false,
    }
}

/// Whether `value` may be stored for `field`. `null` always may: it means no value, and whether one is required is
/// another question.
///
/// # Errors
/// Why not.
pub fn validate(field: &CustomField, value: &Value) -> Result<(), InvalidValue> {
    if value.is_null() {
        return Ok(());
    }
    validate_type(field.field_type, value).map_err(InvalidValue::Type)?;
    match (&field.validation_regex, value) {
        (Some(pattern), Value::String(text)) if !compile(pattern)?.is_match(text) => {
            Err(InvalidValue::Pattern(pattern.clone()))
        }
        _ => Ok(()),
    }
}

/// Whether the parts of a definition fit together.
///
/// # Errors
/// Why not.
pub fn validate_definition(field: &CustomField) -> Result<(), InvalidDefinition> {
    if field.validation_regex.is_some() && !is_text(field.field_type) {
        return Err(InvalidDefinition::PatternWithoutText);
    }
    Ok(validate(field, field.default_value.as_ref().unwrap_or(&Value::Null))?)
}

/// Whether the parts of a definition still fit together when `field` has the changes.
///
/// # Errors
/// Why not.
pub fn validate_changes(field: CustomField, changes: &CustomFieldChanges) -> Result<(), InvalidDefinition> {
    let next = CustomField {
        field_type: changes.field_type.unwrap_or(field.field_type),
        validation_regex: changes.validation_regex.clone().unwrap_or(field.validation_regex),
        default_value: changes.default_value.clone().unwrap_or(field.default_value),
        ..field
    };
    validate_definition(&next)
}

/// Whether text can be a field's pattern. It is matched in time linear in the value, so it knows no look-around and no
/// back-references.
///
/// # Errors
/// Why not.
pub fn validate_pattern(pattern: &str) -> Result<(), InvalidPattern> {
    compile(pattern).map(|_| ())
}

/// The pattern, to match the whole of a value.
fn compile(pattern: &str) -> Result<Regex, InvalidPattern> {
    let build = |pattern: &str| RegexBuilder::new(pattern).size_limit(PATTERN_MEMORY).build();
    // Alone first: `a)|(b` is a mistake that the anchors' parentheses would hide.
    build(pattern).and_then(|_| build(&format!(r"\A(?:{pattern})\z"))).map_err(|error| {
        let text = error.to_string();
        InvalidPattern(text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned())
    })
}

fn validate_type(field_type: CustomFieldType, value: &Value) -> Result<(), &'static str> {
    use CustomFieldType as T;
    let (valid, wanted) = match field_type {
        T::Text | T::TextLong => (value.is_string(), "text"),
        T::Integer => (value.is_i64() || value.is_u64(), "a whole number"),
        T::Decimal => (value.is_number(), "a number"),
        T::Boolean => (value.is_boolean(), "true or false"),
        T::Date => (value.as_str().is_some_and(is_date), "a date (YYYY-MM-DD) between 1900 and 9999"),
        T::DateTime => (
            value.as_str().is_some_and(|text| Timestamp::parse(text).is_ok()),
            "a date and time (ISO 8601) between 1900 and 9999",
        ),
        T::Url => (value.as_str().is_some_and(is_web_address), "an http or https address"),
        T::Json => (value.is_object() || value.is_array(), "an object or a list"),
        T::Foreign(_) => (false, "left alone: this version does not know the type of the field"),
    };
    if valid { Ok(()) } else { Err(wanted) }
}

/// The three ISO 8601 spellings of a day, exactly.
fn is_date(text: &str) -> bool {
    ["%Y-%m-%d", "%Y%m%d", "%G-W%V-%u"].iter().any(|format| {
        NaiveDate::parse_from_str(text, format)
            .is_ok_and(|day| YEARS.contains(&day.year()) && day.format(format).to_string() == text)
    })
}

fn is_web_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    web && !host.is_empty() && url::Url::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::id::OrganizationId;

    fn field(field_type: &str, pattern: Option<&str>) -> CustomField {
        let mut field = CustomField::new(OrganizationId::random(), "f", field_type.parse().unwrap());
        field.validation_regex = pattern.map(str::to_owned);
        field
    }

    #[rstest]
    #[case("text", &[json!(""), json!("a\nb")], &[json!(1), json!(true), json!([])])]
    #[case("text_long", &[json!("a")], &[json!({})])]
    #[case("integer", &[json!(-3), json!(0), json!(u64::MAX)], &[json!(1.0), json!(1.5), json!("1"), json!(true)])]
    #[case("decimal", &[json!(1), json!(1.5)], &[json!("1.5"), json!(false)])]
    #[case("boolean", &[json!(true), json!(false)], &[json!(1), json!("true")])]
    #[case("date", &[json!("2026-02-28"), json!("20260228"), json!("2026-W09-6")],
        &[json!("2026-02-30"), json!("2026-2-8"), json!("2026-02-28T10:00"), json!(20260228),
          json!("-0026-02-28"), json!("+10000-01-01"), json!("1899-12-31")])]
    #[case("date_time", &[json!("2026-02-28T10:00:00Z"), json!("2026-02-28 10:00"), json!("2026-02-28")],
        &[json!("soon"), json!("2026-13-01T10:00:00"), json!(0), json!("9999-12-31T23:59:59-12:00"), json!("0026-02-28")])]
    #[case("url", &[json!("https://example.org/a?b#c"), json!("HTTP://localhost:8000")],
        &[json!("ftp://example.org"), json!("example.org"), json!("http:///path"), json!("http://"), json!(1)])]
    #[case("json", &[json!({}), json!([1])], &[json!("{}"), json!(1), json!(true)])]
    fn a_field_takes_values_of_its_type_and_null(
        #[case] field_type: &str,
        #[case] valid: &[Value],
        #[case] invalid: &[Value],
    ) {
        let field = field(field_type, None);
        assert_eq!(validate(&field, &Value::Null), Ok(()));
        for value in valid {
            assert_eq!(validate(&field, value), Ok(()), "{value}");
        }
        for value in invalid {
            assert!(matches!(validate(&field, value), Err(InvalidValue::Type(_))), "{value}");
        }
    }

    #[rstest]
    #[case("[a-z]+", "abc", true)]
    #[case("[a-z]+", "abc1", false)]
    #[case("[a-z]+", "abc\n", false)]
    #[case("a|ab", "ab", true)]
    #[case("", "", true)]
    fn a_pattern_must_match_the_whole_value(
        #[case] pattern: &str,
        #[case] text: &str,
        #[case] matches: bool,
    ) {
        assert_eq!(validate(&field("text", Some(pattern)), &json!(text)).is_ok(), matches);
    }

    #[test]
    fn a_pattern_that_would_backtrack_for_ever_is_answered_at_once() {
        let text = "a".repeat(100_000) + "!";
        let start = Instant::now();
        let outcome = validate(&field("text", Some("(a+)+(a|aa)*$")), &json!(text));
        assert!(matches!(outcome, Err(InvalidValue::Pattern(_))), "{outcome:?}");
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }

    #[rstest]
    #[case::syntax("[")]
    #[case::hidden_by_parentheses("a)|(b")]
    #[case::look_around("(?=a)a")]
    #[case::back_reference(r"(a)\1")]
    #[case::too_large("(?:[a-z]{1000}){1000}")]
    fn a_pattern_that_cannot_run_in_linear_time_and_little_memory_is_refused(#[case] pattern: &str) {
        let error = validate_pattern(pattern).unwrap_err().to_string();
        assert!(!error.contains('\n') && error.len() > "not a usable regular expression: ".len(), "{error}");
    }

    #[rstest]
    #[case("integer", Some("1"), json!(null), "validation_regex")]
    #[case("text", Some("[a-z]+"), json!("A"), "default_value")]
    #[case("boolean", None, json!("true"), "default_value")]
    fn a_definition_whose_parts_contradict_each_other_is_refused(
        #[case] field_type: &str,
        #[case] pattern: Option<&str>,
        #[case] default: Value,
        #[case] about: &str,
    ) {
        let mut field = field(field_type, pattern);
        field.default_value = Some(default);
        assert!(validate_definition(&field).unwrap_err().to_string().contains(about));
        field.default_value = None;
        field.validation_regex = None;
        assert_eq!(validate_definition(&field), Ok(()));
    }

    #[test]
    fn changes_are_judged_with_what_stays() {
        let patterned = field("text", Some("a+"));
        let retyped = CustomFieldChanges {
            field_type: Some(CustomFieldType::Integer),
            default_value: Some(Some(json!(3))),
            ..CustomFieldChanges::default()
        };
        let freed = CustomFieldChanges { validation_regex: Some(None), ..retyped.clone() };
        assert_eq!(validate_changes(patterned.clone(), &retyped), Err(InvalidDefinition::PatternWithoutText));
        assert_eq!(validate_changes(patterned, &freed), Ok(()));
    }
}
