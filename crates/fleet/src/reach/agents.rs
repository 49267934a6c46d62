//! The agents of a gateway.

use std::time::Duration;

use mission_control_gateway_rpc::{
    AgentDeleted, CreateAgent, DeleteAgent, GatewayError, ListAgents, RpcErrorKind, UpdateAgent,
};
use tokio::time::{Instant, sleep};

use super::remote::{PAUSE, RIDE_OUT, Remote, is_missing_agent, kind, rides_out};

/// How long a gateway may take to forget an agent that was removed.
const FORGETS_WITHIN: Duration = Duration::from_secs(10);

/// Whether there was something to create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Creation {
    Created,
    Existed,
}

impl Remote {
    /// Creates an agent, or finds it there.
    pub(crate) async fn create_agent(&self, key: &str, workspace: &str) -> Result<Creation, GatewayError> {
        match self.ask(&CreateAgent { name: key, workspace }).await {
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
        let change = UpdateAgent {
            agent_id: key,
            name: Some(name),
            workspace: Some(workspace),
            ..UpdateAgent::default()
        };
        loop {
            match self.ask(&change).await {
                Err(error) if is_missing_agent(&error) && Instant::now() < deadline => sleep(PAUSE / 2).await,
                answer => return answer.map(drop),
            }
        }
    }

    /// Removes an agent with its files; nothing when there is none, or no more. Returns when the gateway has forgotten it:
    /// old releases make their next change from what they remember, which would bring it back.
    ///
    /// A gateway that could not remove everything is asked once more: it goes on where it stopped.
    pub(crate) async fn delete_agent(&self, key: &str) -> Result<Option<AgentDeleted>, GatewayError> {
        let mut answer = self.try_to_delete(key).await?;
        if answer.as_ref().is_some_and(AgentDeleted::is_incomplete) {
            sleep(PAUSE).await;
            match self.try_to_delete(key).await {
                Ok(Some(second)) => answer = Some(second),
                Ok(None) => {}
                Err(error) => tracing::debug!(agent_key = key, %error, "files of an agent not removed"),
            }
        }
        let deadline = Instant::now() + FORGETS_WITHIN;
        while answer.is_some() && self.remembers(key).await? && Instant::now() < deadline {
            sleep(PAUSE / 2).await;
        }
        Ok(answer)
    }

    /// Asks for a deletion until it is known what came of it. A gateway goes on with one whose connection was cut, and
    /// refuses a second one meanwhile: that is waited for, as is everything that time may cure.
    async fn try_to_delete(&self, key: &str) -> Result<Option<AgentDeleted>, GatewayError> {
        let deadline = Instant::now() + RIDE_OUT;
        loop {
            let error = match self.ask_once(&DeleteAgent { agent_id: key, delete_files: true }).await {
                Ok(answer) => return Ok(Some(answer)),
                Err(error) if is_missing_agent(&error) => return Ok(None),
                Err(error) => error,
            };
            let may_pass = rides_out(&error) || kind(&error) == Some(RpcErrorKind::Unavailable);
            if !may_pass || Instant::now() >= deadline {
                return Err(error);
            }
            tracing::debug!(agent_key = key, %error, "deletion of an agent repeated");
            sleep(PAUSE).await;
        }
    }

    /// Whether the gateway lists an agent.
    pub(crate) async fn remembers(&self, key: &str) -> Result<bool, GatewayError> {
        Ok(self.agent_keys().await?.iter().any(|known| known == key))
    }

    /// The agents that the gateway lists; none where it refuses to say.
    pub(crate) async fn agent_keys(&self) -> Result<Vec<String>, GatewayError> {
        Ok(self.listed_agents().await?.unwrap_or_default())
    }

    /// The agents that the gateway lists; nothing where it does not say.
    pub(crate) async fn listed_agents(&self) -> Result<Option<Vec<String>>, GatewayError> {
        match self.ask(&ListAgents {}).await {
            Ok(list) => Ok(Some(list.agents.into_iter().map(|agent| agent.id).collect())),
            Err(GatewayError::Rpc(_) | GatewayError::Decode { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
