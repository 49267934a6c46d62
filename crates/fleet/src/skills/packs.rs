//! The packs of an organization.

use mission_control_core::id::SkillPackId;
use mission_control_core::models::{SkillPack, SkillPackChanges};
use mission_control_core::rules::skills::{branch, pack_address, skill_name};
use mission_control_shapes::SkillPackRead;
use mission_control_shapes::events::{Event, SkillPackChanged};
use mission_control_store::{Conn, Listing, Page, StoreError, StoreResult, Tx, skill_packs};
use serde_json::{Map, Value};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};

/// A pack as it is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedPack {
    /// Address of a public git repository in one of the places that the installation allows.
    pub address: String,
    /// Name; made of the address when absent.
    pub name: Option<String>,
    /// What is in it.
    pub description: Option<String>,
    /// The branch to read; `main` for what cannot be the name of one.
    pub branch: String,
    /// An object for clients.
    pub metadata: Map<String, Value>,
}

/// The packs of the caller's organization, newest first.
///
/// # Errors
/// The database's.
pub async fn list(fleet: &Fleet, caller: Caller, page: Page) -> Result<Listing<SkillPackRead>, StoreError> {
    let organization = caller.organization;
    fleet
        .db()
        .read(move |conn| {
            let packs = skill_packs::list(conn, organization, page)?;
            let counts = skill_packs::skill_counts(conn, organization)?;
            Ok(packs.map(|pack| {
                let count = counts.get(&pack.id).copied().unwrap_or_default();
                SkillPackRead::new(pack, count)
            }))
        })
        .await
}

/// One pack.
///
/// # Errors
/// A missing pack.
pub async fn read(fleet: &Fleet, caller: Caller, id: SkillPackId) -> Result<SkillPackRead, StoreError> {
    fleet
        .db()
        .read(move |conn| {
            let pack = owned(conn, caller, id)?;
            counted(conn, pack)
        })
        .await
}

/// Creates a pack, or changes that of the same address: to the branch and metadata given, and to the name and description
/// as far as they are given.
///
/// # Errors
/// An address that packs may not come from.
pub async fn create(fleet: &Fleet, caller: Caller, wanted: WantedPack) -> Result<SkillPackRead, FleetError> {
    let address = pack_address(&wanted.address, &fleet.settings().skill_packs.sources)?;
    let organization = caller.organization;
    let written: Result<_, StoreError> = fleet
        .db()
        .write(move |tx| {
            let branch = branch(&wanted.branch).to_owned();
            let (name, metadata) = (wanted.name, Value::Object(wanted.metadata));
            let Some(known) = skill_packs::find_by_address(tx, organization, &address)? else {
                let name = name.unwrap_or_else(|| skill_name(&address));
                let pack = SkillPack {
                    description: wanted.description,
                    branch,
                    metadata,
                    ..SkillPack::new(organization, name, address)
                };
                skill_packs::insert(tx, &pack)?;
                return changed(tx, Event::SkillPackCreated, pack);
            };
            let changes = SkillPackChanges {
                name: name.filter(|name| *name != known.name),
                description: wanted
                    .description
                    .filter(|text| Some(text) != known.description.as_ref())
                    .map(Some),
                branch: (branch != known.branch).then_some(branch),
                metadata: (metadata != known.metadata).then_some(metadata),
                source_url: None,
            };
            if changes == SkillPackChanges::default() {
                return counted(tx, known);
            }
            let pack = skill_packs::update(tx, known.id, &changes)?;
            changed(tx, Event::SkillPackUpdated, pack)
        })
        .await;
    Ok(written?)
}

/// Changes all of a pack: what is absent gets its default. Skills that came from another address or branch stay in the
/// catalogue.
///
/// # Errors
/// A missing pack; an address that packs may not come from, or another pack's.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: SkillPackId,
    wanted: WantedPack,
) -> Result<SkillPackRead, FleetError> {
    let address = pack_address(&wanted.address, &fleet.settings().skill_packs.sources);
    fleet
        .db()
        .write(move |tx| {
            owned(tx, caller, id)?;
            let address = address?;
            let changes = SkillPackChanges {
                name: Some(wanted.name.unwrap_or_else(|| skill_name(&address))),
                description: Some(wanted.description),
                source_url: Some(address),
                branch: Some(branch(&wanted.branch).to_owned()),
                metadata: Some(Value::Object(wanted.metadata)),
            };
            let pack = skill_packs::update(tx, id, &changes).map_err(|error| match error {
                StoreError::Duplicate { .. } => {
                    FleetError::conflict("Another pack of this organization has this address.")
                }
                other => other.into(),
            })?;
            Ok(changed(tx, Event::SkillPackUpdated, pack)?)
        })
        .await
}

/// Deletes a pack. Its skills stay in the catalogue.
///
/// # Errors
/// A missing pack.
pub async fn delete(fleet: &Fleet, caller: Caller, id: SkillPackId) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let pack = owned(tx, caller, id)?;
            skill_packs::delete(tx, id)?;
            tell(tx, Event::SkillPackDeleted, &SkillPackRead::new(pack, 0));
            Ok(())
        })
        .await
}

fn owned(conn: &mut Conn, caller: Caller, id: SkillPackId) -> StoreResult<SkillPack> {
    skill_packs::find_in(conn, caller.organization, id)?.ok_or(StoreError::NotFound("skill pack"))
}

/// Tells streams of a change and returns the pack as it is now.
fn changed(
    tx: &mut Tx<'_>,
    event: fn(SkillPackChanged) -> Event,
    pack: SkillPack,
) -> StoreResult<SkillPackRead> {
    let now = counted(tx, pack)?;
    tell(tx, event, &now);
    Ok(now)
}

fn tell(tx: &mut Tx<'_>, event: fn(SkillPackChanged) -> Event, pack: &SkillPackRead) {
    tx.append(event(pack.clone().into()).organization(pack.organization_id));
}

/// The pack with the number of its skills looked up.
fn counted(conn: &mut Conn, row: SkillPack) -> StoreResult<SkillPackRead> {
    let counts = skill_packs::skill_counts(conn, row.organization_id)?;
    let count = counts.get(&row.id).copied().unwrap_or_default();
    Ok(SkillPackRead::new(row, count))
}
