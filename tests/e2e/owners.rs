//! A gateway that somebody lives with: what they have on it goes on, while our agents are there and after they left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mission_control_gateway_rpc::{Client, ConnectOptions, GetConfig, ListAgents};
use mission_control_testkit::chaos::ChaosProxy;
use mission_control_testkit::openclaw::{OpenClaw, Options, Version};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};

use crate::product::{PATIENCE, Product, done, id_of, named};

#[tokio::test]
async fn the_owner_of_a_2026_9_6_gateway_notices_nothing() {
    stay(Version::V2026_9_6).await;
}

#[tokio::test]
#[ignore = "stands between the others; they take long enough"]
async fn the_owner_of_a_2026_8_1_gateway_notices_nothing() {
    stay(Version::V2026_8_1).await;
}

#[tokio::test]
#[ignore = "stands between the others; they take long enough"]
async fn the_owner_of_a_2026_7_1_gateway_notices_nothing() {
    stay(Version::V2026_7_1).await;
}

#[tokio::test]
async fn the_owner_of_a_2026_3_2_gateway_notices_nothing() {
    stay(Version::V2026_3_2).await;
}

#[tokio::test]
async fn a_2026_3_2_gateway_in_password_mode_is_registered_with_its_password() {
    register_by_password(Version::V2026_3_2).await;
}

#[tokio::test]
#[ignore = "takes a password as a token"]
async fn a_2026_9_6_gateway_in_password_mode_is_registered_with_its_password() {
    register_by_password(Version::V2026_9_6).await;
}

async fn register_by_password(version: Version) {
    let options = Options { password: true, ..Options::default() };
    let gateway = match OpenClaw::start(version, options).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let product = Product::alone().await;
    let wrong = product.register(&gateway.url(), "wrong", &gateway.state_dir()).expect(502).await;
    assert!(wrong["next_step"].as_str().unwrap().contains("gateway.auth.password"), "{wrong}");
    done(product.register(&gateway.url(), gateway.token(), &gateway.state_dir())).await;
    product.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
}

async fn stay(version: Version) {
    let options = Options { lived_in: true, ..Options::default() };
    let gateway = match OpenClaw::start(version, options).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let options = ConnectOptions::new(&gateway.url()).unwrap().token(gateway.token());
    let operator = Client::connect(options).await.unwrap();
    let house = House { gateway, operator };
    let (beating, settings) = (house.beating().await, house.settings().await);
    assert!(beating.contains_key("main"), "{beating:?}");

    // A line that is cut during a deletion is part of it.
    let proxy = ChaosProxy::start(format!("127.0.0.1:{}", house.gateway.port())).await;
    let product = Product::alone().await;
    let (url, token) = (format!("ws://{}", proxy.address()), house.gateway.token());
    let gateway_id = id_of(&done(product.register(&url, token, &house.gateway.state_dir())).await);
    product.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
    assert_eq!(house.beating().await, beating, "after the registration");
    let board = product.create_board(&gateway_id).await;
    for name in ["Scout", "Runner"] {
        done(product.admin.post("/api/v1/agents", json!({"name": name, "board_id": board}))).await;
        product.online(name, named(name)).await;
    }
    assert_eq!(house.beating().await, beating, "with agents of ours");
    assert!(house.gateway.config_text().contains("${HOUSE_MODEL_KEY}"), "{}", house.gateway.config_text());

    let deletion = product.admin.delete(&format!("/api/v1/boards/{board}")).send();
    let cuts = async {
        wait_until("the deletion to be at work", PATIENCE, async || {
            let jobs = product.list("/api/v1/jobs?kind=board.delete&state=running").await;
            (!jobs.is_empty()).then_some(())
        })
        .await;
        proxy.cut();
        // New releases take an agent out of their list first, and are then still busy with its files.
        let known = house.agents().await;
        wait_until("an agent to be gone", PATIENCE, async || (house.agents().await < known).then_some(()))
            .await;
        proxy.cut();
    };
    let (answer, ()) = tokio::join!(deletion, cuts);
    assert!(matches!(answer.status, 200 | 202 | 502), "{answer:?}");
    let gone = async |path: &str| {
        let nothing = async || product.list(path).await.is_empty().then_some(());
        wait_until(&format!("nothing in {path}"), PATIENCE, nothing).await;
    };
    gone("/api/v1/boards").await;
    assert_eq!(house.beating().await, beating, "after the board");
    done(product.admin.delete(&format!("/api/v1/gateways/{gateway_id}"))).await;
    gone("/api/v1/gateways").await;
    assert_eq!(product.list("/api/v1/jobs?state=dead").await, [] as [Value; 0]);

    wait_until("the gateway to be as before", PATIENCE, async || {
        (house.beating().await == beating && house.settings().await == settings).then_some(())
    })
    .await;
    let mut results = Vec::new();
    for kind in ["board.delete", "gateway.delete"] {
        for job in product.list(&format!("/api/v1/jobs?kind={kind}")).await {
            let job = product.admin.get(&format!("/api/v1/jobs/{}", id_of(&job))).expect(200).await;
            results.push(job["result"].clone());
        }
    }
    eprintln!("{version}: {}", json!(results));
    for path in house.remains() {
        assert!(json!(results).to_string().contains(&path), "{path} is there and not in {results:#?}");
    }
}

/// The gateway, and its owner's connection to it.
struct House {
    gateway: OpenClaw,
    operator: Client,
}

impl House {
    /// How many agents the gateway lists.
    async fn agents(&self) -> usize {
        wait_until("the gateway's list", PATIENCE, async || self.operator.ask(&ListAgents {}).await.ok())
            .await
            .agents
            .len()
    }

    /// How often the owner's agents have heartbeats, in the gateway's own words.
    async fn beating(&self) -> BTreeMap<String, Value> {
        let status = wait_until("the gateway's status", PATIENCE, async || {
            self.operator.call("status", json!({})).await.ok()
        })
        .await;
        let agents = status["heartbeat"]["agents"].as_array().unwrap().clone();
        let id = |agent: &Value| agent["agentId"].as_str().unwrap().to_owned();
        let theirs = agents.iter().filter(|agent| matches!(id(agent).as_str(), "main" | "gardener"));
        theirs
            .filter(|agent| agent["enabled"] == true)
            .map(|agent| (id(agent), agent["everyMs"].clone()))
            .collect()
    }

    /// What the owner decided. A gateway's own writes add defaults to the rest.
    async fn settings(&self) -> Value {
        let read = wait_until("the gateway's configuration", PATIENCE, async || {
            self.operator.ask(&GetConfig {}).await.ok()
        });
        let config = read.await.config;
        let place = |pointer: &str| config.pointer(pointer).cloned();
        json!({
            "list": place("/agents/list"),
            "entries": place("/agents/entries"),
            "heartbeat": place("/agents/defaults/heartbeat"),
            "tools": place("/tools"),
            "channels": place("/channels"),
        })
    }

    /// Files of agents that are not the owner's, in the state directory.
    fn remains(&self) -> Vec<String> {
        let state = self.gateway.state_dir();
        let prefixes = ["mc-", "lead-", "gateway-"];
        let mut remains = Vec::new();
        for (folder, prefix) in [(state.clone(), "workspace-"), (state.join("agents"), "")] {
            for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let name = entry.file_name().unwrap().to_str().unwrap().to_owned();
                let agent = name.strip_prefix(prefix).unwrap_or_default();
                if prefixes.iter().any(|prefix| agent.starts_with(prefix)) && has_files(&entry) {
                    remains.push(entry.to_str().unwrap().to_owned());
                }
            }
        }
        remains
    }
}

fn has_files(path: &Path) -> bool {
    if !path.is_dir() {
        return true;
    }
    fs::read_dir(path).unwrap().any(|entry| has_files(&entry.unwrap().path()))
}
