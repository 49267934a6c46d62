//! `GET /metrics`: what Prometheus reads.

use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::Value;

use crate::scene::Scene;
use crate::server::Server;

const METRICS_TOKEN: &str = "a-token-for-monitoring-alone";

async fn text(client: &TestClient) -> String {
    match client.get("/metrics").expect(200).await {
        Value::String(text) => text,
        other => panic!("{other}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_figures_have_requests_by_route_and_how_things_stand_and_no_tenant(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let path = format!("/api/v1/agents/{}", scene.ada.0);
    scene.server.user().get(&path).expect(200).await;
    scene.server.stranger().get("/nowhere/at/all").send().await;
    let figures = text(&scene.server.stranger()).await;
    let line = |line: &str| assert!(figures.lines().any(|found| found == line), "{line} in:\n{figures}");
    line(
        "mission_control_http_requests_total{method=\"GET\",route=\"/api/v1/agents/{agent_id}\",status=\"200\"} 1",
    );
    line("mission_control_agents{state=\"provisioning\"} 3");
    line("mission_control_database_up 1");
    line("mission_control_streams 0");
    for name in
        ["lane_jobs{lane=\"bulk\",state=\"due\"}", "workers ", "gateway_link ", "gateways{state=", "build{"]
    {
        assert!(figures.contains(&format!("mission_control_{name}")), "{name} in:\n{figures}");
    }
    assert!(figures.ends_with("# EOF\n"));
    for ours in
        [scene.ada.0.to_string(), scene.organization.to_string(), "Ada".to_owned(), "nowhere".to_owned()]
    {
        assert!(!figures.contains(&ours), "{ours}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_for_this_machine_or_for_who_has_their_token() {
    let open = Server::start(Backend::Sqlite).await;
    text(&open.stranger()).await;
    for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
        let answer = open.stranger().get("/metrics").header(header, "203.0.113.9").send().await;
        assert_eq!(answer.status, 403, "{header}");
    }
    let closed = Server::start_with(Backend::Sqlite, &[("METRICS_TOKEN", METRICS_TOKEN)]).await;
    text(&closed.stranger().user(METRICS_TOKEN)).await;
    for client in [closed.stranger(), closed.user(), closed.stranger().user("wrong")] {
        assert_eq!(client.get("/metrics").send().await.status, 401);
    }
}
