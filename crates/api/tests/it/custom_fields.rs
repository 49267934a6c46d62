use std::collections::BTreeSet;

use mission_control_core::id::{BoardId, CustomFieldId, OrganizationId};
use mission_control_core::limits::CUSTOM_FIELDS;
use mission_control_core::models::{Board, CustomField, CustomFieldType, Task};
use mission_control_store::{Db, StoreError, boards, custom_fields, tasks};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;
use crate::server::Server;

const FIELDS: &str = "/api/v1/organizations/me/custom-fields";

async fn server_with_boards(backend: Backend) -> (Server, Db, [BoardId; 2]) {
    let server = Server::start(backend).await;
    let organization = server.user().get("/api/v1/organizations/me").expect(200).await;
    let organization: OrganizationId = organization["id"].as_str().unwrap().parse().unwrap();
    let db = server.db().await;
    let rows = [Board::new(organization, "A", "a"), Board::new(organization, "B", "b")];
    let mut ids = [rows[0].id, rows[1].id];
    ids.sort();
    db.write::<_, StoreError, _>(move |tx| {
        rows.iter().try_for_each(|board| boards::insert(tx, board).map(drop))
    })
    .await
    .unwrap();
    (server, db, ids)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_field_changes_in_what_is_sent_and_is_bound_to_exactly_the_boards_named(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, _db, [one, two]) = server_with_boards(backend).await;
    let wanted = json!({
        "field_key": " client ", "field_type": "Text (long)", "ui_visibility": "If set", "default_value": "acme",
        "validation_regex": "[a-z]+", "board_ids": [two, one, one],
    });
    let field = server.user().post(FIELDS, &wanted).expect(200).await;
    assert_eq!((&field["field_key"], &field["label"]), (&json!("client"), &json!("client")));
    assert_eq!((&field["field_type"], &field["ui_visibility"]), (&json!("text_long"), &json!("if_set")));
    assert_eq!(field["board_ids"], json!([one, two]));
    server.user().post(FIELDS, &wanted).expect(409).await;

    let path = format!("{FIELDS}/{}", field["id"].as_str().unwrap());
    let changed = server.user().patch(&path, json!({"board_ids": [two]})).expect(200).await;
    assert_eq!((&changed["board_ids"], &changed["default_value"]), (&json!([two]), &json!("acme")));
    let cleared = json!({"default_value": null, "validation_regex": " ", "field_type": "integer"});
    let changed = server.user().patch(&path, cleared).expect(200).await;
    let emptied = (&changed["default_value"], &changed["validation_regex"], &changed["field_type"]);
    assert_eq!(emptied, (&Value::Null, &Value::Null, &json!("integer")));
    assert_eq!(server.user().get(FIELDS).expect(200).await, json!([changed]));
    server.user().delete(&path).expect(200).await;
    server.user().delete(&path).expect(404).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_field_names_the_boards_that_its_reader_may_see(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let closed = Board::new(scene.organization, "Closed", "closed");
    let (open, hidden) = (scene.board, closed.id);
    scene.write(move |tx| boards::insert(tx, &closed)).await;
    for (key, boards) in [("both", vec![open, hidden]), ("closed", vec![hidden]), ("open", vec![open])] {
        scene.server.user().post(FIELDS, json!({"field_key": key, "board_ids": boards})).expect(200).await;
    }
    for (actor, seen) in [
        (Actor::Reader, vec![open]),
        (Actor::Writer, vec![open]),
        (Actor::Member, vec![]),
        // The role alone opens no board.
        (Actor::Admin, vec![]),
        (Actor::Owner, vec![open, hidden]),
    ] {
        let fields = scene.enter(actor).await.get(FIELDS).expect(200).await;
        for field in fields.as_array().unwrap() {
            let bound: &[BoardId] = match field["field_key"].as_str().unwrap() {
                "both" => &[open, hidden],
                "closed" => &[hidden],
                _ => &[open],
            };
            let expected: BTreeSet<String> =
                bound.iter().filter(|board| seen.contains(board)).map(ToString::to_string).collect();
            let named = field["board_ids"].as_array().unwrap().iter();
            let named: BTreeSet<String> = named.map(|id| id.as_str().unwrap().to_owned()).collect();
            assert_eq!(named, expected, "{actor}: {field}");
        }
        assert_eq!(fields.to_string().contains(&hidden.to_string()), seen.contains(&hidden), "{actor}");
    }
}

#[rstest]
#[case(json!({"field_type": "colour"}), &["body", "field_type"])]
#[case(json!({"validation_regex": "(["}), &["body", "validation_regex"])]
#[case::backtracking(json!({"validation_regex": "(?=a)"}), &["body", "validation_regex"])]
#[case(json!({"validation_regex": "a", "field_type": "json"}), &["body"])]
#[case(json!({"board_ids": []}), &["body", "board_ids"])]
#[case(json!({"label": " "}), &["body", "label"])]
#[case::a_key_is_text(json!({"field_key": 5}), &["body", "field_key"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_definition_that_makes_no_sense_is_a_422_that_names_the_field(
    #[case] wrong: Value,
    #[case] place: &[&str],
) {
    let (server, _db, [board, _]) = server_with_boards(Backend::Sqlite).await;
    let mut wanted = json!({"field_key": "k", "board_ids": [board]});
    wanted.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
    let answer = server.user().post(FIELDS, wanted).expect(422).await;
    assert_eq!(answer["detail"][0]["loc"], json!(place));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_would_contradict_what_stays_is_refused() {
    let (server, _db, [board, _]) = server_with_boards(Backend::Sqlite).await;
    let wanted = json!({"field_key": "k", "default_value": "acme", "board_ids": [board]});
    let field = server.user().post(FIELDS, wanted).expect(200).await;
    let path = format!("{FIELDS}/{}", field["id"].as_str().unwrap());
    let foreign = BoardId::random();
    for wrong in [
        json!({}),
        json!({"field_key": "k"}),
        json!({"label": null}),
        json!({"field_type": "integer"}),
        json!({"validation_regex": "[A-Z]+"}),
        json!({"board_ids": [board, foreign]}),
    ] {
        server.user().patch(&path, &wrong).expect(422).await;
    }
    let list = server.user().get(FIELDS).expect(200).await;
    assert_eq!(list, json!([field]));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_a_task_has_a_value_of_is_not_deleted(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, db, [board, _]) = server_with_boards(backend).await;
    let wanted = json!({"field_key": "k", "board_ids": [board]});
    let field = server.user().post(FIELDS, wanted).expect(200).await;
    let id: CustomFieldId = field["id"].as_str().unwrap().parse().unwrap();
    let task = Task::new(board, "t");
    db.write::<_, StoreError, _>(move |tx| {
        tasks::insert(tx, &task)?;
        tasks::field_values::set(tx, task.id, id, Some(json!("v")))
    })
    .await
    .unwrap();
    server.user().delete(&format!("{FIELDS}/{id}")).expect(409).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_board_with_as_many_fields_as_it_may_have_gets_no_further_one_and_shows_all_that_it_has(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, db, [full, other]) = server_with_boards(backend).await;
    let organization = server.user().get("/api/v1/organizations/me").expect(200).await;
    let organization: OrganizationId = organization["id"].as_str().unwrap().parse().unwrap();
    let fill = move |tx: &mut mission_control_store::Tx<'_>, number: i64| {
        let field = CustomField::new(organization, format!("f{number}"), CustomFieldType::Text);
        custom_fields::insert(tx, &field)?;
        custom_fields::bind(tx, field.id, &[full]).map(drop)
    };
    db.write::<_, StoreError, _>(move |tx| (1..CUSTOM_FIELDS).try_for_each(|number| fill(tx, number)))
        .await
        .unwrap();
    let wanted = |key: &str, board: BoardId| json!({"field_key": key, "board_ids": [board]});
    let last = server.user().post(FIELDS, wanted("last", full)).expect(200).await;
    let refused = server.user().post(FIELDS, wanted("surplus", full)).expect(409).await;
    assert_eq!(refused["detail"]["full_board_ids"], json!([full]));
    let elsewhere = server.user().post(FIELDS, wanted("surplus", other)).expect(200).await;
    let path = format!("{FIELDS}/{}", elsewhere["id"].as_str().unwrap());
    server.user().patch(&path, json!({"board_ids": [other, full]})).expect(409).await;

    // A board that had more before there was a maximum keeps them, and its fields change as ever.
    db.write::<_, StoreError, _>(move |tx| fill(tx, CUSTOM_FIELDS)).await.unwrap();
    let path = format!("{FIELDS}/{}", last["id"].as_str().unwrap());
    server.user().patch(&path, json!({"label": "Last", "board_ids": [other, full]})).expect(200).await;
    let fields = db.read(move |conn| custom_fields::of_board(conn, full)).await.unwrap();
    assert_eq!(fields.len() as i64, CUSTOM_FIELDS + 1);
}
