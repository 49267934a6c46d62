use std::sync::Arc;
use std::time::Duration;

use mission_control_gateway_rpc::{
    ChatMessageToSend, Client, ConfigPatch, ConnectOptions, DeviceIdentity, GatewayError,
};
use mission_control_simulator::{GatewayProfile, Pairing, Simulator, SimulatorConfig};
use serde_json::json;

use crate::support::{Api, simulator};

const WAIT: Duration = Duration::from_secs(30);

fn options(simulator: &Simulator) -> ConnectOptions {
    let identity = Arc::new(DeviceIdentity::from_seed(&[3; 32]));
    ConnectOptions::new(&simulator.url()).unwrap().token(simulator.token().unwrap()).identity(identity)
}

#[tokio::test]
async fn the_product_s_client_provisions_and_wakes_an_agent_on_every_generation() {
    for profile in [GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern()] {
        let (modern, version) = (profile.is_modern(), profile.version.clone());
        let profile = GatewayProfile {
            restart_delay: Duration::from_millis(50),
            restart_downtime: Duration::from_millis(100),
            ..profile
        };
        let api = Api::start().await;
        let simulator = simulator(profile).await;
        let client = Client::connect(options(&simulator)).await.unwrap();

        client.agents_create("ada", "/home/operator/.openclaw/workspace-ada").await.unwrap();
        let patch = if modern {
            json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "10m", "target": "none"}}}}})
        } else {
            json!({
                "agents": {"list": [{"id": "ada", "heartbeat": {"every": "10m", "target": "last"}}]},
                "channels": {"defaults": {"heartbeat": {"showOk": false}}},
            })
        };
        let base_hash = client.config_get().await.unwrap().hash;
        // The transitional generation closes the connection instead of answering.
        let patched = client.config_patch(&ConfigPatch { patch, base_hash, note: None }).await;
        assert_eq!(patched.is_ok(), version != "2026.7.1", "{version}: {patched:?}");
        if !modern {
            simulator.wait_for_boots(1).await.unwrap();
            client.wait_stable(WAIT).await.unwrap();
        }
        let file = if modern { "AGENTS.md" } else { "TOOLS.md" };
        client.agents_files_set("ada", file, &api.tools_file("token-of-ada")).await.unwrap();
        client.sessions_patch("agent:ada:main", Some("Ada")).await.unwrap();
        let sent = client.chat_send(&ChatMessageToSend::new("agent:ada:main", "Check in.")).await.unwrap();
        let end = client.agent_wait(&sent.run_id, WAIT).await.unwrap();

        assert_eq!(end.status, "ok", "{version}");
        assert_eq!(api.requests()[0].token, "token-of-ada");
        let agents = client.agents_list().await.unwrap().agents;
        assert!(agents.iter().any(|agent| agent.id == "ada"));
        client.close();
        simulator.shutdown().await;
    }
}

#[tokio::test]
async fn the_product_s_client_learns_which_request_to_approve() {
    let simulator =
        Simulator::start(SimulatorConfig { pairing: Pairing::Required, ..SimulatorConfig::default() })
            .await
            .unwrap();

    let error: GatewayError = Client::connect(options(&simulator)).await.unwrap_err();
    let request_id = error.refusal().unwrap().request_id.clone().unwrap();
    assert!(simulator.approve_device(&request_id));

    let client = Client::connect(options(&simulator)).await.unwrap();
    assert!(client.info().unwrap().device_token.is_some());
}
