//! The catalogue of skills of an organization, as far as people write it; the rest comes from packs.

use mission_control_core::id::MarketplaceSkillId;
use mission_control_core::models::{MarketplaceSkill, MarketplaceSkillChanges};
use mission_control_core::rules::skills::skill_name;
use mission_control_shapes::MarketplaceSkillRead;
use mission_control_shapes::events::{Event, SkillChanged};
use mission_control_store::{StoreError, Tx, skills};

use crate::fleet::{Caller, Fleet};

/// A skill to put into the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSkill {
    /// Where to get it.
    pub address: String,
    /// Name; made of the address when absent.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
}

/// Puts a skill into the catalogue. One of the same address gets the name and the description as far as they are given.
///
/// # Errors
/// The database's.
pub async fn put(fleet: &Fleet, caller: Caller, new: NewSkill) -> Result<MarketplaceSkillRead, StoreError> {
    let organization = caller.organization;
    fleet
        .db()
        .write(move |tx| {
            let NewSkill { address, name, description } = new;
            let (event, skill): (fn(SkillChanged) -> Event, _) =
                match skills::at(tx, organization, &[&address])?.remove(&address) {
                    None => {
                        let name = name.unwrap_or_else(|| skill_name(&address));
                        let skill = MarketplaceSkill {
                            description,
                            ..MarketplaceSkill::new(organization, name, address)
                        };
                        skills::insert(tx, &skill)?;
                        (Event::SkillCreated, skill)
                    }
                    Some(known) => {
                        let changes = MarketplaceSkillChanges {
                            name: name.filter(|name| *name != known.name),
                            description: description
                                .filter(|text| Some(text) != known.description.as_ref())
                                .map(Some),
                            ..MarketplaceSkillChanges::default()
                        };
                        if changes == MarketplaceSkillChanges::default() {
                            return Ok(known.into());
                        }
                        (Event::SkillUpdated, skills::update(tx, known.id, &changes)?)
                    }
                };
            Ok(changed(tx, event, skill))
        })
        .await
}

/// Takes a skill out of the catalogue. Gateways that have it keep it, but nobody here knows any more.
///
/// # Errors
/// A missing skill.
pub async fn delete(fleet: &Fleet, caller: Caller, id: MarketplaceSkillId) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let skill = skills::find_in(tx, caller.organization, id)?
                .ok_or(StoreError::NotFound("marketplace skill"))?;
            // One that is being installed waits, and then finds nothing to write down.
            skills::lock(tx, id)?;
            skills::delete(tx, id)?;
            changed(tx, Event::SkillDeleted, skill);
            Ok(())
        })
        .await
}

/// Tells streams of the skill and returns it as clients see it.
fn changed(
    tx: &mut Tx<'_>,
    event: fn(SkillChanged) -> Event,
    skill: MarketplaceSkill,
) -> MarketplaceSkillRead {
    let read = MarketplaceSkillRead::from(skill);
    tx.append(event(read.clone().into()).organization(read.organization_id));
    read
}
