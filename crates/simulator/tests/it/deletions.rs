use std::time::Duration;

use mission_control_simulator::{
    AuthMode, Fault, FaultScript, GatewayProfile, Outcome, Simulator, SimulatorConfig, Trigger,
};
use serde_json::json;

use crate::support::{Client, connect_params, simulator};

#[tokio::test]
async fn once_an_agent_has_a_heartbeat_block_only_such_agents_have_heartbeats() {
    for profile in [GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern()] {
        let modern = profile.is_modern();
        let simulator = simulator(profile).await;
        simulator.edit_config(&json!({"agents": {"defaults": {"heartbeat": {"every": "30m"}}}}));
        assert_eq!(beating(&simulator), ["main"]);
        let mut client = Client::connect(&simulator).await;
        client.create_agent("ada").await;
        assert!(beating(&simulator).contains(&"main".to_owned()));

        let give = |id: &str, heartbeat: serde_json::Value| match modern {
            true => json!({"agents": {"entries": {id: {"heartbeat": heartbeat}}}}),
            false => json!({"agents": {"list": [{"id": id, "heartbeat": heartbeat}]}}),
        };
        simulator.edit_config(&give("ada", json!({"every": "10m"})));
        assert_eq!(beating(&simulator), ["ada"]);
        simulator.edit_config(&give("main", json!({})));
        assert_eq!(beating(&simulator), ["ada", "main"]);
        assert_eq!(simulator.heartbeats()["main"], Duration::from_secs(1800), "with what it inherits");
    }
}

#[tokio::test]
async fn a_deletion_goes_on_without_its_connection_and_refuses_a_second_one_meanwhile() {
    let profile = GatewayProfile { deletion_takes: Duration::from_millis(400), ..GatewayProfile::modern() };
    let simulator = simulator(profile).await;
    let mut first = Client::connect(&simulator).await;
    first.create_agent("ada").await;
    first.send("agents.delete", json!({"agentId": "ada"})).await;
    simulator.wait_for(|log| log.iter().any(|request| request.method == "agents.delete")).await.unwrap();
    drop(first);

    let mut second = Client::connect(&simulator).await;
    let error = second.call("agents.delete", json!({"agentId": "ada"})).await.unwrap_err();
    assert_eq!(error["code"], "UNAVAILABLE");
    assert!(error["message"].as_str().unwrap().ends_with("code=OPENCLAW_STATE_LEASE_HELD"), "{error}");
    simulator
        .wait_for(|log| {
            log.iter()
                .any(|request| request.method == "agents.delete" && matches!(request.outcome, Outcome::Ok))
        })
        .await
        .unwrap();
    assert_eq!(simulator.agents().len(), 1);
}

#[tokio::test]
async fn generations_differ_in_what_becomes_of_an_agents_files() {
    for (profile, stays) in [
        (GatewayProfile::old(), false),
        (GatewayProfile::transitional(), true),
        (GatewayProfile::modern(), false),
    ] {
        let modern = profile.is_modern();
        let simulator = simulator(profile).await;
        let mut client = Client::connect(&simulator).await;
        client.create_agent("ada").await;
        let answer = client.call("agents.delete", json!({"agentId": "ada"})).await.unwrap();
        assert_eq!(answer["removed"].as_array().map(Vec::len), modern.then_some(2));
        assert_eq!(!simulator.left_on_disk().is_empty(), stays);
    }
}

#[tokio::test]
async fn a_deletion_that_stopped_before_the_files_goes_on_when_it_is_asked_again() {
    let faults = FaultScript::one(Trigger::nth("agents.delete", 1), Fault::PurgeFails);
    let simulator = Simulator::start(SimulatorConfig { faults, ..SimulatorConfig::default() }).await.unwrap();
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    let answer = client.call("agents.delete", json!({"agentId": "ada"})).await.unwrap();
    assert_eq!((&answer["purgeFailed"], &answer["removed"]), (&json!(true), &json!([])));
    assert_eq!((simulator.agents().len(), simulator.left_on_disk()), (1, vec!["ada".to_owned()]));
    let answer = client.call("agents.delete", json!({"agentId": "ada"})).await.unwrap();
    assert_eq!(answer.get("purgeFailed"), None);
    assert!(simulator.left_on_disk().is_empty());
    client.call("agents.delete", json!({"agentId": "ada"})).await.unwrap_err();
}

#[tokio::test]
async fn an_old_gateway_in_password_mode_wants_its_secret_as_a_password() {
    let start = async |profile: GatewayProfile| {
        let config = SimulatorConfig { profile, auth: AuthMode::Password, ..SimulatorConfig::default() };
        Simulator::start(config).await.unwrap()
    };
    let old = start(GatewayProfile::old()).await;
    let mut params = connect_params(old.token());
    let error = Client::open(&old.url()).await.call("connect", params.clone()).await.unwrap_err();
    assert_eq!(error["details"]["code"], "AUTH_PASSWORD_MISSING");
    params["auth"]["password"] = params["auth"]["token"].clone();
    Client::open(&old.url()).await.call("connect", params).await.unwrap();
    let modern = start(GatewayProfile::modern()).await;
    Client::connect(&modern).await;
}

fn beating(simulator: &Simulator) -> Vec<String> {
    simulator.heartbeats().into_keys().collect()
}
