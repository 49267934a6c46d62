//! Stopping what agents do at once: one agent, a board, or the whole fleet.
//!
//! A job per gateway asks it to stop whatever runs in the agents' sessions. While the gateway is away the job waits, and then
//! stops only what had begun when it was ordered.

use std::collections::BTreeSet;

use mission_control_core::id::{GatewayId, JobId, OrganizationId, UserId};
use mission_control_core::limits::{NAMED, RUNS_AT_ONCE};
use mission_control_core::models::{ActivityEvent, Agent};
use mission_control_core::rules::chat::Command;
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use mission_control_shapes::{RunRead, StopRead};
use mission_control_store::boards::BoardFilter;
use mission_control_store::{Page, StoreResult, Tx, activity, agents, boards, jobs, runs};

use crate::agents::pause;
use crate::boards::pause as board_pause;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::StopAgents;
use crate::text::one_line;
use crate::wait::Reply;

/// An order to stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopOrder {
    /// Whose agents.
    pub whom: Whom,
    /// They are paused as well, so that nothing new begins.
    pub pause: bool,
    /// Why, for people.
    pub reason: Option<String>,
}

/// Stops what agents do. The answer tells what is known to run; the jobs stop what is not known as well.
///
/// # Errors
/// The database's.
pub async fn stop(fleet: &Fleet, caller: Caller, order: StopOrder) -> Result<Reply<StopRead>, FleetError> {
    let stopped = fleet.db().write(move |tx| write(tx, caller, &order)).await?;
    Ok(match stopped.job_ids.first().copied() {
        Some(job) => Reply::Accepted { value: stopped, job },
        None => Reply::Done(stopped),
    })
}

fn write(tx: &mut Tx<'_>, caller: Caller, order: &StopOrder) -> Result<StopRead, FleetError> {
    let meant = agents::of_whom(tx, order.whom)?;
    let open = runs::open(tx, order.whom, RUNS_AT_ONCE)?;
    if order.pause {
        pause_all(tx, caller.organization, order.whom)?;
    }
    tell(tx, caller, order, &meant)?;
    let jobs = book(tx, caller.organization, order.whom, &meant, caller.user)?;
    Ok(StopRead {
        agents: meant.len(),
        paused: order.pause,
        runs: open.iter().map(RunRead::from).collect(),
        job_ids: jobs.into_iter().take(NAMED).collect(),
    })
}

/// Has what `meant` agents do stopped: a job for each of their gateways.
pub(crate) fn book(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    whom: Whom,
    meant: &[Agent],
    by: Option<UserId>,
) -> StoreResult<Vec<JobId>> {
    let ordered_at = Timestamp::now();
    let gateways: BTreeSet<GatewayId> = meant.iter().map(|agent| agent.gateway_id).collect();
    let book = |gateway| jobs::enqueue(tx, StopAgents { gateway, whom, by, ordered_at }.job(organization)?);
    gateways.into_iter().map(book).collect()
}

fn pause_all(tx: &mut Tx<'_>, organization: OrganizationId, whom: Whom) -> Result<(), FleetError> {
    let paused: Vec<_> = match whom {
        Whom::Agent(agent) => return pause::pause_in(tx, organization, agent).map(drop),
        Whom::Board(board) => boards::find(tx, board)?.into_iter().collect(),
        Whom::Organization(_) => boards::list(tx, &BoardFilter::of(organization), Page::ALL)?.items,
    };
    for board in &paused {
        board_pause::command(tx, board, Command::Pause)?;
    }
    if let Whom::Organization(_) = whom {
        let mains = agents::of_whom(tx, whom)?.into_iter().filter(|agent| agent.board_id.is_none());
        for agent in mains {
            pause::pause_in(tx, organization, agent.id)?;
        }
    }
    Ok(())
}

/// People are told what was stopped, by whom, and why.
fn tell(tx: &mut Tx<'_>, caller: Caller, order: &StopOrder, meant: &[Agent]) -> StoreResult<()> {
    let what = match (order.whom, meant) {
        (Whom::Agent(_), [agent]) => format!("{} was stopped", agent.name),
        (Whom::Board(_), _) => "All agents of the board were stopped".to_owned(),
        _ => "The whole fleet was stopped".to_owned(),
    };
    let message = match order.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{what}: {}", one_line(reason)),
        None => format!("{what}."),
    };
    let mut event = ActivityEvent::new("agent.stopped", message);
    event.user_id = caller.user;
    let event = match (order.whom, meant) {
        (Whom::Organization(id), _) => event.organization(id),
        (Whom::Board(id), _) => event.board(id),
        (Whom::Agent(_), [agent]) if agent.board_id.is_some() => event.agent(agent.id).board(agent.board_id),
        (Whom::Agent(id), _) => event.agent(id).organization(caller.organization),
    };
    activity::record(tx, &event)
}
