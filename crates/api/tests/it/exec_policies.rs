//! Rules for commands over REST.

use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::everything;
use crate::scene::Scene;

const POLICIES: &str = "/api/v1/exec-policies";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn admins_make_and_withdraw_rules_for_commands_and_agents_never(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let new = json!({
        "board_id": scene.board, "pattern": "cargo test", "matching": "prefix", "effect": "allow",
        "reason": "Tests harm nobody.", "expires_at": "2999-01-01T00:00:00",
    });
    let made = owner.post(POLICIES, new.clone()).expect(200).await;
    assert_eq!((made["effect"].as_str(), made["live"].as_bool()), (Some("allow"), Some(true)));
    assert!(made["author_name"].is_string() && made["author_user_id"].is_string(), "{made}");
    let whole = json!({"pattern": "*rm -rf*", "matching": "glob", "effect": "refuse", "host": " "});
    let whole = owner.post(POLICIES, whole).expect(200).await;
    assert_eq!((&whole["host"], &whole["board_id"]), (&Value::Null, &Value::Null));
    assert_eq!(owner.get(POLICIES).expect(200).await["total"], 2);

    for fault in [
        json!({"pattern": " "}),
        json!({"pattern": "x".repeat(1001)}),
        json!({"pattern": "a && b"}),
        json!({"pattern": "*", "matching": "glob"}),
        json!({"effect": "perhaps"}),
        json!({"matching": "regex"}),
        json!({"expires_at": "2020-01-01T00:00:00"}),
        json!({"agent_id": scene.ada.0}),
    ] {
        let mut body = new.clone();
        body.as_object_mut().unwrap().extend(fault.as_object().unwrap().clone());
        owner.post(POLICIES, body.clone()).expect(422).await;
        owner.post(&format!("{POLICIES}/dry-run"), body).expect(422).await;
    }
    let elsewhere = json!({
        "board_id": uuid::Uuid::new_v4(), "pattern": "a", "matching": "exact", "effect": "ask",
    });
    owner.post(POLICIES, elsewhere).expect(404).await;

    let path = format!("{POLICIES}/{}", made["id"].as_str().unwrap());
    let of_organization = format!("{POLICIES}/{}", whole["id"].as_str().unwrap());
    let writer = scene.enter(Actor::Writer).await;
    assert_eq!(writer.get(POLICIES).expect(200).await["total"], 1, "not the organization's");
    assert_eq!(writer.get(&path).expect(200).await["pattern"], "cargo test");
    writer.get(&of_organization).expect(404).await;
    writer.post(POLICIES, new.clone()).expect(403).await;
    writer.post(&format!("{POLICIES}/dry-run"), new.clone()).expect(403).await;
    writer.delete(&path).expect(403).await;
    scene.ada.1.get(POLICIES).expect(401).await;
    scene.ada.1.post(POLICIES, new).expect(401).await;
    scene.ada.1.delete(&path).expect(401).await;

    let owner = scene.enter(Actor::Owner).await;
    let withdrawn = owner.delete(&path).expect(200).await;
    assert_eq!(withdrawn["live"], false);
    let again = owner.delete(&path).expect(200).await;
    assert_eq!(again["revoked_at"], withdrawn["revoked_at"]);
    assert_eq!(owner.get(POLICIES).expect(200).await["total"], 2, "it is kept for the record");
    assert_eq!(owner.get(&format!("{POLICIES}?live=true")).expect(200).await["total"], 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_trial_shows_what_a_rule_would_have_done_and_makes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    everything::add(&scene, 2).await;
    let owner = scene.enter(Actor::Owner).await;
    let before = owner.get(POLICIES).expect(200).await["total"].clone();
    let dry_run = format!("{POLICIES}/dry-run");
    let body = |pattern: &str| json!({"pattern": pattern, "matching": "prefix", "effect": "allow"});
    let trial = owner.post(&dry_run, body("make")).expect(200).await;
    assert_eq!((trial["considered"].as_i64(), trial["complete"].as_bool()), (Some(2), Some(true)));
    assert_eq!((trial["allowed"]["count"].as_i64(), trial["asked"]["count"].as_i64()), (Some(2), Some(0)));
    let example = &trial["allowed"]["examples"][0];
    assert_eq!((example["command"].as_str(), example["state"].as_str()), (Some("make"), Some("pending")));
    let other = owner.post(&dry_run, body("cargo")).expect(200).await;
    assert_eq!((other["allowed"]["count"].as_i64(), other["asked"]["count"].as_i64()), (Some(0), Some(2)));
    assert_eq!(owner.get(POLICIES).expect(200).await["total"], before);
}
