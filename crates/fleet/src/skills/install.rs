//! Installing a skill on a gateway, and removing it: its main agent is asked to.

use mission_control_core::id::{GatewayId, MarketplaceSkillId};
use mission_control_shapes::SkillState;
use mission_control_store::{agents, gateways, jobs, skills};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::SetSkill;
use crate::wait::Reply;

/// Asks the main agent of a gateway to install a skill, or to remove it. Asking again is allowed: a skill is brought up
/// to date, a leftover removed.
///
/// # Errors
/// A missing gateway or skill; a gateway without a folder for workspaces or without a main agent; a conflict while the
/// opposite is under way; the gateway's refusal, after which everything is as before.
pub async fn set_installed(
    fleet: &Fleet,
    caller: Caller,
    gateway: GatewayId,
    skill: MarketplaceSkillId,
    installed: bool,
) -> Result<Reply<SkillState>, FleetError> {
    let organization = caller.organization;
    let (before, job) = fleet
        .db()
        .write(move |tx| {
            let row =
                gateways::find_in(tx, organization, gateway)?.ok_or(FleetError::not_found("Gateway"))?;
            if row.workspace_root.trim().is_empty() {
                return Err(FleetError::invalid(
                    "The gateway has no workspace_root to install skills below.",
                ));
            }
            skills::find_in(tx, organization, skill)?.ok_or(FleetError::not_found("Marketplace skill"))?;
            agents::main_of(tx, gateway)?.ok_or(FleetError::not_found("Gateway main agent"))?;
            let wanted = SetSkill { gateway, skill, installed };
            let job = wanted.job(organization)?;
            let live = job.dedupe_key.as_deref().map(|key| jobs::live(tx, key)).transpose()?.flatten();
            if live.is_some_and(|live| SetSkill::read(&live).ok() != Some(wanted)) {
                return Err(FleetError::conflict(
                    "The opposite is just being done with this skill on this gateway; try again in a moment.",
                ));
            }
            Ok((skills::is_installed(tx, gateway, skill)?, jobs::enqueue(tx, job)?))
        })
        .await?;
    let what = if installed { "Skill installation failed" } else { "Skill removal failed" };
    let state = |installed| SkillState { ok: true, skill_id: skill, gateway_id: gateway, installed };
    match fleet.settle(job, what).await? {
        Some(_) => Ok(Reply::Done(state(installed))),
        None => Ok(Reply::Accepted { value: state(before), job }),
    }
}
