//! Agents of a real gateway, from its registration to its removal.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use mission_control_gateway_rpc::{Client, ConnectOptions, DeleteAgent, ListAgents, ListFiles};
use mission_control_testkit::openclaw::{Answer, OpenClaw, Options, Version};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};
use tokio::join;
use tokio::time::timeout;

use crate::product::{PATIENCE, Product, done, id_of, named};

/// How long a turn may take before the agent is asked again: a gateway may drop one after a change of its configuration.
const TURN: Duration = Duration::from_secs(20);

#[tokio::test]
async fn agents_of_a_2026_9_6_gateway_come_stay_recover_and_leave() {
    whole_life(Version::V2026_9_6).await;
}

#[tokio::test]
#[ignore = "stands between the others; they take long enough"]
async fn agents_of_a_2026_8_1_gateway_come_stay_recover_and_leave() {
    whole_life(Version::V2026_8_1).await;
}

#[tokio::test]
#[ignore = "stands between the others; they take long enough"]
async fn agents_of_a_2026_7_1_gateway_come_stay_recover_and_leave() {
    whole_life(Version::V2026_7_1).await;
}

#[tokio::test]
async fn agents_of_a_2026_3_2_gateway_come_stay_recover_and_leave() {
    whole_life(Version::V2026_3_2).await;
}

/// This release takes three changes of its configuration a minute, and restarts after each.
#[tokio::test]
async fn eight_agents_come_to_a_2026_3_2_gateway_at_once_without_a_failed_job() {
    let gateway = match OpenClaw::start(Version::V2026_3_2, Options::default()).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let life = Life::begin(gateway).await;
    let names: Vec<String> = (1..=8).map(|number| format!("Scout {number}")).collect();
    join_all(names.iter().map(|name| done(life.product.admin.post("/api/v1/agents", life.new_agent(name)))))
        .await;
    for name in &names {
        life.product.online(name, named(name)).await;
    }
    let jobs = life.product.list("/api/v1/jobs").await;
    let failed: Vec<_> = jobs.iter().filter(|job| job["last_error"].is_string()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(life.product.list("/api/v1/jobs?state=dead").await, [] as [Value; 0]);
}

async fn whole_life(version: Version) {
    let gateway = match OpenClaw::start(version, Options::default()).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let mut life = Life::begin(gateway).await;
    life.an_agent_comes_online().await;
    life.an_agent_survives_a_restart_of_the_gateway_while_it_is_provisioned().await;
    life.a_sync_brings_files_up_to_date_and_keeps_tokens().await;
    life.a_sync_rotates_tokens().await;
    life.a_model_is_chosen_for_an_agent_and_no_more().await;
    life.an_agent_lost_on_the_gateway_is_named_and_recreated().await;
    life.nothing_is_left_behind().await;
}

/// A gateway with its main agent online, and a board without agents.
struct Life {
    product: Product,
    /// The operator's own connection to the gateway.
    operator: Client,
    gateway: OpenClaw,
    gateway_id: String,
    board_id: String,
}

impl Life {
    async fn begin(gateway: OpenClaw) -> Life {
        let product = Product::scaled_out().await;
        let registration = product.register(&gateway.url(), gateway.token(), &gateway.state_dir());
        let gateway_id = id_of(&done(registration).await);
        product.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
        let board_id = product.create_board(&gateway_id).await;
        let options = ConnectOptions::new(&gateway.url()).unwrap().token(gateway.token());
        let operator = Client::connect(options).await.unwrap();
        Life { product, operator, gateway, gateway_id, board_id }
    }

    async fn an_agent_comes_online(&self) {
        done(self.product.admin.post("/api/v1/agents", self.new_agent("Scout"))).await;
        let scout = self.product.online("Scout", named("Scout")).await;
        let on_gateway = self.agents_on_gateway().await;
        assert!(on_gateway.contains(&gateway_name(&scout)), "{on_gateway:?}");
        assert_ne!(self.tokens_used().len(), 0, "agents check in by commands of their own");
    }

    async fn an_agent_survives_a_restart_of_the_gateway_while_it_is_provisioned(&mut self) {
        let creation = self.product.admin.post("/api/v1/agents", self.new_agent("Runner")).send();
        let restart = async {
            self.product.agent("the row of Runner", named("Runner")).await;
            self.gateway.restart().await;
        };
        // The first attempt may or may not have failed when the answer is due.
        let (answer, ()) = join!(creation, restart);
        assert!(matches!(answer.status, 200 | 202 | 502), "{answer:?}");
        self.product.online("Runner", named("Runner")).await;
    }

    async fn a_sync_brings_files_up_to_date_and_keeps_tokens(&self) {
        let tokens = self.tokens_used();
        let outcome = self.sync("").await;
        assert_eq!(outcome["errors"], json!([]), "{outcome}");
        assert_eq!(outcome["agents_updated"], 2, "{outcome}");
        assert_eq!(outcome["main_updated"], true, "{outcome}");
        self.checks_in("Scout").await;
        assert_eq!(self.tokens_used(), tokens, "nobody got a new token");
    }

    async fn a_sync_rotates_tokens(&self) {
        let tokens = self.tokens_used();
        let outcome = self.sync("rotate_tokens=true").await;
        assert_eq!(outcome["errors"], json!([]), "{outcome}");
        // A turn that was under way during the sync may still use the old token.
        self.asked_until("Scout", "uses its new token", async || {
            (!self.tokens_used().is_subset(&tokens)).then_some(())
        })
        .await;
        self.checks_in("Scout").await;
    }

    async fn a_model_is_chosen_for_an_agent_and_no_more(&self) {
        let scout = self.product.agent("Scout", named("Scout")).await;
        let path = format!("/api/v1/agents/{}/models", id_of(&scout));
        let offered = self.product.admin.get(&format!("/api/v1/gateways/{}/models", self.gateway_id));
        let offered = offered.expect(200).await;
        let model = offered["models"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["id"].as_str().unwrap().starts_with("stub/"));
        let model = model.unwrap_or_else(|| panic!("{offered}"))["id"].clone();
        let seen = async |what: &str, fits: &dyn Fn(&Value) -> bool| {
            // An old release restarts for a change of its configuration.
            wait_until(what, PATIENCE, async || {
                let answer = self.product.admin.get(&format!("{path}/observed")).send().await;
                (answer.status == 200 && fits(&answer.body)).then_some(answer.body)
            })
            .await
        };
        let chosen = json!({ "model": model, "thinking": "off", "light_context": true });
        self.product.admin.patch(&path, chosen).expect(200).await;
        let there =
            seen("the model that was chosen", &|it| it["model"] == model && it["is_as_wanted"] == true).await;
        assert_eq!(there["light_context"], true, "{there}");
        self.checks_in("Scout").await;
        let nothing = json!({ "model": null, "thinking": null, "light_context": null });
        self.product.admin.patch(&path, nothing).expect(200).await;
        let there = seen("no model of its own", &|it| it["model"].is_null()).await;
        assert!(there["thinking"].is_null() && there["light_context"].is_null(), "{there}");
        self.checks_in("Scout").await;
    }

    async fn an_agent_lost_on_the_gateway_is_named_and_recreated(&self) {
        let runner = self.product.agent("Runner", named("Runner")).await;
        let name = gateway_name(&runner);
        wait_until("the gateway to have forgotten Runner", PATIENCE, async || {
            // It may be restarting, after the last change of its configuration.
            let _ = self.operator.ask(&DeleteAgent { agent_id: &name, delete_files: false }).await;
            let answer = self.operator.ask(&ListFiles { agent_id: &name }).await;
            answer.err()?.rpc().map(drop)
        })
        .await;

        let outcome = self.sync("").await;
        let errors = outcome["errors"].as_array().unwrap();
        let [error] = errors.as_slice() else { panic!("one agent is lost, not {errors:?}") };
        assert_eq!(error["agent_id"], runner["id"]);
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&name), "the cause: {message}");
        assert!(message.contains("rotate_tokens=true"), "the cure: {message}");

        let outcome = self.sync("rotate_tokens=true&overwrite=true").await;
        assert_eq!(outcome["errors"], json!([]), "{outcome}");
        self.checks_in("Runner").await;
        assert!(self.agents_on_gateway().await.contains(&name));
    }

    async fn nothing_is_left_behind(&self) {
        let gone = async |path: &str| {
            let nothing = async || self.product.list(path).await.is_empty().then_some(());
            wait_until(&format!("nothing in {path}"), PATIENCE, nothing).await;
        };
        done(self.product.admin.delete(&format!("/api/v1/boards/{}", self.board_id))).await;
        gone("/api/v1/boards").await;
        done(self.product.admin.delete(&format!("/api/v1/gateways/{}", self.gateway_id))).await;
        gone("/api/v1/gateways").await;
        gone("/api/v1/agents").await;
        // A gateway tells of a change only after it has reloaded its configuration.
        let only_its_own =
            async || (self.agents_on_gateway().await == BTreeSet::from(["main".to_owned()])).then_some(());
        wait_until("the gateway to have its own agent only", PATIENCE, only_its_own).await;
    }

    fn new_agent(&self, name: &str) -> Value {
        json!({"name": name, "board_id": self.board_id})
    }

    async fn sync(&self, query: &str) -> Value {
        let path = format!("/api/v1/gateways/{}/templates/sync?{query}", self.gateway_id);
        self.product.admin.post(&path, json!({})).expect(200).await
    }

    /// Asks an agent to check in and waits until it has.
    async fn checks_in(&self, name: &str) {
        let before = self.product.agent(name, named(name)).await["last_seen_at"].clone();
        self.asked_until(name, "checks in", async || {
            let now = self.product.agent(name, named(name)).await;
            (now["last_seen_at"] != before).then_some(())
        })
        .await;
    }

    /// Asks an agent to check in, again when a turn seems lost, until `seen` is there.
    async fn asked_until(&self, name: &str, what: &str, seen: impl AsyncFn() -> Option<()>) {
        let agent = self.product.agent(name, named(name)).await;
        let session = agent["openclaw_session_id"].as_str().unwrap();
        let path = format!("/api/v1/gateways/sessions/{session}/message?board_id={}", self.board_id);
        for _ in 0..6 {
            self.product.admin.post(&path, json!({"content": "Check in now."})).expect(200).await;
            if timeout(TURN, wait_until(&format!("{name} {what}"), 2 * TURN, &seen)).await.is_ok() {
                return;
            }
        }
        panic!("{name} was asked six times, and still no sign that it {what}");
    }

    async fn agents_on_gateway(&self) -> BTreeSet<String> {
        self.operator.ask(&ListAgents {}).await.unwrap().agents.into_iter().map(|agent| agent.id).collect()
    }

    /// Every token that an agent has checked in with.
    fn tokens_used(&self) -> BTreeSet<String> {
        let turns = self.gateway.model().turns();
        let commands = turns.iter().filter_map(|turn| match &turn.answer {
            Answer::Run(command) if command.contains(self.product.base_url()) => Some(command),
            _ => None,
        });
        let token =
            |command: &String| Some(command.split_once("X-Agent-Token: ")?.1.split_once('\'')?.0.to_owned());
        commands.filter_map(token).collect()
    }
}

/// What the gateway calls an agent of a board.
fn gateway_name(agent: &Value) -> String {
    format!("mc-{}", id_of(agent))
}
