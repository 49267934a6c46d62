//! Skill packs: the repositories that an organization's skills come from.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{OrganizationId, SkillPackId};
use mission_control_core::models::{SkillPack, SkillPackChanges};
use mission_control_core::schema::{marketplace_skills, skill_packs};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{length, substr};
use crate::tx::Tx;

/// The packs of an organization, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, organization_id: OrganizationId, page: Page) -> StoreResult<Listing<SkillPack>> {
    let of_organization = skill_packs::organization_id.eq(organization_id);
    listing!(
        conn,
        &page,
        skill_packs::table.filter(of_organization),
        (Timestamp, SkillPackId)[desc(skill_packs::created_at), desc(skill_packs::id)],
        skill_packs::all_columns,
        texts ["skill_packs.name", "skill_packs.description", "skill_packs.source_url", "skill_packs.metadata"]
    )
}

/// The pack of this id, if it is this organization's.
///
/// # Errors
/// The database's.
pub fn find_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: SkillPackId,
) -> StoreResult<Option<SkillPack>> {
    Ok(skill_packs::table
        .find(id)
        .filter(skill_packs::organization_id.eq(organization_id))
        .select(skill_packs::all_columns)
        .first(conn)
        .optional()?)
}

/// The organization's pack of this address.
///
/// # Errors
/// The database's.
pub fn find_by_address(
    conn: &mut Conn,
    organization_id: OrganizationId,
    source_url: &str,
) -> StoreResult<Option<SkillPack>> {
    Ok(skill_packs::table
        .filter(skill_packs::organization_id.eq(organization_id))
        .filter(skill_packs::source_url.eq(source_url))
        .select(skill_packs::all_columns)
        .first(conn)
        .optional()?)
}

/// How many skills of the catalogue each pack's repository has; a pack without any is left out.
///
/// # Errors
/// The database's.
pub fn skill_counts(
    conn: &mut Conn,
    organization_id: OrganizationId,
) -> StoreResult<HashMap<SkillPackId, i64>> {
    let below = || skill_packs::source_url.concat("/");
    let is_below = substr(marketplace_skills::source_url, 1, length(below())).eq(below());
    let is_of_pack = marketplace_skills::source_url.eq(skill_packs::source_url).or(is_below);
    let is_neighbour = marketplace_skills::organization_id.eq(skill_packs::organization_id);
    let counts: Vec<(SkillPackId, i64)> = skill_packs::table
        .inner_join(marketplace_skills::table.on(is_neighbour.and(is_of_pack)))
        .filter(skill_packs::organization_id.eq(organization_id))
        .group_by(skill_packs::id)
        .select((skill_packs::id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counts.into_iter().collect())
}

/// Adds a pack.
///
/// # Errors
/// [`StoreError::Duplicate`] when the organization has one of this address; the database's.
pub fn insert(tx: &mut Tx<'_>, pack: &SkillPack) -> StoreResult<()> {
    diesel::insert_into(skill_packs::table).values(pack).execute(&mut **tx)?;
    Ok(())
}

/// Changes a pack.
///
/// # Errors
/// [`StoreError::Duplicate`] when the organization has another of this address; [`StoreError::NotFound`]; the
/// database's.
pub fn update(tx: &mut Tx<'_>, id: SkillPackId, changes: &SkillPackChanges) -> StoreResult<SkillPack> {
    diesel::update(skill_packs::table.find(id))
        .set((changes, skill_packs::updated_at.eq(Timestamp::now())))
        .returning(skill_packs::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("skill pack"))
}

/// Deletes a pack. Its skills stay in the catalogue.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: SkillPackId) -> StoreResult<()> {
    match diesel::delete(skill_packs::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("skill pack")),
        _ => Ok(()),
    }
}
