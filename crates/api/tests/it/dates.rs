//! Dates at the ends of time: what is taken, and what is read of what another program stored.

use diesel::prelude::*;
use mission_control_api::openapi;
use mission_control_store::Conn;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// Dates that no place of ours takes.
fn refused() -> Vec<Value> {
    let texts = [
        "9999-12-31T23:59:59-12:00",
        "1900-01-01T00:00:00+12:00",
        "-002020-11-04T23:06:31.000Z",
        "+10000-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "0026-12-24",
        "-262143-01-01T00:00:00Z",
        "tomorrow",
        "",
    ];
    let numbers =
        [json!(1e300), json!(-1e300), json!(i64::MAX), json!(i64::MIN), json!(253_402_300_800_000_i64)];
    texts.map(Value::from).into_iter().chain(numbers).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_date_outside_the_years_is_refused_wherever_one_is_sent_and_nothing_changes(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let field = json!({"field_key": "when", "field_type": "date_time", "board_ids": [scene.board]});
    user.post("/api/v1/organizations/me/custom-fields", field).expect(200).await;
    let task = user.post(&scene.on_board("tasks"), json!({"title": "t"})).expect(200).await;
    let path = scene.on_board(&format!("tasks/{}", task["id"].as_str().unwrap()));
    for date in refused() {
        let wrong =
            user.post(&scene.on_board("tasks"), json!({"title": "x", "due_at": date})).expect(422).await;
        assert_eq!(wrong["detail"][0]["loc"], json!(["body", "due_at"]), "{date}");
        user.patch(&path, json!({"due_at": date})).expect(422).await;
        user.patch(&path, json!({"custom_field_values": {"when": date}})).expect(422).await;
    }
    let tasks = user.get(&scene.on_board("tasks")).expect(200).await;
    assert_eq!((&tasks["total"], &tasks["items"][0]["updated_at"]), (&json!(1), &task["updated_at"]));
    for date in ["1900-01-01T00:00:00", "9999-12-31T23:59:59.999999"] {
        let changed = user.patch(&path, json!({"due_at": date})).expect(200).await;
        assert_eq!(changed["due_at"], date);
    }
}

/// Every field that takes a date is read by the one type that knows the years: in the document it has that type's form.
#[test]
fn no_field_of_a_request_takes_a_date_as_any_text() {
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut wrong = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let input = ["Create", "Update", "Query"].iter().any(|suffix| name.ends_with(suffix));
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            if input && field.ends_with("_at") && schema["format"] != "date-time" {
                wrong.push(format!("{name}.{field}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_another_program_stored_breaks_no_list(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let dates: &[&str] = match backend {
        Backend::Postgres => {
            &["infinity", "-infinity", "294276-12-31 23:59:59", "0044-03-15 12:00:00 BC", "0026-12-24"]
        }
        Backend::Sqlite => {
            &["+10000-01-01 11:59:59.000000", "-0044-03-15 12:00:00.000000", "0026-12-24 00:00:00"]
        }
    };
    for date in dates {
        let task = scene.task("t").await;
        let sql = format!("UPDATE tasks SET due_at = '{date}' WHERE number = {}", task.number);
        scene
            .write(move |tx| {
                let conn: &mut Conn = tx;
                diesel::sql_query(sql).execute(conn)?;
                Ok(())
            })
            .await;
    }
    for path in ["tasks", "snapshot"] {
        let read = user.get(&scene.on_board(path)).expect(200).await;
        let tasks = if path == "tasks" { &read["items"] } else { &read["tasks"] };
        assert_eq!(tasks.as_array().unwrap().len(), dates.len());
        for task in tasks.as_array().unwrap() {
            let year = task["due_at"].as_str().unwrap().split('-').next().unwrap();
            assert!(year.len() == 4 && year.parse::<u16>().is_ok(), "{}", task["due_at"]);
        }
    }
    user.get("/api/v1/metrics/dashboard?range_key=7d").expect(200).await;
}
