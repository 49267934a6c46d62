//! Packs of skills, and the catalogue.

use mission_control_core::id::{GatewayId, MarketplaceSkillId, OrganizationId, SkillPackId};
use mission_control_core::models::{MarketplaceSkill, SkillPack};
use mission_control_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A skill of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MarketplaceSkillRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: MarketplaceSkillId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
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
    /// Where to get it.
    pub source_url: String,
    /// How it was found.
    pub metadata: Value,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<MarketplaceSkill> for MarketplaceSkillRead {
    fn from(row: MarketplaceSkill) -> Self {
        Self {
            id: row.id,
            organization_id: row.organization_id,
            name: row.name,
            description: row.description,
            category: row.category,
            risk: row.risk,
            source: row.source,
            source_url: row.source_url,
            metadata: row.metadata,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A git repository that skills come from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SkillPackRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: SkillPackId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// What is in it.
    pub description: Option<String>,
    /// Address of the repository, without `.git`.
    #[schema(example = "https://github.com/acme/skills")]
    pub source_url: String,
    /// The branch that is read.
    pub branch: String,
    /// An object for clients; Mission Control does not look into it.
    pub metadata: Value,
    /// How many skills of the catalogue are from it.
    pub skill_count: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl SkillPackRead {
    /// The pack, of which so many skills of the catalogue are.
    pub fn new(row: SkillPack, skill_count: i64) -> Self {
        Self {
            id: row.id,
            organization_id: row.organization_id,
            name: row.name,
            description: row.description,
            source_url: row.source_url,
            branch: row.branch,
            metadata: row.metadata,
            skill_count,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// What the sync of a pack did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SkillPackSyncResponse)]
pub struct SkillPackSync {
    /// Always true.
    pub ok: bool,
    /// The pack.
    #[schema(value_type = uuid::Uuid)]
    pub pack_id: SkillPackId,
    /// Skills that the repository has.
    pub synced: usize,
    /// Those of them that are new in the catalogue.
    pub created: usize,
    /// Those of them that changed.
    pub updated: usize,
    /// What deserves attention.
    pub warnings: Vec<String>,
}

impl SkillPackSync {
    /// Nothing was done yet.
    pub const fn new(pack_id: SkillPackId) -> Self {
        Self { ok: true, pack_id, synced: 0, created: 0, updated: 0, warnings: Vec::new() }
    }
}

/// Whether a gateway has a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MarketplaceSkillActionResponse)]
pub struct SkillState {
    /// Always true.
    pub ok: bool,
    /// The skill.
    #[schema(value_type = uuid::Uuid)]
    pub skill_id: MarketplaceSkillId,
    /// The gateway.
    #[schema(value_type = uuid::Uuid)]
    pub gateway_id: GatewayId,
    /// Whether it is installed there.
    pub installed: bool,
}

/// A skill of the catalogue as a gateway sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarketplaceSkillCardRead {
    /// The skill; its `source` is where to get it.
    #[serde(flatten)]
    pub skill: MarketplaceSkillRead,
    /// Whether the gateway has it.
    pub installed: bool,
    /// Since when.
    pub installed_at: Option<Timestamp>,
}
