//! Skills: the packs that they come from, an organization's catalogue of them, and which gateway has which.

use std::time::Duration;

use diesel::prelude::*;
use serde_json::Value;

use crate::id::{GatewayId, InstalledSkillId, MarketplaceSkillId, OrganizationId, SkillPackId};
use crate::schema;
use crate::time::Timestamp;

/// A git repository that skills of the catalogue come from.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::skill_packs, treat_none_as_default_value = false)]
pub struct SkillPack {
    /// Key.
    pub id: SkillPackId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// What is in it.
    pub description: Option<String>,
    /// Address of the repository, as [`pack_address`](crate::rules::skills::pack_address) writes it. Unique per
    /// organization.
    pub source_url: String,
    /// The branch to read.
    pub branch: String,
    /// An object for clients; Mission Control does not look into it.
    pub metadata: Value,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Packs that a person's first organization has from the beginning: name, what is in it, address.
const STARTERS: [(&str, &str, &str); 2] = [
    (
        "ai-marketing-skills",
        "Marketing frameworks that AI actually executes. Use for Claude Code, OpenClaw, etc.",
        "https://github.com/BrianRWagner/ai-marketing-skills",
    ),
    (
        "antigravity-awesome-skills",
        "The Ultimate Collection of 800+ Agentic Skills for Claude Code/Antigravity/Cursor. Battle-tested, \
         high-performance skills for AI agents including official skills from Anthropic and Vercel.",
        "https://github.com/sickn33/antigravity-awesome-skills",
    ),
];

impl SkillPack {
    /// The branch of a pack for which none was chosen.
    pub const DEFAULT_BRANCH: &str = "main";

    /// A pack read from its default branch.
    pub fn new(
        organization_id: OrganizationId,
        name: impl Into<String>,
        source_url: impl Into<String>,
    ) -> Self {
        let now = Timestamp::now();
        Self {
            id: SkillPackId::random(),
            organization_id,
            name: name.into(),
            description: None,
            source_url: source_url.into(),
            branch: Self::DEFAULT_BRANCH.to_owned(),
            metadata: Value::Object(serde_json::Map::new()),
            created_at: now,
            updated_at: now,
        }
    }

    /// The packs of a person's first organization, one microsecond apart, so that their order stays.
    pub fn starters(organization_id: OrganizationId) -> impl Iterator<Item = Self> {
        let now = Timestamp::now();
        (0..).zip(STARTERS).map(move |(nth, (name, description, source_url))| {
            let created_at = now.plus(Duration::from_micros(nth));
            Self {
                description: Some(description.to_owned()),
                created_at,
                updated_at: created_at,
                ..Self::new(organization_id, name, source_url)
            }
        })
    }
}

/// Changes to a [`SkillPack`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::skill_packs)]
pub struct SkillPackChanges {
    pub name: Option<String>,
    pub description: Option<Option<String>>,
    pub source_url: Option<String>,
    pub branch: Option<String>,
    pub metadata: Option<Value>,
}

/// A skill of an organization's catalogue.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::marketplace_skills, treat_none_as_default_value = false)]
pub struct MarketplaceSkill {
    /// Key.
    pub id: MarketplaceSkillId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What its pack sorts it under.
    pub category: Option<String>,
    /// How its pack rates it, in the pack's own words.
    pub risk: Option<String>,
    /// Folder in its pack's repository.
    pub source: Option<String>,
    /// Where to get it. Unique per organization.
    pub source_url: String,
    /// An object that tells how it was found.
    pub metadata: Value,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl MarketplaceSkill {
    /// A skill of which nothing else is known.
    pub fn new(
        organization_id: OrganizationId,
        name: impl Into<String>,
        source_url: impl Into<String>,
    ) -> Self {
        let now = Timestamp::now();
        Self {
            id: MarketplaceSkillId::random(),
            organization_id,
            name: name.into(),
            description: None,
            category: None,
            risk: None,
            source: None,
            source_url: source_url.into(),
            metadata: Value::Object(serde_json::Map::new()),
            created_at: now,
            updated_at: now,
        }
    }
}

/// Changes to a [`MarketplaceSkill`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::marketplace_skills)]
pub struct MarketplaceSkillChanges {
    pub name: Option<String>,
    pub description: Option<Option<String>>,
    pub category: Option<Option<String>>,
    pub risk: Option<Option<String>>,
    pub source: Option<Option<String>>,
    pub metadata: Option<Value>,
}

/// A gateway has a skill: its main agent was told to install it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::gateway_installed_skills, treat_none_as_default_value = false)]
pub struct InstalledSkill {
    /// Key.
    pub id: InstalledSkillId,
    /// The gateway.
    pub gateway_id: GatewayId,
    /// The skill. Unique per gateway.
    pub skill_id: MarketplaceSkillId,
    /// When it was installed first.
    pub created_at: Timestamp,
    /// When it was last installed.
    pub updated_at: Timestamp,
}

impl InstalledSkill {
    /// Installed now.
    pub fn new(gateway_id: GatewayId, skill_id: MarketplaceSkillId) -> Self {
        let now = Timestamp::now();
        Self { id: InstalledSkillId::random(), gateway_id, skill_id, created_at: now, updated_at: now }
    }
}
