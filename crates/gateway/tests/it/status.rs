use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::Value;

use crate::installation::{Installation, simulator};
use crate::tool::{Home, run};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn all_registered_gateways_are_shown_and_one_that_is_away_makes_it_1(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let gateway = simulator().await;
    installation.register("Home", &gateway.url(), gateway.token()).await;
    let all_well = run(Home::Of(&installation), &["status"], &[]).await;
    assert_eq!(all_well.code, Some(0), "{}{}", all_well.shown, all_well.told);
    let line = all_well.shown.lines().find(|line| line.contains("Home")).unwrap();
    for expected in ["up", "2026.9.6", "4", "read admin approvals pairing", "1", "ms"] {
        assert!(line.contains(expected), "{expected}: {line}");
    }

    installation.register("Away", "ws://127.0.0.1:1", None).await;
    let status = run(Home::Of(&installation), &["status"], &[]).await;
    assert_eq!(status.code, Some(1));
    assert!(status.shown.contains("Away: ") && status.shown.contains("Next: "), "{}", status.shown);

    let json = run(Home::Of(&installation), &["status", "--json"], &[]).await;
    let reports: Value = serde_json::from_str(&json.shown).unwrap();
    let facts = reports.as_array().unwrap().iter().map(|report| {
        (
            report["name"].as_str().unwrap(),
            report["reachable"].as_bool().unwrap(),
            report["remedy"].is_string(),
        )
    });
    assert_eq!(facts.collect::<Vec<_>>(), [("Home", true, false), ("Away", false, true)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_can_be_looked_at_without_a_database() {
    let gateway = simulator().await;
    let arguments = ["status", "--json", "--url", &gateway.url()];
    let status = run(Home::Empty, &arguments, &[("OPENCLAW_GATEWAY_TOKEN", gateway.token().unwrap())]).await;
    assert_eq!(status.code, Some(0), "{}", status.told);
    let report = &serde_json::from_str::<Value>(&status.shown).unwrap()[0];
    assert_eq!((&report["protocol"], &report["agents"]), (&Value::from(4), &Value::from(1)));
}
