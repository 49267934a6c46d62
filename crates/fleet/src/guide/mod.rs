//! What agents may call and when: one table, from which the hints of the API document, the guide of a role and the part
//! of TOOLS.md about the API are made.

mod operations;

use mission_control_core::id::BoardId;
use mission_control_core::models::Agent;

pub use operations::{OPERATIONS, Operation};

use crate::naming::Role;

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Worker, Self::Main];

    /// The tag of the operations that are meant for it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Main => "agent-main",
            Self::Lead => "agent-lead",
            Self::Worker => "agent-worker",
        }
    }

    const fn part(self) -> &'static str {
        match self {
            Self::Main => "the main agent of a gateway",
            Self::Lead => "the lead of a board",
            Self::Worker => "an agent of a board",
        }
    }
}

/// The few operations that `agent` needs, as compact Markdown.
pub fn of(agent: &Agent, base_url: &str) -> String {
    let role = Role::of(agent);
    format!(
        "# Mission Control for {}\n\n\
         Base address `{base_url}`. Every call carries the header `X-Agent-Token: <AUTH_TOKEN>`, bodies are JSON.\n\n\
         {}\n\
         An error says what to do in `next_step`; `code` names it, `detail` has the ids that block. Everything else that \
         you may call: operations tagged `{}` in `{base_url}/openapi.json`.\n",
        role.part(),
        lines(role, agent.board_id),
        role.tag(),
    )
}

/// The same operations, one a line.
pub(crate) fn lines(role: Role, board: Option<BoardId>) -> String {
    let board = board.map_or_else(|| "<BOARD_ID>".to_owned(), |board| board.to_string());
    OPERATIONS
        .iter()
        .filter(|operation| operation.guides.contains(&role))
        .map(|operation| line(operation, &board))
        .collect()
}

fn line(operation: &Operation, board: &str) -> String {
    let path = operation.path.replace("{board_id}", board);
    let path = path.replace("{task_id}", "<TASK_ID>").replace("{agent_id}", "<AGENT_ID>");
    let body = match operation.body {
        "" => String::new(),
        body => format!(" `{body}`"),
    };
    format!("- `{} {path}{}`{body} {}\n", operation.method, operation.query, operation.when)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mission_control_core::id::GatewayId;

    use super::*;

    #[test]
    fn every_hint_is_complete_and_every_operation_named_once() {
        let ids: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
        assert_eq!(ids.len(), OPERATIONS.len());
        for Operation { id, roles, guides, intent, when, policy, body, .. } in OPERATIONS {
            assert!(!roles.is_empty() && guides.iter().all(|role| roles.contains(role)), "{id}");
            assert!(!intent.is_empty() && intent.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{id}");
            assert!(when.ends_with('.') && policy.ends_with('.'), "{id}");
            assert!(
                body.is_empty() || serde_json::from_str::<serde_json::Value>(body).is_ok(),
                "{id}: {body}"
            );
        }
    }

    #[test]
    fn a_guide_has_the_few_calls_of_a_role_with_its_own_board() {
        let board = BoardId::random();
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.board_id = Some(board);
        let worker = of(&agent, "http://h");
        assert!(
            worker.contains(&format!("- `POST /api/v1/agent/boards/{board}/tasks/<TASK_ID>/claim`")),
            "{worker}"
        );
        assert!(!worker.contains("/nudge"), "{worker}");
        agent.is_board_lead = true;
        let lead = of(&agent, "http://h");
        assert!(lead.contains("/nudge") && !lead.contains("/claim"), "{lead}");
        agent.board_id = None;
        let main = of(&agent, "http://h");
        assert!(main.contains("/agent/gateway/leads/broadcast"), "{main}");
        for guide in [worker, lead, main] {
            assert!(guide.len() < 5_000, "a guide is short: {}", guide.len());
        }
    }
}
