//! Template sync: the workspace files of a gateway's agents, written anew.

mod agent;
mod compare;
mod outcome;
mod plan;

use mission_control_core::id::{AgentId, GatewayId, UserId};
use mission_control_core::models::{Agent, Board, Gateway, User};
use mission_control_gateway_rpc::GetHealth;
use mission_control_shapes::TemplatesSyncResult;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, StoreError, agents, boards, gateways, members, users};
use serde::{Deserialize, Serialize};

use outcome::Outcome;

use crate::agents::main_agent;
use crate::fleet::Fleet;
pub use crate::jobs::SyncOptions;

use crate::jobs::Attempt;
use crate::provision::run::Subjects;
use crate::reach::{Remote, Trouble};
use crate::record;

/// What a sync is about.
struct Scope {
    gateway: Gateway,
    user: Option<User>,
    boards: Vec<Board>,
    agents: Vec<Agent>,
}

impl Scope {
    /// The gateway's main agent.
    fn main(&self) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.board_id.is_none())
    }
}

/// What a sync that was cut short had done.
#[derive(Debug, Serialize, Deserialize)]
struct SoFar {
    agents: Vec<AgentId>,
    result: TemplatesSyncResult,
}

/// Syncs a gateway. What goes wrong with one agent is noted and the next one is taken; what goes wrong with the
/// gateway ends it. An attempt that was cut short is taken up after the agent that it finished last.
pub(crate) async fn run(
    fleet: &Fleet,
    attempt: &Attempt,
    gateway: GatewayId,
    user: Option<UserId>,
    options: &SyncOptions,
) -> Result<TemplatesSyncResult, Trouble> {
    let empty = || SoFar {
        agents: Vec::new(),
        result: TemplatesSyncResult::new(gateway, options.include_main, options.reset_sessions),
    };
    let mut so_far: SoFar = attempt.left().unwrap_or_else(empty);
    let scope: Result<Option<Scope>, StoreError> =
        fleet.db().read(move |conn| scope(conn, gateway, user)).await;
    let scope = scope?.ok_or(Trouble::Gone("the gateway does not exist any more"))?;
    if options.board_id.is_some_and(|wanted| scope.boards.iter().all(|board| board.id != wanted)) {
        so_far.result.note(None, "Board does not belong to this gateway.".to_owned());
        return Ok(so_far.result);
    }
    let remote = match reach(fleet, &scope.gateway).await {
        Ok(remote) => remote,
        Err(trouble @ Trouble::Gateway(_)) => {
            so_far.result.note(None, trouble.reason().to_string());
            return Ok(so_far.result);
        }
        Err(trouble) => return Err(trouble),
    };
    let main = match options.dry_run {
        true => scope.main().cloned(),
        false => Some(ensure_main(fleet, &scope).await?),
    };
    let targets = targets(&scope, options, main);
    for (done, subjects) in targets.iter().enumerate() {
        if so_far.agents.contains(&subjects.agent.id) {
            continue;
        }
        attempt.go_on().map_err(|_| Trouble::Cancelled)?;
        let outcome = one(fleet, &remote, subjects, options, &mut so_far.result).await?;
        so_far.agents.push(subjects.agent.id);
        if outcome == Outcome::GatewayLost {
            break;
        }
        let message = format!("{} of {}: {}", done + 1, targets.len(), subjects.agent.name);
        attempt.checkpoint(done + 1, targets.len(), message, &so_far).await?;
    }
    Ok(so_far.result)
}

async fn reach(fleet: &Fleet, gateway: &Gateway) -> Result<Remote, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    remote.ask_once(&GetHealth {}).await?;
    Ok(remote)
}

/// The agents that are covered, the main agent last.
fn targets(scope: &Scope, options: &SyncOptions, main: Option<Agent>) -> Vec<Subjects> {
    let subjects = |agent: &Agent, board: Option<&Board>| Subjects {
        agent: agent.clone(),
        board: board.cloned(),
        gateway: scope.gateway.clone(),
        user: scope.user.clone(),
    };
    let boards = scope.boards.iter().filter(|board| options.board_id.is_none_or(|wanted| wanted == board.id));
    let boards: Vec<&Board> = boards.collect();
    let on_boards = scope.agents.iter().filter_map(|agent| {
        let board = boards.iter().find(|board| Some(board.id) == agent.board_id)?;
        (agent.is_board_lead || !options.lead_only).then(|| subjects(agent, Some(board)))
    });
    let main = main.filter(|_| options.include_main).map(|main| subjects(&main, None));
    on_boards.chain(main).collect()
}

async fn one(
    fleet: &Fleet,
    remote: &Remote,
    subjects: &Subjects,
    options: &SyncOptions,
    result: &mut TemplatesSyncResult,
) -> Result<Outcome, Trouble> {
    let paused = subjects.board.as_ref().is_some_and(|board| board.paused_at.is_some());
    let outcome = match (paused, options.dry_run) {
        (true, false) => Outcome::Skipped,
        (true, true) => plan::skipped(subjects, "The board is paused.", result),
        (false, true) => plan::plan(fleet, remote, subjects, options, result).await?,
        (false, false) => agent::sync(fleet, remote, subjects, options, result).await?,
    };
    match subjects.board {
        Some(_) if outcome == Outcome::Updated => result.agents_updated += 1,
        Some(_) => result.agents_skipped += 1,
        None => result.main_updated = outcome == Outcome::Updated,
    }
    Ok(outcome)
}

fn scope(conn: &mut Conn, gateway: GatewayId, user: Option<UserId>) -> Result<Option<Scope>, StoreError> {
    let Some(gateway) = gateways::find(conn, gateway)? else { return Ok(None) };
    let user = match user {
        Some(id) => users::find(conn, id)?,
        None => members::owner_of(conn, gateway.organization_id)?,
    };
    let boards = boards::of_gateway(conn, gateway.id)?;
    let agents = agents::of_gateway(conn, gateway.id)?;
    Ok(Some(Scope { gateway, user, boards, agents }))
}

/// The gateway's main agent; its row is made anew when it was deleted.
async fn ensure_main(fleet: &Fleet, scope: &Scope) -> Result<Agent, Trouble> {
    if let Some(main) = scope.main() {
        return Ok(main.clone());
    }
    let gateway = scope.gateway.clone();
    let main: Result<Agent, StoreError> = fleet
        .db()
        .write(move |tx| {
            let main = main_agent::new_main(&gateway);
            agents::insert(tx, &main)?;
            record::agent_changed(tx, gateway.organization_id, Event::AgentCreated, &main);
            Ok(main)
        })
        .await;
    Ok(main?)
}
