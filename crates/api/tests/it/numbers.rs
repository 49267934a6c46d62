//! Numbers in JSON that is kept as it is.

use mission_control_testkit::scratch::Backend;
use proptest::collection::vec;
use proptest::num::f64;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// A number as text: any double, and digits that are more than a double needs.
fn number() -> impl Strategy<Value = String> {
    let double = f64::POSITIVE | f64::NEGATIVE | f64::NORMAL | f64::SUBNORMAL | f64::ZERO;
    prop_oneof![
        double.prop_map(|number| json!(number).to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        (1_u64..100_000_000_000_000_000, -340..291_i32)
            .prop_map(|(digits, power)| format!("{digits}e{power}")),
    ]
}

/// What a client that reads numbers as it should finds in them.
fn read(numbers: &[String]) -> Vec<Value> {
    let whole =
        |text: &str| text.parse::<u64>().map(Value::from).or_else(|_| text.parse::<i64>().map(Value::from));
    let double = |text: &str| json!(text.parse::<std::primitive::f64>().unwrap());
    numbers.iter().map(|text| whole(text).unwrap_or_else(|_| double(text))).collect()
}

async fn come_back(scene: &Scene, task: &str, numbers: &[String]) {
    let body = format!(r#"{{"custom_field_values": {{"numbers": [{}]}}}}"#, numbers.join(", "));
    let user = scene.server.user();
    let path = scene.on_board(&format!("tasks/{task}"));
    let changed = user.call(Method::PATCH, &path).raw(body.into_bytes()).expect(200).await;
    let expected = json!(read(numbers));
    assert_eq!(changed["custom_field_values"]["numbers"], expected);
    let listed = user.get(&scene.on_board("tasks")).expect(200).await;
    assert_eq!(listed["items"][0]["custom_field_values"]["numbers"], expected);
}

#[rstest]
fn numbers_come_back_as_they_were_sent(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (scene, task) = runtime.block_on(async {
        let scene = Scene::start(backend).await;
        let field = json!({"field_key": "numbers", "field_type": "json", "board_ids": [scene.board]});
        scene.server.user().post("/api/v1/organizations/me/custom-fields", field).expect(200).await;
        let task =
            scene.server.user().post(&scene.on_board("tasks"), json!({"title": "Count"})).expect(200).await;
        (scene, task["id"].as_str().unwrap().to_owned())
    });
    let known = [
        "0.30000000000000004",
        "1e23",
        "5e-324",
        "1.7976931348623157e308",
        "-9007199254740993",
        "18446744073709551615",
        "-9223372036854775808",
        "9007199254740993.0",
        "0.1",
        "-0.0",
        "123456789012345680000",
    ];
    runtime.block_on(come_back(&scene, &task, &known.map(str::to_owned)));
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&vec(number(), 1..100), |numbers| {
        runtime.block_on(come_back(&scene, &task, &numbers));
        Ok(())
    });
    outcome.unwrap();
}
