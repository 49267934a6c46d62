//! Setting off what the rule decided, unless somebody else did meanwhile.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::Agent;
use mission_control_core::reason::Reason;
use mission_control_core::rules::lifecycle::{self, Occasion};
use mission_control_core::rules::reconcile::{Action, Why};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, agents, jobs};

use super::desired::{self, Live, One};
use crate::fleet::Fleet;
use crate::jobs::booking;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Provision, Wake};
use crate::{life, record};

/// What an agent says that its gateway lost.
const LOST: &str = "The gateway has no such agent any more: its entry is missing in openclaw.json";
/// What to do about that.
const BRING_BACK: &str = "Reprovision the agent to create it again, or delete it.";

/// Sets `action` off; says what was done. Nothing when the agent is not any more what it was when it was looked at.
pub(super) async fn act(
    fleet: &Fleet,
    organization: OrganizationId,
    one: &One,
    action: Action,
) -> Result<Option<&'static str>, StoreError> {
    let seen = one.agent.clone();
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, seen.id)? else { return Ok(None) };
            let same = agent.lifecycle_generation == seen.lifecycle_generation
                && agent.status == seen.status
                && agent.last_seen_at == seen.last_seen_at
                && agent.paused_at == seen.paused_at;
            let live = Live::read(tx, &desired::groups_of(&agent, organization))?;
            if !same || desired::at_work(&live, &agent, organization) {
                return Ok(None);
            }
            set_off(tx, organization, &agent, action)
        })
        .await
}

fn set_off(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: &Agent,
    action: Action,
) -> Result<Option<&'static str>, StoreError> {
    let Some(done) = said(action) else { return Ok(None) };
    match action {
        Action::Nothing => {}
        Action::Provision { fresh, why } => provision(tx, organization, agent, fresh, why)?,
        Action::Wake => wake(tx, organization, agent)?,
        Action::LookAfter => {
            let deadline = agent.checkin_deadline_at.unwrap_or_else(Timestamp::now);
            jobs::enqueue(tx, booking::check_in(agent, organization, deadline)?)?;
            // Nothing that people would notice.
            return Ok(Some(done));
        }
        Action::Delete => {
            jobs::enqueue(tx, booking::delete_agent(agent, organization)?)?;
        }
        Action::ReportLost => {
            life::take(tx, organization, agent.id, &lifecycle::failed(Reason::new(LOST, Some(BRING_BACK))))?;
        }
    }
    let kind = if action == Action::ReportLost { "agent.lost" } else { "agent.reconciled" };
    record::activity_of(tx, agent, kind, format!("{}: {done}.", agent.name))?;
    Ok(Some(done))
}

/// What is said of it, done or only planned.
pub(super) const fn said(action: Action) -> Option<&'static str> {
    Some(match action {
        Action::Nothing => return None,
        Action::Provision { why, .. } => reason(why),
        Action::Wake => "it was silent and is woken",
        Action::LookAfter => "nobody looked after its check-in",
        Action::Delete => "its deletion goes on",
        Action::ReportLost => "its gateway lost it",
    })
}

const fn reason(why: Why) -> &'static str {
    match why {
        Why::LeftBehind => "its provisioning was left behind and goes on",
        Why::Lost => "its gateway lost it and gets it again",
        Why::FilesMissing => "workspace files were gone and are written again",
        Why::GatewayBack => "its gateway is back and it is tried again",
    }
}

fn provision(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: &Agent,
    fresh: bool,
    why: Why,
) -> Result<(), StoreError> {
    let occasion = if why == Why::Lost { Occasion::Lost } else { Occasion::Again };
    let step = lifecycle::provisioning(agent, fresh, occasion, Timestamp::now());
    let agent = life::take(tx, organization, agent.id, &step)?;
    let again = Provision {
        fresh,
        reset_session: fresh && agent.board_id.is_some(),
        // Files that are back in place disturb nobody.
        wake: why != Why::FilesMissing,
        keep_edited: true,
        ..Provision::of(&agent)
    };
    jobs::enqueue(tx, again.job(organization)?).map(drop)
}

fn wake(tx: &mut Tx<'_>, organization: OrganizationId, agent: &Agent) -> Result<(), StoreError> {
    let wake = Wake { agent: agent.id, generation: agent.lifecycle_generation, attended: false };
    jobs::enqueue(tx, wake.job(organization)?).map(drop)
}
