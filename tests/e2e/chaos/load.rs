//! What people and other systems ask for while it rains blows. They ask again until they get an answer, as they would.

use std::time::Duration;

use futures_util::future::join_all;
use mission_control_simulator::Simulator;
use mission_control_testkit::client::{Answer, Call, TestClient};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};
use uuid::Uuid;

use super::site::Site;
use crate::product::{PATIENCE, id_of};

/// Boards with a webhook each.
const BOARDS: usize = 10;
/// Senders that post at the same time.
const SENDERS: usize = 8;

pub(super) struct Load {
    pub(super) admin: TestClient,
    gateway_id: String,
    boards: Vec<Board>,
    /// Payloads to post.
    deliveries: usize,
    /// Agents to create beside those that are told of payloads.
    agents: usize,
    /// Template syncs.
    syncs: usize,
}

struct Board {
    id: String,
    webhook: String,
}

/// What was promised to be done.
pub(super) struct Posted {
    /// Payloads that were taken.
    pub(super) payloads: Vec<String>,
    /// All agents, by name.
    pub(super) agents: Vec<String>,
}

impl Load {
    /// A gateway with boards, agents and webhooks, while all is calm.
    pub(super) async fn prepare(site: &Site, gateway: &Simulator, jobs: usize) -> Load {
        let admin = site.admin.clone();
        let registration = json!({
            "name": "Home", "url": gateway.url(), "token": gateway.token(), "workspace_root": "~/.openclaw",
        });
        let gateway_id = id_of(&granted(|| admin.post("/api/v1/gateways", &registration)).await);
        let mut boards = Vec::new();
        for index in 0..BOARDS {
            let board = json!({
                "name": format!("Board {index}"), "slug": format!("board-{index}"), "description": "Chaos.",
                "gateway_id": gateway_id, "board_type": "general",
            });
            let id = id_of(&granted(|| admin.post("/api/v1/boards", &board)).await);
            let agent = json!({"name": format!("Reader {index}"), "board_id": id});
            let agent = id_of(&granted(|| admin.post("/api/v1/agents", &agent)).await);
            let webhook = json!({"description": "Read it.", "agent_id": agent});
            let path = format!("/api/v1/boards/{id}/webhooks");
            let webhook = id_of(&granted(|| admin.post(&path, &webhook)).await);
            boards.push(Board { id, webhook });
        }
        let (agents, syncs) = ((jobs / 100).max(3), (jobs / 500).max(2));
        let deliveries = jobs.saturating_sub(agents + syncs);
        Load { admin, gateway_id, boards, deliveries, agents, syncs }
    }

    /// Asks for everything, all at the same time.
    pub(super) async fn post(&self) -> Posted {
        let senders = (0..SENDERS).map(|sender| self.send(sender));
        let (payloads, agents, ()) =
            tokio::join!(join_all(senders), self.create_agents(), self.sync_templates());
        let mut agents = agents;
        agents.extend((0..BOARDS).map(|index| format!("Reader {index}")));
        Posted { payloads: payloads.into_iter().flatten().collect(), agents }
    }

    async fn send(&self, sender: usize) -> Vec<String> {
        let mut taken = Vec::new();
        for index in (sender..self.deliveries).step_by(SENDERS) {
            let board = &self.boards[index % self.boards.len()];
            let path = format!("/api/v1/boards/{}/webhooks/{}", board.id, board.webhook);
            // Each payload from an address of its own: they are limited per address.
            let address = format!("10.{}.{}.{}", index / 65_536, index / 256 % 256, index % 256);
            let delivery = Uuid::new_v4().to_string();
            let body = json!({"number": index});
            let answer = granted(|| {
                self.admin
                    .post(&path, &body)
                    .header("X-Forwarded-For", &address)
                    .header("X-GitHub-Delivery", &delivery)
            })
            .await;
            taken.push(answer["payload_id"].as_str().unwrap().to_owned());
        }
        taken
    }

    /// An answer that got lost leaves open whether the agent was created: people look before they ask again.
    async fn create_agents(&self) -> Vec<String> {
        let mut names = Vec::new();
        for index in 0..self.agents {
            let name = format!("Agent {index}");
            let board = &self.boards[index % self.boards.len()];
            let agent = json!({"name": name, "board_id": board.id});
            while !self.agents().await.iter().any(|known| known["name"] == name.as_str()) {
                let created = self.admin.post("/api/v1/agents", &agent).try_send().await;
                if !created.is_some_and(|answer| is_granted(&answer)) {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
            }
            names.push(name);
        }
        names
    }

    async fn sync_templates(&self) {
        for _ in 0..self.syncs {
            let path = format!("/api/v1/gateways/{}/templates/sync", self.gateway_id);
            granted(|| self.admin.post(&path, json!({}))).await;
        }
    }

    /// All agents.
    pub(super) async fn agents(&self) -> Vec<Value> {
        self.items("/api/v1/agents?limit=200").await
    }

    /// The items of a list, as soon as somebody answers.
    pub(super) async fn items(&self, path: &str) -> Vec<Value> {
        let page = granted(|| self.admin.get(path)).await;
        page["items"].as_array().unwrap().clone()
    }

    /// How many jobs there are of what the query says.
    pub(super) async fn count(&self, query: &str) -> u64 {
        let page = granted(|| self.admin.get(&format!("/api/v1/jobs?limit=1&{query}"))).await;
        page["total"].as_u64().unwrap()
    }

    /// Returns when most payloads have been delivered.
    pub(super) async fn mostly_done(&self, posted: &Posted) {
        let most = posted.payloads.len() as u64 * 9 / 10;
        wait_until("most payloads to be delivered", 10 * PATIENCE, async || {
            tokio::time::sleep(Duration::from_secs(1)).await;
            (self.count("kind=webhook.deliver&state=succeeded").await >= most).then_some(())
        })
        .await;
    }
}

fn is_granted(answer: &Answer) -> bool {
    matches!(answer.status, 200 | 202)
}

/// Asks until the answer says that it is or will be done.
async fn granted(ask: impl Fn() -> Call) -> Value {
    wait_until("an answer", PATIENCE, async || {
        let answer = ask().try_send().await.filter(is_granted);
        if answer.is_none() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        answer
    })
    .await
    .body
}
