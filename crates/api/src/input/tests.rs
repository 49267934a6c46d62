use mission_control_core::id::BoardId;
use mission_control_core::limits::{FAULTS, JSON_LEVELS, NAME};
use mission_control_core::time::Timestamp;
use rstest::rstest;
use serde_json::{Value, json};
use utoipa::PartialSchema;

use super::*;

crate::input! {
    /// One grant.
    struct Grant {
        /// On this board.
        board_id: BoardId,
        /// Also changes.
        can_write: bool = false,
    }
}

crate::input! {
    /// A body with every kind of presence.
    struct Sample {
        /// Required.
        name: Text<NAME>,
        /// May be left out.
        note: Option<AnyText<NAME>>,
        /// Partial update.
        group: Patch<AnyText<NAME>>,
        /// Partial update of a column that is never null.
        title: Change<AnyText<NAME>>,
        /// With a default.
        limit: Bounded<1, 200> = Bounded(200),
        /// Nested.
        grants: ListOf<Grant, 3> = Vec::new(),
    }
}

fn read<T: FromInput>(value: &Value) -> (Result<T::Output, Vec<Fault>>, Vec<String>) {
    let mut reader = Reader::new("body");
    let read = T::from_input(value, &mut reader);
    reader.finish(read)
}

fn faults<T: FromInput>(value: &Value) -> Vec<String> {
    let Err(faults) = read::<T>(value).0 else { panic!("it was accepted") };
    faults
        .iter()
        .map(|fault| {
            let place: Vec<String> = serde_json::to_value(&fault.loc)
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .map(|step| step.to_string().replace('"', ""))
                .collect();
            format!("{} {}", place.join("."), fault.kind)
        })
        .collect()
}

#[test]
fn every_wrong_field_is_named_at_once_with_its_place() {
    let id = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
    let body = json!({
        "name": " ", "note": 5, "group": [], "title": null, "limit": 201,
        "grants": [{"board_id": id}, {"board_id": "x", "can_write": "maybe"}, 7],
    });
    assert_eq!(
        faults::<Sample>(&body),
        [
            "body.name string_too_short",
            "body.note string_type",
            "body.group string_type",
            "body.title string_type",
            "body.limit less_than_equal",
            "body.grants.1.board_id uuid_parsing",
            "body.grants.1.can_write bool_parsing",
            "body.grants.2 model_attributes_type",
        ]
    );
    assert_eq!(faults::<Sample>(&json!({})), ["body.name missing"]);
    assert_eq!(faults::<Sample>(&json!([1])), ["body model_attributes_type"]);
}

#[test]
fn a_partial_update_tells_absent_from_null() {
    let read = |value| read::<Sample>(&value).0.unwrap();
    let absent = read(json!({"name": "n"}));
    assert_eq!(absent.group.into_change(), None);
    assert_eq!(absent.title, Change(None));
    assert_eq!(absent.limit, Bounded(200));
    let null = read(json!({"name": "n", "group": null, "note": null}));
    assert_eq!(null.group.into_change(), Some(None));
    assert_eq!(null.note, None);
    let value = read(json!({"name": " n ", "group": "g", "title": "t"}));
    assert_eq!(&*value.name, "n");
    assert_eq!(value.group.into_change(), Some(Some("g".to_owned())));
    assert_eq!(value.title, Change(Some("t".to_owned())));
}

#[test]
fn unknown_fields_are_named_and_not_refused() {
    let body = json!({"name": "n", "colour": "red", "grants": [{"board_id": BoardId::random(), "x": 1}]});
    let (outcome, ignored) = read::<Sample>(&body);
    let grant = &outcome.unwrap().grants[0];
    assert_eq!(
        (grant.board_id.to_string(), grant.can_write),
        (body["grants"][0]["board_id"].as_str().unwrap().to_owned(), false)
    );
    assert_eq!(ignored, ["colour", "grants.0.x"]);
}

#[rstest]
#[case(json!("yes"), Some(true))]
#[case(json!("OFF"), Some(false))]
#[case(json!(1), Some(true))]
#[case(json!(0.0), Some(false))]
#[case(json!(2), None)]
#[case(json!("maybe"), None)]
#[case(json!(null), None)]
fn flags_are_read_leniently(#[case] value: Value, #[case] expected: Option<bool>) {
    assert_eq!(read::<bool>(&value).0.ok(), expected);
}

#[rstest]
#[case(json!(5), Some(5))]
#[case(json!(5.0), Some(5))]
#[case(json!(" 5 "), Some(5))]
#[case(json!("5.0"), Some(5))]
#[case(json!(true), Some(1))]
#[case(json!(5.5), None)]
#[case(json!("five"), None)]
#[case(json!(null), None)]
#[case(json!(1e300), None)]
fn whole_numbers_are_read_leniently(#[case] value: Value, #[case] expected: Option<i64>) {
    assert_eq!(read::<i64>(&value).0.ok(), expected);
}

#[rstest]
#[case(json!("2026-11-23T10:00:00Z"), Some("2026-11-23T10:00:00"))]
#[case(json!("2026-11-23"), Some("2026-11-23T00:00:00"))]
#[case(json!(1_000_000_000), Some("2001-09-09T01:46:40"))]
#[case(json!(1_000_000_000_000_i64), Some("2001-09-09T01:46:40"))]
#[case(json!("soon"), None)]
#[case(json!({}), None)]
fn times_are_read_from_text_and_from_numbers(#[case] value: Value, #[case] expected: Option<&str>) {
    assert_eq!(read::<Timestamp>(&value).0.ok().map(|at| at.to_string()).as_deref(), expected);
}

#[test]
fn text_is_text_and_nothing_else() {
    assert_eq!(faults::<AnyText<NAME>>(&json!(5)), ["body string_type"]);
    assert_eq!(faults::<AnyText<NAME>>(&json!("a\0b")), ["body string_type"]);
}

/// The limit that each fault names.
fn limits<T: FromInput>(value: &Value) -> Vec<(&'static str, Value)> {
    let Err(faults) = read::<T>(value).0 else { panic!("it was accepted") };
    faults.into_iter().map(|fault| (fault.kind, fault.ctx.map(Value::Object).unwrap_or_default())).collect()
}

#[test]
fn text_is_as_long_as_its_maximum_in_characters_of_any_size_and_no_longer() {
    for letter in ["a", "ä", "水", "🦀"] {
        assert!(read::<AnyText<10>>(&letter.repeat(10).into()).0.is_ok());
        let expected = [("string_too_long", json!({"max_length": 10}))];
        assert_eq!(limits::<AnyText<10>>(&letter.repeat(11).into()), expected);
        assert_eq!(limits::<Text<10>>(&letter.repeat(11).into()), expected);
    }
}

#[test]
fn a_list_that_is_too_long_is_one_fault_and_its_elements_are_not_read() {
    let expected = [("too_long", json!({"max_length": 2}))];
    assert_eq!(limits::<ListOf<BoardId, 2>>(&json!([1, 2, 3])), expected);
    assert_eq!(limits::<ListOf<BoardId, 2>>(&json!([1, 2])).len(), 2);
}

#[test]
fn objects_of_any_form_are_neither_large_nor_deep_and_hold_no_nul() {
    let deep = |levels| (1..levels).fold(json!({}), |inner, _| json!([inner]));
    assert!(read::<AnyJson<1000>>(&deep(JSON_LEVELS)).0.is_ok());
    assert_eq!(
        limits::<AnyJson<1000>>(&deep(JSON_LEVELS + 1)),
        [("too_long", json!({"max_levels": JSON_LEVELS}))]
    );
    let large = json!({"a": "b".repeat(30)});
    assert_eq!(limits::<JsonObject<30>>(&large), [("too_long", json!({"max_bytes": 30}))]);
    assert!(read::<JsonObject<38>>(&large).0.is_ok());
    for nul in [json!({"a": ["\0"]}), json!({"a": {"\0": 1}})] {
        assert_eq!(limits::<JsonObject<100>>(&nul), [("string_type", Value::Null)]);
    }
}

#[test]
fn an_answer_names_so_many_faults_and_no_more() {
    let wrong = vec![json!("x"); 5000];
    assert_eq!(limits::<ListOf<BoardId, 10_000>>(&wrong.into()).len(), FAULTS);
}

#[test]
fn the_document_shows_limits_nulls_and_what_is_required() {
    let schema = serde_json::to_value(Sample::schema_document()).unwrap();
    assert_eq!(schema["required"], json!(["name"]));
    assert_eq!(schema["properties"]["limit"]["maximum"], json!(200));
    assert_eq!(schema["properties"]["group"]["type"], json!(["string", "null"]));
    assert_eq!(schema["properties"]["grants"]["items"]["$ref"], "#/components/schemas/Grant");
    assert_eq!(schema["properties"]["grants"]["maxItems"], json!(3));
    assert_eq!(schema["properties"]["name"]["maxLength"], json!(NAME));
    assert_eq!(schema["properties"]["name"]["description"], "Required.");
}

impl Sample {
    fn schema_document() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        <Self as PartialSchema>::schema()
    }
}
