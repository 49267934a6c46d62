//! A gateway as use-cases see it: the calls they need, repeated where a restart got in between.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mission_control_gateway_rpc::{Client, Connected, GatewayError, GatewayVersion, LinkState, RpcErrorKind};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use crate::templates::File;

/// How long a gateway may be away in the middle of a piece of work: the coldest start seen takes 20 s.
const RIDE_OUT: Duration = Duration::from_secs(45);
/// Pause between attempts while a gateway is away.
const PAUSE: Duration = Duration::from_millis(500);
/// How long a gateway may take to forget an agent that was removed.
const FORGETS_WITHIN: Duration = Duration::from_secs(10);
/// How far back a session is searched for a message: as far as `chat.history` goes on any gateway.
const LATEST_MESSAGES: u32 = 1000;
/// How long to look for a first connection.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// A gateway that answered at least once.
pub(crate) struct Remote {
    client: Client,
    info: Arc<Connected>,
}

/// Whether `agents.create` had something to create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Creation {
    Created,
    Existed,
}

/// The configuration of a gateway as read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ConfigSnapshot {
    pub(crate) config: Value,
    pub(crate) hash: Option<String>,
}

impl Remote {
    /// Waits for the connection of `client`.
    pub(crate) async fn open(client: Client) -> Result<Self, GatewayError> {
        let mut state = client.watch();
        if matches!(client.state(), LinkState::Down { .. }) {
            // What kept the last attempt from succeeding may be cured by now: do not answer with old news.
            client.retry_now();
            let moved = state.wait_for(|state| !matches!(state, LinkState::Down { .. }));
            let _ = timeout(Duration::from_secs(1), moved).await;
        }
        let info = client.connected(FIRST_CONTACT).await.map_err(cause)?;
        Ok(Self { client, info })
    }

    /// Like [`Self::open`], but the outcome of the next attempt is the answer: whoever looks wants to know how it is now.
    pub(crate) async fn look(client: Client) -> Result<Self, GatewayError> {
        let mut state = client.watch();
        if matches!(*state.borrow_and_update(), LinkState::Down { .. }) {
            client.retry_now();
            let _ = timeout(FIRST_CONTACT, state.changed()).await;
        }
        let settled = state.wait_for(|state| !matches!(state, LinkState::Connecting));
        let _ = timeout(FIRST_CONTACT, settled).await;
        match client.state() {
            LinkState::Down { error, .. } => Err(error),
            _ => Self::open(client).await,
        }
    }

    /// What the gateway said of itself when it was reached.
    pub(crate) fn info(&self) -> &Connected {
        &self.info
    }

    /// The connection.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// 2026.8 and later, as far as the version tells.
    pub(crate) fn is_newer(&self) -> bool {
        self.info.version().is_some_and(|version| version >= GatewayVersion::new(2026, 8, 0))
    }

    /// One call, as it is: for reads whose failure the caller wants to see at once.
    pub(crate) async fn call_once(&self, method: &str, params: Value) -> Result<Value, GatewayError> {
        self.client.call(method, params).await.map_err(cause)
    }

    /// A call that may be repeated without harm; a gateway that goes away is waited for.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Result<Value, GatewayError> {
        let deadline = Instant::now() + RIDE_OUT;
        loop {
            match self.call_once(method, params.clone()).await {
                Err(error) if rides_out(&error) && Instant::now() < deadline => {
                    tracing::debug!(method, error = %error, "gateway.call_repeated");
                    sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
    }

    /// Creates an agent, or finds it there.
    pub(crate) async fn create_agent(&self, key: &str, workspace: &str) -> Result<Creation, GatewayError> {
        match self.call("agents.create", json!({ "name": key, "workspace": workspace })).await {
            Ok(_) => Ok(Creation::Created),
            Err(error) if kind(&error) == Some(RpcErrorKind::AgentExists) => Ok(Creation::Existed),
            Err(error) => Err(error),
        }
    }

    /// Sets name and folder. A gateway knows a new agent only after a reload: "not found" is waited out for `patience`.
    pub(crate) async fn update_agent(
        &self,
        key: &str,
        name: &str,
        workspace: &str,
        patience: Duration,
    ) -> Result<(), GatewayError> {
        let deadline = Instant::now() + patience;
        let params = json!({ "agentId": key, "name": name, "workspace": workspace });
        loop {
            match self.call("agents.update", params.clone()).await {
                Err(error) if is_missing_agent(&error) && Instant::now() < deadline => sleep(PAUSE / 2).await,
                answer => return answer.map(drop),
            }
        }
    }

    /// Removes an agent; one that is gone is fine. Returns when the gateway has forgotten it: old releases make their
    /// next change from what they remember, which would bring it back.
    pub(crate) async fn delete_agent(&self, key: &str) -> Result<(), GatewayError> {
        match self.call("agents.delete", json!({ "agentId": key, "deleteFiles": true })).await {
            Err(error) if is_missing_agent(&error) => return Ok(()),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        let deadline = Instant::now() + FORGETS_WITHIN;
        while self.remembers(key).await? && Instant::now() < deadline {
            sleep(PAUSE / 2).await;
        }
        Ok(())
    }

    /// Whether the gateway lists an agent.
    async fn remembers(&self, key: &str) -> Result<bool, GatewayError> {
        Ok(self.agent_keys().await?.iter().any(|known| known == key))
    }

    /// The agents that the gateway lists; none where it refuses to say.
    pub(crate) async fn agent_keys(&self) -> Result<Vec<String>, GatewayError> {
        Ok(self.listed_agents().await?.unwrap_or_default())
    }

    /// The agents that the gateway lists; nothing where it does not say.
    pub(crate) async fn listed_agents(&self) -> Result<Option<Vec<String>>, GatewayError> {
        let answer = match self.call("agents.list", json!({})).await {
            Err(error) if error.rpc().is_some() => return Ok(None),
            answer => answer?,
        };
        let id = |agent: &Value| Some(agent.get("id")?.as_str()?.to_owned());
        let agents = answer.get("agents").and_then(Value::as_array);
        Ok(agents.map(|agents| agents.iter().filter_map(id).collect()))
    }

    /// Removes a session; one that is gone, or that the gateway keeps on principle, is fine.
    pub(crate) async fn delete_session(&self, key: &str) -> Result<(), GatewayError> {
        match self.call("sessions.delete", json!({ "key": key })).await {
            Err(error) if !is_missing_session(&error) && kind(&error) != Some(RpcErrorKind::MainSession) => {
                Err(error)
            }
            _ => Ok(()),
        }
    }

    /// Starts a session's conversation anew; one that does not exist needs no reset.
    pub(crate) async fn reset_session(&self, key: &str) -> Result<(), GatewayError> {
        match self.call("sessions.reset", json!({ "key": key })).await {
            Err(error) if !is_missing_session(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// Makes sure that a session exists and has this label; returns its entry.
    pub(crate) async fn label_session(&self, key: &str, label: &str) -> Result<Value, GatewayError> {
        let answer = self.call("sessions.patch", json!({ "key": key, "label": label })).await?;
        Ok(answer.get("entry").cloned().unwrap_or(answer))
    }

    /// The names of an agent's workspace files that exist.
    pub(crate) async fn files(&self, key: &str) -> Result<Vec<String>, GatewayError> {
        Ok(self.file_sizes(key).await?.into_keys().collect())
    }

    /// An agent's workspace files that exist, with their sizes in bytes where the gateway says them.
    pub(crate) async fn file_sizes(&self, key: &str) -> Result<BTreeMap<String, Option<i64>>, GatewayError> {
        let answer = self.call("agents.files.list", json!({ "agentId": key })).await?;
        let files = answer.get("files").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let present = files.iter().filter(|file| file.get("missing").and_then(Value::as_bool) != Some(true));
        let named = |file: &Value| {
            let name = file.get("name").or_else(|| file.get("path"))?.as_str()?.to_owned();
            Some((name, file.get("size").and_then(Value::as_i64)))
        };
        Ok(present.filter_map(named).collect())
    }

    /// The content of a workspace file; nothing when the gateway has or knows no such file.
    pub(crate) async fn read_file(&self, key: &str, file: File) -> Result<Option<String>, GatewayError> {
        self.read_named(key, file.name()).await
    }

    /// The same by the file's name.
    pub(crate) async fn read_named(&self, key: &str, name: &str) -> Result<Option<String>, GatewayError> {
        match self.call("agents.files.get", json!({ "agentId": key, "name": name })).await {
            Ok(answer) => {
                let content = answer.pointer("/file/content").or_else(|| answer.get("content"));
                Ok(content.and_then(Value::as_str).map(str::to_owned))
            }
            Err(error) if is_missing_agent(&error) => Err(error),
            Err(error) if error.rpc().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a workspace file.
    pub(crate) async fn write_file(&self, key: &str, file: File, content: &str) -> Result<(), GatewayError> {
        let params = json!({ "agentId": key, "name": file.name(), "content": content });
        self.call("agents.files.set", params).await.map(drop)
    }

    /// The id of the agent's heartbeat job. Gateways that keep heartbeats as cron jobs have none while they are off.
    pub(crate) async fn heartbeat_job(&self, key: &str) -> Result<Option<String>, GatewayError> {
        let answer = match self.call("cron.list", json!({ "includeDisabled": true })).await {
            Err(error) if error.rpc().is_some() => return Ok(None),
            answer => answer?,
        };
        let wanted = format!("heartbeat:{key}");
        let jobs = answer.get("jobs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let job = jobs.iter().find(|job| job.get("declarationKey").and_then(Value::as_str) == Some(&wanted));
        Ok(job.and_then(|job| job.get("id")).and_then(Value::as_str).map(str::to_owned))
    }

    /// Puts `content` into the heartbeat's own instructions, which new gateways keep instead of HEARTBEAT.md. False
    /// when this gateway has no such thing for the agent.
    pub(crate) async fn write_heartbeat_scratch(
        &self,
        key: &str,
        content: &str,
    ) -> Result<bool, GatewayError> {
        let Some(id) = self.heartbeat_job(key).await? else { return Ok(false) };
        match self.call("cron.scratch.set", json!({ "id": id, "content": content })).await {
            Ok(_) => Ok(true),
            Err(error) if error.rpc().is_some() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The configuration now.
    pub(crate) async fn config(&self) -> Result<ConfigSnapshot, GatewayError> {
        let answer = self.call("config.get", json!({})).await?;
        let config =
            ["config", "parsed"].iter().find_map(|key| answer.get(*key).filter(|value| value.is_object()));
        Ok(ConfigSnapshot {
            config: config.cloned().unwrap_or_else(|| json!({})),
            hash: answer.get("hash").and_then(Value::as_str).map(str::to_owned),
        })
    }

    /// Every session the gateway lists.
    pub(crate) async fn sessions(&self) -> Result<Vec<Value>, GatewayError> {
        let answer = self.call_once("sessions.list", json!({})).await?;
        let items = answer.get("sessions").unwrap_or(&answer).as_array().cloned().unwrap_or_default();
        Ok(items.into_iter().filter(Value::is_object).collect())
    }

    /// Says `text` in a session, as a message of its own each time; returns the run's id.
    pub(crate) async fn send(&self, session: &str, text: &str) -> Result<String, GatewayError> {
        self.send_as(session, text, &Uuid::new_v4().to_string()).await
    }

    /// How many of the latest messages to an agent contain `mark`; none of a session that the gateway does not know.
    pub(crate) async fn times_said(&self, session: &str, mark: &str) -> Result<usize, GatewayError> {
        let asked = json!({ "sessionKey": session, "limit": LATEST_MESSAGES });
        let history = match self.call("chat.history", asked).await {
            Err(error) if error.rpc().is_some() && !error.is_transient() => return Ok(0),
            answer => answer?,
        };
        let messages = history.get("messages").and_then(Value::as_array).map(Vec::as_slice);
        let is_said = |message: &&Value| {
            message.get("role").and_then(Value::as_str) == Some("user") && message.to_string().contains(mark)
        };
        Ok(messages.unwrap_or_default().iter().filter(is_said).count())
    }

    /// Says `text` in a session; a gateway that already took a message of this key takes it for the same one.
    pub(crate) async fn send_as(&self, session: &str, text: &str, key: &str) -> Result<String, GatewayError> {
        let answer = self.call_once("chat.send", saying(session, text, key)).await?;
        Ok(answer.get("runId").and_then(Value::as_str).unwrap_or(key).to_owned())
    }

    /// The same; a gateway that goes away in between is waited for.
    pub(crate) async fn send_patiently(
        &self,
        session: &str,
        text: &str,
        key: &str,
    ) -> Result<String, GatewayError> {
        let answer = self.call("chat.send", saying(session, text, key)).await?;
        Ok(answer.get("runId").and_then(Value::as_str).unwrap_or(key).to_owned())
    }

    /// What became of the turn that the message of this key started.
    pub(crate) async fn turn(&self, session: &str, key: &str) -> Result<Turn, GatewayError> {
        // In this order: a turn that ends between the two questions is known to the second.
        let sessions = self.sessions().await?;
        let run = self.call_once("agent.wait", json!({ "runId": key, "timeoutMs": 1 })).await?;
        match run.get("status").and_then(Value::as_str) {
            Some("ok") => return Ok(Turn::Ran),
            Some("error") => return Ok(Turn::ended_with(run.get("error").and_then(Value::as_str))),
            _ => {}
        }
        let own = sessions.iter().find(|entry| entry.get("key").and_then(Value::as_str) == Some(session));
        let busy = own.and_then(|entry| entry.get("hasActiveRun")).and_then(Value::as_bool) == Some(true);
        Ok(if busy { Turn::Busy } else { Turn::Unknown })
    }
}

/// What is known of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It ran to its end.
    Ran,
    /// The gateway dropped it for a new configuration.
    Superseded,
    /// It ended in this error.
    Failed(String),
    /// Its session is at work, on it or on something before it.
    Busy,
    /// Nothing is known of it: it did not begin, or the gateway was started anew since.
    Unknown,
}

impl Turn {
    /// The end of a turn by an error.
    pub(crate) fn ended_with(error: Option<&str>) -> Self {
        match error {
            Some(error) if !error.contains("superseded") => Self::Failed(error.to_owned()),
            _ => Self::Superseded,
        }
    }
}

fn saying(session: &str, text: &str, key: &str) -> Value {
    json!({ "sessionKey": session, "message": text, "deliver": false, "idempotencyKey": key })
}

/// The failure itself, when "not connected" only wraps it.
fn cause(error: GatewayError) -> GatewayError {
    match error {
        GatewayError::NotConnected { cause: Some(cause) } => *cause,
        other => other,
    }
}

/// Whether the gateway is only away for a moment. A rate limit is not that: it is waited out by the job.
fn rides_out(error: &GatewayError) -> bool {
    error.is_transient() && kind(error) != Some(RpcErrorKind::RateLimited)
}

/// What the gateway's answer means.
pub(crate) fn kind(error: &GatewayError) -> Option<RpcErrorKind> {
    error.rpc().map(mission_control_gateway_rpc::RpcError::kind)
}

/// The gateway does not know the agent.
pub(crate) fn is_missing_agent(error: &GatewayError) -> bool {
    kind(error) == Some(RpcErrorKind::AgentNotFound)
}

fn is_missing_session(error: &GatewayError) -> bool {
    let text = error.rpc().map(|error| error.message.to_lowercase()).unwrap_or_default();
    kind(error) == Some(RpcErrorKind::SessionNotFound)
        || ["not found", "unknown session", "no such session", "does not exist"]
            .iter()
            .any(|part| text.contains(part))
}

/// Content that went into AGENTS.md because the gateway refused files of their own.
pub(crate) type Folded = BTreeMap<File, String>;
