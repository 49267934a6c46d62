//! `skill_pack.sync`: brings the catalogue up to date with a pack's repository. Skills that the repository does not have
//! any more stay: gateways may have them.

use std::collections::HashMap;
use std::time::Duration;

use mission_control_core::models::{MarketplaceSkill, MarketplaceSkillChanges, SkillPack};
use mission_control_core::rules::skills::FoundSkill;
use mission_control_shapes::SkillPackSync;
use mission_control_shapes::events::{Event, Named, SkillPackSynced};
use mission_control_store::{StoreError, Tx, organizations, skill_packs, skills};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::SyncSkillPack;
use crate::skills::{Fetched, PackError, fetch};

impl Handler for SyncSkillPack {
    /// `null` when the pack is gone.
    async fn run(self, fleet: &Fleet, attempt: &Attempt) -> Result<Value, JobError> {
        let found: Result<Option<SkillPack>, StoreError> =
            fleet.db().read(move |conn| skill_packs::find_in(conn, self.organization, self.pack)).await;
        let Some(pack) = found? else { return Ok(Value::Null) };
        let fetched =
            fetch(&fleet.settings().skill_packs, &pack, attempt).await.map_err(PackError::give_up)?;
        attempt.go_on()?;
        attempt.progress(90, "Updating the catalogue").await;
        let written: Result<Written, StoreError> =
            fleet.db().write(move |tx| write(tx, &pack, fetched)).await;
        match written? {
            Written::Synced(result) => Ok(json!(result)),
            Written::Gone => Ok(Value::Null),
            Written::Changed => Err(JobError::Later {
                reason: "the pack was changed while its repository was read".to_owned(),
                after: Duration::ZERO,
            }),
        }
    }
}

enum Written {
    Synced(SkillPackSync),
    /// Deleted meanwhile.
    Gone,
    /// What was read is not what is wanted any more.
    Changed,
}

fn write(tx: &mut Tx<'_>, pack: &SkillPack, fetched: Fetched) -> Result<Written, StoreError> {
    let organization = pack.organization_id;
    // From here on nobody else adds a skill to this catalogue.
    organizations::lock(tx, organization)?;
    match skill_packs::find_in(tx, organization, pack.id)? {
        None => return Ok(Written::Gone),
        Some(now) if (&now.source_url, &now.branch) != (&pack.source_url, &pack.branch) => {
            return Ok(Written::Changed);
        }
        Some(_) => {}
    }
    let addresses: Vec<&str> = fetched.skills.iter().map(|skill| skill.source_url.as_str()).collect();
    let known: HashMap<_, _> = skills::at(tx, organization, &addresses)?;
    let mut result = SkillPackSync { warnings: fetched.warnings, ..SkillPackSync::new(pack.id) };
    for skill in fetched.skills {
        result.synced += 1;
        match known.get(&skill.source_url) {
            None => {
                skills::insert(tx, &row(pack, skill))?;
                result.created += 1;
            }
            Some(known) if !is_same(known, &skill) => {
                skills::update(tx, known.id, &changes(skill))?;
                result.updated += 1;
            }
            Some(_) => {}
        }
    }
    let synced = SkillPackSynced {
        skill_pack: Named::new(pack.id, &pack.name),
        synced: result.synced,
        created: result.created,
        updated: result.updated,
    };
    tx.append(Event::SkillPackSynced(synced).organization(organization));
    Ok(Written::Synced(result))
}

fn row(pack: &SkillPack, skill: FoundSkill) -> MarketplaceSkill {
    MarketplaceSkill {
        description: skill.description,
        category: skill.category,
        risk: skill.risk,
        source: skill.source,
        metadata: skill.metadata,
        ..MarketplaceSkill::new(pack.organization_id, skill.name, skill.source_url)
    }
}

fn is_same(known: &MarketplaceSkill, skill: &FoundSkill) -> bool {
    known.name == skill.name
        && known.description == skill.description
        && known.category == skill.category
        && known.risk == skill.risk
        && known.source == skill.source
        && known.metadata == skill.metadata
}

fn changes(skill: FoundSkill) -> MarketplaceSkillChanges {
    MarketplaceSkillChanges {
        name: Some(skill.name),
        description: Some(skill.description),
        category: Some(skill.category),
        risk: Some(skill.risk),
        source: Some(skill.source),
        metadata: Some(skill.metadata),
    }
}
