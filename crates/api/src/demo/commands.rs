//! A rule for commands in the demo, and a command that it decides about.

use mission_control_core::id::BoardId;
use mission_control_core::models::{Agent, ExecEffect, ExecMatch};
use mission_control_fleet::exec_policies::{self, NewExecPolicy};
use mission_control_fleet::naming::worker_session_key;
use mission_control_fleet::{Caller, Fleet, FleetError};
use mission_control_simulator::Simulator;
use mission_control_store::exec_policies::ExecPolicyFilter;
use mission_control_store::{Page, StoreError, agents};

const COMMAND: &str = "git status";

/// Gives the board a rule, if it never had any, and has a worker ask for what it allows.
pub(super) async fn seed(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    simulator: &Simulator,
) -> Result<(), FleetError> {
    let filter = ExecPolicyFilter {
        organization_id: caller.organization,
        boards: vec![board],
        without_board: true,
        live_at: None,
    };
    if exec_policies::list(fleet, filter, Page::first(1)).await?.total > 0 {
        return Ok(());
    }
    let rule = NewExecPolicy {
        board_id: Some(board),
        agent_id: None,
        host: None,
        pattern: COMMAND.to_owned(),
        matching: ExecMatch::Exact,
        effect: ExecEffect::Allow,
        reason: Some("It changes nothing.".to_owned()),
        expires_at: None,
    };
    exec_policies::create(fleet, caller, rule).await?;
    let there: Result<Vec<Agent>, StoreError> =
        fleet.db().read(move |conn| agents::of_board(conn, board)).await;
    let session = there?.iter().find(|agent| !agent.is_board_lead).map(|agent| worker_session_key(agent.id));
    if let Some(name) = session.as_deref().and_then(|session| session.split(':').nth(1)) {
        simulator.request_exec_approval(name, COMMAND);
    }
    Ok(())
}
