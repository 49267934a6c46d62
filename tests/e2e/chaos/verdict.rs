//! Whether everything that was promised has been done, once.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::time::Duration;

use mission_control_simulator::Simulator;
use mission_control_testkit::wait::wait_until;
use serde_json::Value;

use super::load::{Load, Posted};
use crate::product::PATIENCE;

pub(super) struct Verdict {
    promised: usize,
    /// How often the gateway took each message about a payload, by its idempotency key.
    told: HashMap<String, usize>,
    jobs: u64,
    dead: Vec<Value>,
    agents: usize,
    online: usize,
    /// Agents of the gateway that nobody promised, or that are missing there.
    strays: BTreeSet<String>,
}

impl Verdict {
    /// Waits until there is nothing left to do.
    pub(super) async fn wait_for(load: &Load, posted: &Posted, gateway: &Simulator) -> Verdict {
        let idle = async || {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let due =
                load.count("state=queued&kind=webhook.deliver").await + load.count("state=running").await;
            (due == 0).then_some(())
        };
        wait_until("the deliveries to end", 5 * PATIENCE, idle).await;
        let is_online = |agent: &Value| agent["status"] == "online" && agent["last_seen_at"].is_string();
        wait_until("all agents to be online", 2 * PATIENCE, async || {
            tokio::time::sleep(Duration::from_millis(500)).await;
            load.agents().await.iter().all(is_online).then_some(())
        })
        .await;
        let agents = load.agents().await;
        let wanted: BTreeSet<String> = agents.iter().filter_map(key_on_gateway).collect();
        let there: BTreeSet<String> =
            gateway.agents().into_iter().map(|agent| agent.id).filter(|id| id != "main").collect();
        let names: BTreeSet<_> = agents.iter().filter_map(|agent| agent["name"].as_str()).collect();
        assert!(
            posted.agents.iter().all(|name| names.contains(name.as_str())),
            "an agent is missing: {names:?}"
        );
        Verdict {
            promised: posted.payloads.len(),
            told: told(posted, gateway),
            jobs: load.count("").await,
            dead: load.items("/api/v1/jobs?state=dead").await,
            agents: agents.len(),
            online: agents.iter().filter(|agent| is_online(agent)).count(),
            strays: wanted.symmetric_difference(&there).cloned().collect(),
        }
    }

    /// # Panics
    /// When something was lost, or done twice.
    pub(super) fn check(&self) {
        let lost: Vec<_> = self.told.iter().filter(|(_, times)| **times == 0).collect();
        let twice: Vec<_> = self.told.iter().filter(|(_, times)| **times > 1).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        assert!(twice.is_empty(), "done twice: {twice:?}");
        assert!(self.dead.is_empty(), "dead: {:#?}", self.dead);
        assert!(
            self.strays.is_empty(),
            "the gateway's agents are not the registered ones: {:?}",
            self.strays
        );
        assert_eq!(self.online, self.agents);
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_first = |key: &&String| !key.contains(':');
        let once = self.told.iter().filter(|(key, times)| is_first(key) && **times == 1).count();
        let turns = self.told.keys().filter(|key| !is_first(key)).count();
        let (promised, jobs, agents, online) = (self.promised, self.jobs, self.agents, self.online);
        let dead = self.dead.len();
        write!(
            f,
            "{jobs} jobs, {dead} of them dead; {promised} payloads taken, {once} told exactly once, \
             {turns} more turns for those that the gateway lost; {agents} agents, {online} online"
        )
    }
}

/// An agent's key there: `mc-` and its id; a main agent is `mc-gateway-` and the gateway's.
fn key_on_gateway(agent: &Value) -> Option<String> {
    let session = agent["openclaw_session_id"].as_str()?;
    session.split(':').nth(1).map(str::to_owned)
}

/// How often the gateway took the messages of each payload: its first one, and those after a turn that was lost.
fn told(posted: &Posted, gateway: &Simulator) -> HashMap<String, usize> {
    let mut told: HashMap<String, usize> = posted.payloads.iter().map(|id| (id.clone(), 0)).collect();
    for key in gateway.started_runs() {
        let payload = key.split(':').next().unwrap_or_default();
        if told.contains_key(payload) {
            *told.entry(key).or_default() += 1;
        }
    }
    told
}
