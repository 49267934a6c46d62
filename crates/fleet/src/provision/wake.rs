//! Waking an agent: a message in its session that starts a turn.

use std::time::Duration;

use mission_control_core::models::Agent;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{ChatEvent, ChatState, Events, GatewayError};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use crate::naming::WAKE;
use crate::reach::{Remote, Trouble, Turn};

/// Turns that may die on a gateway that is still taking in a new configuration.
const ATTEMPTS: usize = 3;
/// How long such a turn takes to die.
const DIES_WITHIN: Duration = Duration::from_secs(4);

/// Why an agent is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// It is new on its gateway.
    New,
    /// Its workspace was brought up to date.
    Update,
    /// It has been silent, or was paused.
    Silence,
}

/// Wakes `agent` and returns when. After a configuration write (`watch`) newer gateways let turns die: there the turn is
/// watched, and started again if it does.
pub(crate) async fn wake(
    remote: &Remote,
    agent: &Agent,
    session: &str,
    occasion: Occasion,
    watch: bool,
) -> Result<Timestamp, Trouble> {
    remote.label_session(session, &agent.name).await?;
    let text = text(agent, occasion);
    for attempt in 1.. {
        let mut events = remote.client().events();
        let woken_at = Timestamp::now();
        // The turn is known by its name for what it is.
        let key = format!("{WAKE}{}", Uuid::new_v4());
        let run = match remote.send_as(session, &text, &key).await {
            Ok(run) => run,
            Err(error) if attempt < ATTEMPTS && error.is_transient() => {
                remote.client().wait_stable(Duration::from_secs(30)).await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if !watch
            || !remote.features().patch_drops_turns()
            || attempt >= ATTEMPTS
            || !died(&mut events, &run).await
        {
            return Ok(woken_at);
        }
        tracing::info!(agent_id = %agent.id, attempt, "agent woken again");
    }
    Err(GatewayError::NotConnected { cause: None }.into())
}

/// What the agent reads.
fn text(agent: &Agent, occasion: Occasion) -> String {
    let news = match occasion {
        Occasion::New => "Your workspace is ready.",
        Occasion::Update => "Your workspace was updated.",
        Occasion::Silence => "You have not been heard of for a while.",
    };
    let name = crate::text::one_line(&agent.name);
    format!(
        "Hello {name}. {news}\n\n\
         Read BOOTSTRAP.md first if it exists, then AGENTS.md. Check in with Mission Control now (POST \
         $BASE_URL/api/v1/agent/heartbeat with your AUTH_TOKEN as X-Agent-Token), then go on with your heartbeat."
    )
}

/// Whether the turn `run` ends in an error within the time that takes.
async fn died(events: &mut Events, run: &str) -> bool {
    let deadline = Instant::now() + DIES_WITHIN;
    while let Ok(Some(event)) = timeout_at(deadline, events.next_event()).await {
        let Some(chat) = event.told::<ChatEvent>().filter(|chat| chat.run_id == run) else { continue };
        match chat.state {
            ChatState::Error => {
                return Turn::ended_with(chat.error_message.as_deref()) == Turn::Superseded;
            }
            ChatState::Final | ChatState::Delta => return false,
            ChatState::Status | ChatState::Aborted | ChatState::Other => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::GatewayId;

    use super::*;

    #[test]
    fn the_wake_names_the_workspace_and_the_check_in() {
        let agent = Agent::new(GatewayId::random(), "Ada\nLovelace");
        let text = text(&agent, Occasion::New);
        assert!(text.starts_with("Hello Ada Lovelace. Your workspace is ready."));
        assert!(text.contains("Check in") && text.contains("heartbeat"));
    }
}
