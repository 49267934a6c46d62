//! An organization's catalogue of skills, and which gateway has which.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{GatewayId, MarketplaceSkillId, OrganizationId};
use mission_control_core::models::{InstalledSkill, MarketplaceSkill, MarketplaceSkillChanges};
use mission_control_core::schema::{gateway_installed_skills as installed, marketplace_skills as skills};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{like_literally, lower, lower_or_null, trim_or_null};
use crate::tx::Tx;

/// A word that skills are sorted under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// This word, lower case.
    Is(String),
    /// Nothing, or blanks.
    Missing,
}

/// Which skills of the catalogue are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkillFilter {
    /// Text in the name, the description, the category, the risk or the folder, in any case.
    pub search: Option<String>,
    /// Category.
    pub category: Option<Word>,
    /// Risk.
    pub risk: Option<Word>,
    /// Address of the repository that they are in.
    pub repository: Option<String>,
}

/// Skills of the catalogue, newest first, each with its place on `gateway` if it is installed there.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    organization_id: OrganizationId,
    gateway: GatewayId,
    filter: &SkillFilter,
    page: Page,
) -> StoreResult<Listing<(MarketplaceSkill, Option<InstalledSkill>)>> {
    let wanted = || {
        let mut query = skills::table
            .left_join(
                installed::table
                    .on(installed::skill_id.eq(skills::id).and(installed::gateway_id.eq(gateway))),
            )
            .filter(skills::organization_id.eq(organization_id))
            .into_boxed::<MultiBackend>();
        match &filter.category {
            Some(Word::Is(word)) => {
                query = query.filter(lower_or_null(trim_or_null(skills::category)).eq(word))
            }
            Some(Word::Missing) => {
                query = query.filter(skills::category.is_null().or(trim_or_null(skills::category).eq("")));
            }
            None => {}
        }
        match &filter.risk {
            Some(Word::Is(word)) => query = query.filter(lower_or_null(trim_or_null(skills::risk)).eq(word)),
            Some(Word::Missing) => {
                query = query.filter(skills::risk.is_null().or(trim_or_null(skills::risk).eq("")));
            }
            None => {}
        }
        if let Some(repository) = &filter.repository {
            let below = format!("{}/%", like_literally(repository));
            let is_below = skills::source_url.like(below).escape('\\');
            query = query.filter(skills::source_url.eq(repository).or(is_below));
        }
        if let Some(text) = &filter.search {
            let pattern = format!("%{}%", like_literally(&text.to_lowercase()));
            query = query.filter(
                lower(skills::name)
                    .like(pattern.clone())
                    .escape('\\')
                    .or(lower_or_null(skills::description).like(pattern.clone()).escape('\\'))
                    .or(lower_or_null(skills::category).like(pattern.clone()).escape('\\'))
                    .or(lower_or_null(skills::risk).like(pattern.clone()).escape('\\'))
                    .or(lower_or_null(skills::source).like(pattern).escape('\\')),
            );
        }
        query
    };
    listing!(
        conn,
        &page,
        wanted(),
        (Timestamp, MarketplaceSkillId)[desc(skills::created_at), desc(skills::id)],
        (skills::all_columns, installed::all_columns.nullable()),
        texts ["marketplace_skills.name", "marketplace_skills.description", "marketplace_skills.source_url", "marketplace_skills.metadata"]
    )
}

/// The skill of this id, if it is in this organization's catalogue.
///
/// # Errors
/// The database's.
pub fn find_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: MarketplaceSkillId,
) -> StoreResult<Option<MarketplaceSkill>> {
    Ok(skills::table
        .find(id)
        .filter(skills::organization_id.eq(organization_id))
        .select(skills::all_columns)
        .first(conn)
        .optional()?)
}

/// Reads a skill for an update: until the transaction ends nobody else deletes it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: MarketplaceSkillId) -> StoreResult<Option<MarketplaceSkill>> {
    let query = skills::table.find(id).select(skills::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// The skills of the catalogue at these addresses, by address.
///
/// # Errors
/// The database's.
pub fn at(
    conn: &mut Conn,
    organization_id: OrganizationId,
    addresses: &[&str],
) -> StoreResult<HashMap<String, MarketplaceSkill>> {
    let found: Vec<MarketplaceSkill> = skills::table
        .filter(skills::organization_id.eq(organization_id))
        .filter(among(skills::source_url, addresses))
        .select(skills::all_columns)
        .load(conn)?;
    Ok(found.into_iter().map(|skill| (skill.source_url.clone(), skill)).collect())
}

/// Adds a skill.
///
/// # Errors
/// [`StoreError::Duplicate`] when the organization has one of this address; the database's.
pub fn insert(tx: &mut Tx<'_>, skill: &MarketplaceSkill) -> StoreResult<()> {
    diesel::insert_into(skills::table).values(skill).execute(&mut **tx)?;
    Ok(())
}

/// Changes a skill.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(
    tx: &mut Tx<'_>,
    id: MarketplaceSkillId,
    changes: &MarketplaceSkillChanges,
) -> StoreResult<MarketplaceSkill> {
    diesel::update(skills::table.find(id))
        .set((changes, skills::updated_at.eq(Timestamp::now())))
        .returning(skills::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("marketplace skill"))
}

/// Deletes a skill, wherever it is installed.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: MarketplaceSkillId) -> StoreResult<()> {
    diesel::delete(installed::table.filter(installed::skill_id.eq(id))).execute(&mut **tx)?;
    match diesel::delete(skills::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("marketplace skill")),
        _ => Ok(()),
    }
}

/// Whether a gateway has a skill.
///
/// # Errors
/// The database's.
pub fn is_installed(conn: &mut Conn, gateway: GatewayId, id: MarketplaceSkillId) -> StoreResult<bool> {
    let place = installed::table.filter(installed::gateway_id.eq(gateway)).filter(installed::skill_id.eq(id));
    Ok(place.count().get_result::<i64>(conn)? > 0)
}

/// Notes that a gateway has a skill, now; one that it has already keeps the time of the first installation.
///
/// # Errors
/// [`StoreError::ForeignKey`] when one of them is gone; the database's.
pub fn install(tx: &mut Tx<'_>, gateway: GatewayId, id: MarketplaceSkillId) -> StoreResult<()> {
    let row = InstalledSkill::new(gateway, id);
    let place = installed::table.filter(installed::gateway_id.eq(gateway)).filter(installed::skill_id.eq(id));
    let again = diesel::update(place).set(installed::updated_at.eq(row.updated_at)).execute(&mut **tx)?;
    if again == 0 {
        diesel::insert_into(installed::table).values(row).execute(&mut **tx)?;
    }
    Ok(())
}

/// Notes that a gateway does not have a skill any more.
///
/// # Errors
/// The database's.
pub fn uninstall(tx: &mut Tx<'_>, gateway: GatewayId, id: MarketplaceSkillId) -> StoreResult<()> {
    let place = installed::table.filter(installed::gateway_id.eq(gateway)).filter(installed::skill_id.eq(id));
    diesel::delete(place).execute(&mut **tx)?;
    Ok(())
}
