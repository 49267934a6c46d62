use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::Value;

use crate::installation::{Installation, simulator};
use crate::tool::{Home, run, token_file};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_needs_no_database_and_the_payload_is_printed() {
    let gateway = simulator().await;
    let (_kept, file) = token_file(gateway.token().unwrap());
    let data_dir = tempfile::tempdir().unwrap();
    let arguments = ["call", "agents.list", "--url", &gateway.url(), "--token-file", &file];
    let called = run(Home::Directory(&data_dir), &arguments, &[]).await;
    assert_eq!(called.code, Some(0), "{}", called.told);
    let payload: Value = serde_json::from_str(&called.shown).unwrap();
    assert_eq!(payload["agents"][0]["id"], "main");
    assert!(called.shown.lines().count() > 1, "it is made to be read");

    assert!(data_dir.path().join("identity/device.json").exists());
    assert!(!data_dir.path().join("mission-control.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_may_come_from_the_environment_and_parameters_reach_the_gateway() {
    let gateway = simulator().await;
    let arguments = ["call", "config.get", r#"{"unknown": 1}"#, "--url", &gateway.url()];
    let variables = [("OPENCLAW_GATEWAY_TOKEN", gateway.token().unwrap())];
    let refused = run(Home::Empty, &arguments, &variables).await;
    assert_eq!(refused.code, Some(1), "{}", refused.shown);
    assert!(refused.told.contains("invalid config.get params"), "{}", refused.told);
    let last = gateway.log().pop().unwrap();
    assert_eq!((last.method.as_str(), &last.params["unknown"]), ("config.get", &Value::from(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_with_what_to_do_and_ends_with_1() {
    let gateway = simulator().await;
    let arguments = ["call", "health", "--url", &gateway.url()];
    let refused = run(Home::Empty, &arguments, &[("OPENCLAW_GATEWAY_TOKEN", "wrong-token")]).await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.told.contains("token mismatch") && refused.told.contains("Next: "), "{}", refused.told);
    assert!(
        !refused.told.contains("wrong-token") && refused.shown.is_empty(),
        "{}{}",
        refused.told,
        refused.shown
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_registered_gateway_is_found_by_name_or_id_and_reached_with_its_own_token(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let gateway = simulator().await;
    let id = installation.register("Home", &gateway.url(), gateway.token()).await;
    for wanted in ["Home", "home", &id.to_string()] {
        let called = run(Home::Of(&installation), &["call", "health", "--gateway", wanted], &[]).await;
        assert_eq!(called.code, Some(0), "{wanted}: {}", called.told);
        assert_eq!(serde_json::from_str::<Value>(&called.shown).unwrap()["ok"], true);
    }
    let called = run(Home::Of(&installation), &["call", "health", "--gateway", "Elsewhere"], &[]).await;
    assert_eq!(called.code, Some(2));
    assert!(called.told.contains("Elsewhere") && called.told.contains(&id.to_string()), "{}", called.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_gateways_of_one_name_are_told_apart_by_id() {
    let installation = Installation::new(Backend::Sqlite).await;
    let gateway = simulator().await;
    let first = installation.register("Home", &gateway.url(), gateway.token()).await;
    let second = installation.register("Home", "ws://127.0.0.1:1", None).await;
    let called = run(Home::Of(&installation), &["call", "health", "--gateway", "Home"], &[]).await;
    assert_eq!(called.code, Some(2));
    assert!([first, second].iter().all(|id| called.told.contains(&id.to_string())), "{}", called.told);
    let chosen = ["call", "health", "--gateway", &first.to_string()];
    assert_eq!(run(Home::Of(&installation), &chosen, &[]).await.code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_parameters_and_a_missing_gateway_are_mistakes_of_the_command_line() {
    for arguments in [
        &["call", "health"][..],
        &["call", "health", "{", "--url", "ws://127.0.0.1:1"],
        &["call", "health", "[]", "--url", "ws://127.0.0.1:1"],
        &["call", "health", "--url", "ftp://127.0.0.1:1"],
        &["call", "health", "--url", "ws://127.0.0.1:1", "--token-file", "absent.txt"],
        &["call", "health", "--url", "ws://127.0.0.1:1", "--gateway", "Home"],
        &["call", "health", "--gateway", "Home", "--token-file", "token.txt"],
    ] {
        let called = run(Home::Empty, arguments, &[]).await;
        assert_eq!(called.code, Some(2), "{arguments:?}: {}", called.told);
        assert!(!called.told.is_empty(), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_gateway_cannot_be_looked_up_without_a_database_and_none_is_made() {
    let data_dir = tempfile::tempdir().unwrap();
    let called = run(Home::Directory(&data_dir), &["call", "health", "--gateway", "Home"], &[]).await;
    assert_eq!(called.code, Some(3));
    assert!(called.told.contains("there is no database"), "{}", called.told);
    assert_eq!(std::fs::read_dir(data_dir.path()).unwrap().count(), 0);
}
