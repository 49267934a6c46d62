//! Bringing the catalogue up to date with a pack's repository, on request.

use mission_control_core::id::SkillPackId;
use mission_control_core::rules::skills::pack_address;
use mission_control_shapes::SkillPackSync;
use mission_control_store::{jobs, skill_packs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::SyncSkillPack;
use crate::wait::Reply;

/// Brings the catalogue up to date with a pack's repository. Two syncs of a pack at the same time are one.
///
/// # Errors
/// A missing pack; one from where packs may not come any more; a repository that cannot be read.
pub async fn sync_pack(
    fleet: &Fleet,
    caller: Caller,
    id: SkillPackId,
) -> Result<Reply<SkillPackSync>, FleetError> {
    let (organization, sources) = (caller.organization, fleet.settings().skill_packs.sources.clone());
    let job = fleet
        .db()
        .write(move |tx| {
            let pack =
                skill_packs::find_in(tx, organization, id)?.ok_or(FleetError::not_found("Skill pack"))?;
            pack_address(&pack.source_url, &sources)?;
            let sync = SyncSkillPack { pack: id, organization };
            Ok::<_, FleetError>(jobs::enqueue(tx, sync.job(organization)?)?)
        })
        .await?;
    match fleet.settle(job, "Skill pack sync failed").await.map_err(FleetError::of_other_server)? {
        // Nothing but the pack's deletion ends a sync without a result.
        Some(result) => match serde_json::from_value(result) {
            Ok(Some(synced)) => Ok(Reply::Done(synced)),
            Ok(None) => Err(FleetError::not_found("Skill pack")),
            Err(error) => Err(FleetError::Internal(format!("result of a skill pack sync: {error}"))),
        },
        None => Ok(Reply::Accepted { value: SkillPackSync::new(id), job }),
    }
}
