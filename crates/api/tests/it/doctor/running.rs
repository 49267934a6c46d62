//! What the doctor says of a server that runs, and to whom.

use std::collections::BTreeSet;
use std::process::Command;

use diesel::connection::SimpleConnection;
use mission_control_simulator::{AgentBehaviour, SimulatorConfig};
use mission_control_store::StoreError;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};

use super::{PATIENCE, codes, expected, settings, simulator};
use crate::events::SECRETS_KEY;
use crate::scene::Scene;
use crate::server::{Server, TOKEN};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_system_is_healthy_and_what_then_goes_wrong_is_told_to_those_whose_it_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start_with(backend, &[("SECRETS_KEY", SECRETS_KEY)]).await;
    let user = server.user();
    user.patch("/api/v1/users/me", json!({ "name": "Ada", "timezone": "UTC" })).expect(200).await;
    let simulator =
        simulator(SimulatorConfig { agent_behaviour: AgentBehaviour::CheckIn, ..SimulatorConfig::default() })
            .await;
    let registered = json!({
        "name": "Home", "url": simulator.url(), "token": simulator.token(), "workspace_root": "/srv/openclaw",
    });
    user.post("/api/v1/gateways", registered).expect(200).await;
    let healthy = async || {
        let report = user.get("/api/v1/doctor").expect(200).await;
        (report["healthy"] == true).then_some(report)
    };
    let report = wait_until("a system without a finding", PATIENCE * 2, healthy).await;
    assert_eq!((&report["findings"], &report["errors"]), (&json!([]), &json!(0)));
    let ready = server.stranger().get("/readyz").expect(200).await;
    assert_eq!(ready.get("degraded"), None);

    // From beside it, another process sees the same.
    let data = tempfile::tempdir().unwrap();
    let port = server.base_url.rsplit(':').next().unwrap().to_owned();
    let beside = settings(server.database.url(), &data, &port, &[("BASE_URL", &server.base_url)]);
    assert_eq!(codes(&beside).await, expected(&[]));
    let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["doctor", "--json"])
        .env_clear()
        .envs([
            ("MISSION_CONTROL_DATA_DIR", data.path().to_str().unwrap()),
            ("DATABASE_URL", server.database.url()),
        ])
        .envs([("SECRETS_KEY", SECRETS_KEY), ("LOCAL_AUTH_TOKEN", TOKEN), ("PORT", port.as_str())])
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["healthy"]), (Some(0), &json!(true)), "{told:#}");

    // Another BASE_URL than the one that its agents were told of, and a token that is not theirs.
    let db = server.db().await;
    let silent = db
        .write(|tx| {
            tx.batch_execute(
                "UPDATE agents SET last_seen_at = '2020-01-01 00:00:00', token_digest = 'none', agent_token_hash = NULL",
            )?;
            Ok::<_, StoreError>(())
        })
        .await;
    silent.unwrap();
    let elsewhere = settings(server.database.url(), &data, &port, &[("BASE_URL", "http://localhost:1")]);
    let found = codes(&elsewhere).await;
    assert!(found.is_superset(&expected(&["agent_base_url_wrong", "agent_token_wrong"])), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizations_findings_are_its_own_and_the_installations_are_its_operators() {
    let scene = Scene::start_with(Backend::Sqlite, &[("CORS_ORIGINS", "http://0.0.0.0:1")]).await;
    let read = async |actor| scene.enter(actor).await.get("/api/v1/doctor").send().await;
    let codes = |body: &Value| -> BTreeSet<String> {
        body["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let owner = codes(&read(Actor::Owner).await.body);
    assert!(owner.contains("cors_origin_unusable") && owner.contains("gateway_unreachable"), "{owner:?}");
    let admin = codes(&read(Actor::Admin).await.body);
    assert!(!admin.contains("cors_origin_unusable") && admin.contains("gateway_unreachable"), "{admin:?}");
    let stranger = codes(&read(Actor::Stranger).await.body);
    assert!(!stranger.contains("gateway_unreachable"), "{stranger:?}");
    for actor in [Actor::Anonymous, Actor::Member, Actor::Agent] {
        assert!([401, 403].contains(&read(actor).await.status), "{actor}");
    }
}
