//! Signs of life of a gateway's agents: what their runs produce.

use std::collections::HashMap;
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::limits::{NOTICED_SESSIONS, SESSION_KEY};
use mission_control_fleet::Fleet;
use mission_control_fleet::agents::presence;
use mission_control_gateway_rpc::{AgentEvent, AgentStream, ChatEvent, ChatState, Event, Events, StepPhase};
use tokio::time::Instant;

/// How often the signs of a turn that goes on are looked at; its end always is.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Writes down which agents are at work, until the connection is closed for good.
pub(crate) async fn notice(fleet: Fleet, gateway: GatewayId, mut events: Events) {
    let mut noticed: HashMap<String, Instant> = HashMap::new();
    while let Some(event) = events.next_event().await {
        let Some(sign) = Sign::in_event(&event) else { continue };
        let now = Instant::now();
        let lately = |at: &Instant| now.duration_since(*at) < LOOK_EVERY;
        if !sign.ends_turn && noticed.get(&sign.session).is_some_and(lately) {
            continue;
        }
        if noticed.len() >= NOTICED_SESSIONS {
            noticed.retain(|_, at| lately(at));
        }
        if noticed.len() < NOTICED_SESSIONS {
            noticed.insert(sign.session.clone(), now);
        }
        if let Err(error) = presence::alive_in(&fleet, gateway, &sign.session).await {
            tracing::warn!(gateway_id = %gateway, %error, "sign of life not written down");
        }
    }
}

/// What tells that the agent of a session is at work.
#[derive(Debug, PartialEq, Eq)]
struct Sign {
    session: String,
    ends_turn: bool,
}

impl Sign {
    /// That a turn was started says nothing of the agent, nor that it broke down; what its model says or does tells.
    fn in_event(event: &Event) -> Option<Self> {
        let (session, ends_turn) = match event.told::<ChatEvent>() {
            Some(chat) => match chat.state {
                ChatState::Final => (chat.session_key, true),
                ChatState::Delta => (chat.session_key, false),
                _ => return None,
            },
            None => {
                let step = event.told::<AgentEvent>()?;
                match (step.stream, step.data.phase) {
                    (AgentStream::Lifecycle, StepPhase::End) => (step.session_key, true),
                    (AgentStream::Assistant | AgentStream::Tool | AgentStream::CommandOutput, _) => {
                        (step.session_key, false)
                    }
                    _ => return None,
                }
            }
        };
        let is_key = (1..=SESSION_KEY).contains(&session.len());
        is_key.then_some(Self { session, ends_turn })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case::an_answer("chat", json!({"state": "final"}), Some(true))]
    #[case::words("chat", json!({"state": "delta"}), Some(false))]
    #[case::a_failed_turn("chat", json!({"state": "error"}), None)]
    #[case::preparations("chat", json!({"state": "status"}), None)]
    #[case::a_tool("agent", json!({"stream": "tool", "data": {"phase": "start"}}), Some(false))]
    #[case::the_start_of_a_turn("agent", json!({"stream": "lifecycle", "data": {"phase": "start"}}), None)]
    #[case::the_end_of_a_turn("agent", json!({"stream": "lifecycle", "data": {"phase": "end"}}), Some(true))]
    #[case::a_break_down("agent", json!({"stream": "lifecycle", "data": {"phase": "error"}}), None)]
    #[case::the_gateway_itself("tick", json!({"ts": 1}), None)]
    fn what_a_model_says_and_does_is_a_sign_of_life(
        #[case] name: &str,
        #[case] mut payload: Value,
        #[case] ends_turn: Option<bool>,
    ) {
        payload["sessionKey"] = json!("agent:mc-1:main");
        let event = Event { name: name.to_owned(), payload, seq: None };
        let expected = ends_turn.map(|ends_turn| Sign { session: "agent:mc-1:main".to_owned(), ends_turn });
        assert_eq!(Sign::in_event(&event), expected);
    }
}
