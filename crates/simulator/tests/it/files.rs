use std::time::Duration;

use mission_control_simulator::GatewayProfile;
use serde_json::json;

use crate::support::{Client, message, simulator};

#[tokio::test]
async fn an_agent_is_made_once_under_the_slug_of_its_name_and_main_is_reserved() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    let named = |name: &str| json!({"name": name, "workspace": "/w"});

    let made = client.call("agents.create", named("Lead X")).await.unwrap();
    assert_eq!(made["agentId"], "lead-x");
    let error = client.call("agents.create", named("Lead X")).await.unwrap_err();
    assert_eq!(message(&error), "agent \"lead-x\" already exists");
    let error = client.call("agents.create", named("main")).await.unwrap_err();
    assert_eq!(message(&error), "\"main\" is reserved");

    client.call("agents.delete", json!({"agentId": "lead-x", "deleteFiles": true})).await.unwrap();
    let error = client.call("agents.delete", json!({"agentId": "lead-x"})).await.unwrap_err();
    assert_eq!(message(&error), "agent \"lead-x\" not found");
}

#[tokio::test]
async fn a_fresh_agent_is_not_found_by_update_until_it_is_loaded() {
    let profile =
        GatewayProfile { agent_visible_after: Duration::from_millis(100), ..GatewayProfile::modern() };
    let simulator = simulator(profile).await;
    let mut client = Client::connect(&simulator).await;
    client.call("agents.create", json!({"name": "ada", "workspace": "/w"})).await.unwrap();

    let update = json!({"agentId": "ada", "name": "Ada"});
    let listed = client.call("agents.list", json!({})).await.unwrap();
    assert!(!listed.to_string().contains("ada"), "{listed}");
    client.call("agents.files.list", json!({"agentId": "ada"})).await.unwrap_err();
    let error = client.call("agents.update", update.clone()).await.unwrap_err();
    assert_eq!(message(&error), "agent \"ada\" not found");
    while client.call("agents.update", update.clone()).await.is_err() {}
    assert!(simulator.agents().iter().any(|agent| agent.name.as_deref() == Some("Ada")));
}

#[tokio::test]
async fn new_gateways_do_not_take_tools_and_heartbeat_files() {
    for (profile, taken) in [(GatewayProfile::old(), true), (GatewayProfile::modern(), false)] {
        let simulator = simulator(profile).await;
        let mut client = Client::connect(&simulator).await;
        client.create_agent("ada").await;
        for name in ["TOOLS.md", "HEARTBEAT.md"] {
            let set = json!({"agentId": "ada", "name": name, "content": "x"});
            match client.call("agents.files.set", set).await {
                Ok(_) => assert!(taken, "{name}"),
                Err(error) => {
                    assert!(!taken, "{name}");
                    assert_eq!(message(&error), format!("unsupported file \"{name}\""));
                }
            }
        }
        client.set_file("ada", "AGENTS.md", "text").await;
        let got =
            client.call("agents.files.get", json!({"agentId": "ada", "name": "AGENTS.md"})).await.unwrap();
        assert_eq!(got["file"]["content"], "text");
        assert_eq!(simulator.file("ada", "AGENTS.md").as_deref(), Some("text"));
        let error = client
            .call("agents.files.set", json!({"agentId": "ada", "name": "../x.md", "content": ""}))
            .await
            .unwrap_err();
        assert_eq!(message(&error), "unsupported file \"../x.md\"");
    }
}

#[tokio::test]
async fn files_of_an_unknown_agent_are_refused_in_the_words_of_the_generation() {
    for (profile, expected) in [
        (GatewayProfile::old(), "unknown agent id"),
        (GatewayProfile::modern(), "agent \"nobody\" not found"),
    ] {
        let simulator = simulator(profile).await;
        let mut client = Client::connect(&simulator).await;
        let get = json!({"agentId": "nobody", "name": "AGENTS.md"});
        let error = client.call("agents.files.get", get).await.unwrap_err();
        assert_eq!(message(&error), expected);
    }
}

#[tokio::test]
async fn the_scratch_of_a_heartbeat_job_is_kept_with_revisions() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    let patch = json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "10m", "target": "none"}}}}});
    client.patch_config(&patch).await.unwrap();

    let jobs = client.call("cron.list", json!({})).await.unwrap();
    assert_eq!(jobs["jobs"][0]["declarationKey"], "heartbeat:ada");
    let id = jobs["jobs"][0]["id"].clone();
    let set = client.call("cron.scratch.set", json!({"id": id, "content": "Check in."})).await.unwrap();
    assert_eq!(set["currentRevision"], 1);
    let stale = json!({"id": id, "content": "y", "expectedRevision": 0});
    client.call("cron.scratch.set", stale).await.unwrap_err();
    assert_eq!(simulator.heartbeat_scratch("ada").as_deref(), Some("Check in."));
}

#[tokio::test]
async fn a_main_session_cannot_be_deleted_on_new_gateways() {
    for (profile, refused) in [(GatewayProfile::old(), false), (GatewayProfile::modern(), true)] {
        let simulator = simulator(profile).await;
        let mut client = Client::connect(&simulator).await;
        client
            .call("sessions.patch", json!({"key": "agent:ada:main", "label": "Ada"}))
            .await
            .expect("a session is made even for an unknown agent");
        assert_eq!(simulator.sessions()[0].label.as_deref(), Some("Ada"));
        match client.call("sessions.delete", json!({"key": "agent:ada:main"})).await {
            Ok(answer) => {
                assert!(!refused);
                assert_eq!(answer["deleted"], true);
            }
            Err(error) => {
                assert!(refused);
                assert_eq!(message(&error), "Cannot delete the main session (agent:ada:main).");
            }
        }
    }
}

#[tokio::test]
async fn gateways_write_identity_md_themselves_and_newer_ones_do_not_list_it() {
    let (old, merged) = (GatewayProfile::old(), GatewayProfile::transitional());
    for (profile, listed, rewritten) in
        [(old, true, false), (merged, true, true), (GatewayProfile::modern(), false, true)]
    {
        let version = profile.version.clone();
        let simulator = simulator(profile).await;
        let mut client = Client::connect(&simulator).await;
        client.create_agent("ada").await;
        client.set_file("ada", "IDENTITY.md", "# I\n\n- Name: ada\n- Role: cook").await;
        let files = client.call("agents.files.list", json!({"agentId": "ada"})).await.unwrap();
        assert_eq!(files.to_string().contains("IDENTITY.md"), listed, "{version}");
        let update = json!({"agentId": "ada", "name": "Ada", "workspace": "/w"});
        client.call("agents.update", update).await.unwrap();
        let text = simulator.file("ada", "IDENTITY.md").unwrap();
        let expected =
            if rewritten { "# I\n\n- Name: Ada\n- Role: cook\n" } else { "# I\n\n- Name: ada\n- Role: cook" };
        assert_eq!(text, expected, "{version}");
    }
}
