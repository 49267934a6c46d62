//! Who is meant in what people and agents write.

use mission_control_core::id::GatewayId;
use mission_control_core::models::Agent;
use mission_control_core::rules::mentions;

use super::input::text_meant;

/// A comment, and before the first NUL of it the name of an agent of the board.
pub fn mentions(input: &[u8]) {
    let text = text_meant(input);
    let (name, comment) = text.split_once('\0').unwrap_or(("Ada Lovelace", &text));
    let gateway = GatewayId::random();
    let mut agents = [Agent::new(gateway, name), Agent::new(gateway, "Lead")];
    let [_, lead] = &mut agents;
    lead.is_board_lead = true;
    let meant = mentions::of(comment, &agents, &[]);
    assert!(meant.agents.iter().all(|id| agents.iter().any(|agent| agent.id == *id)));
    assert!(comment.contains(['@', '＠']) || meant == mentions::Mentions::default());
}
