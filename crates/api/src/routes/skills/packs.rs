//! Skill packs.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::events::EventKind;
use mission_control_core::id::{OrganizationId, SkillPackId};
use mission_control_core::limits::{ADDRESS, NAME, PROSE, SETTINGS_JSON};
use mission_control_core::models::{NewEvent, SkillPack, SkillPackChanges};
use mission_control_core::rules::skills::{branch, pack_address, skill_name};
use mission_control_core::time::Timestamp;
use mission_control_fleet::FleetError;
use mission_control_fleet::skills::{SkillPackSync, sync_pack};
use mission_control_store::{Conn, StoreError, Tx, skill_packs};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::{ApiError, ApiResult, ErrorBody};
use crate::http::{Answer, Body, Done, Params, Part, PartQuery, Query};
use crate::input::{Address, AnyText, FromInput, JsonObject, Reader, Text, text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove).service(sync);
}

/// A git repository that skills come from.
#[derive(Debug, Serialize, ToSchema)]
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
    fn new(row: SkillPack, skill_count: i64) -> Self {
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

    /// The pack with the number of its skills looked up.
    fn counted(conn: &mut Conn, row: SkillPack) -> Result<Self, StoreError> {
        let counts = skill_packs::skill_counts(conn, row.organization_id)?;
        let count = counts.get(&row.id).copied().unwrap_or_default();
        Ok(Self::new(row, count))
    }
}

/// The address of a repository: on the web, or a folder of the worker's machine.
#[derive(Debug, Clone)]
pub struct PackAddress(String);

impl FromInput for PackAddress {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        match value.as_str() {
            Some(path) if path.trim().starts_with("file:") => {
                text(value, reader, ADDRESS).map(|path| Self(path.to_owned()))
            }
            _ => Address::from_input(value, reader).map(|address| Self(address.into())),
        }
    }

    fn schema() -> RefOr<Schema> {
        Address::schema()
    }
}

crate::input! {
    /// A skill pack as it is to be.
    pub struct SkillPackCreate {
        /// Address of a public git repository in one of the places that the installation allows.
        pub source_url: PackAddress,
        /// Name; made of the address when absent.
        pub name: Option<Text<NAME>>,
        /// What is in it.
        pub description: Option<AnyText<PROSE>>,
        /// The branch to read; `main` for what cannot be the name of one.
        pub branch: AnyText<NAME> = SkillPack::DEFAULT_BRANCH.to_owned(),
        /// An object for clients.
        pub metadata: JsonObject<SETTINGS_JSON> = Map::new(),
    }
}

impl SkillPackCreate {
    /// The address in the form in which it is kept.
    fn address(&self, state: &State) -> ApiResult<String> {
        let sources = &state.settings.skill_packs.sources;
        Ok(pack_address(&self.source_url.0, sources).map_err(FleetError::from)?)
    }
}

fn owned(conn: &mut Conn, organization: OrganizationId, id: SkillPackId) -> ApiResult<SkillPack> {
    skill_packs::find_in(conn, organization, id)?.ok_or_else(|| ApiError::not_found("skill pack"))
}

/// Tells streams of a change and returns the pack as it is now.
fn changed(tx: &mut Tx<'_>, kind: EventKind, pack: SkillPack) -> ApiResult<SkillPackRead> {
    let now = SkillPackRead::counted(tx, pack)?;
    tx.append(NewEvent::of(kind, &now).organization(now.organization_id));
    Ok(now)
}

/// List skill packs
///
/// A plain array, newest first.
#[utoipa::path(
    tag = "skills",
    operation_id = "skill_packs_list",
    security(("user" = [])),
    params(PartQuery),
    responses((status = 200, description = "The organization's packs.", body = Vec<SkillPackRead>))
)]
#[get("/skills/packs")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<PartQuery>,
) -> ApiResult<Part<SkillPackRead>> {
    let page = query.valid()?.page();
    let organization = admin.caller().organization;
    let (packs, counts) = state
        .db
        .read(move |conn| {
            let packs = skill_packs::list(conn, organization, page)?;
            Ok::<_, StoreError>((packs, skill_packs::skill_counts(conn, organization)?))
        })
        .await?;
    Ok(Part::of(packs, |pack| {
        let count = counts.get(&pack.id).copied().unwrap_or_default();
        SkillPackRead::new(pack, count)
    }))
}

/// Create a skill pack
///
/// A pack of the same address is changed instead: to the branch and metadata given, and to the name and description as
/// far as they are given. Its skills come into the catalogue by a sync.
#[utoipa::path(
    tag = "skills",
    operation_id = "skill_packs_create",
    security(("user" = [])),
    request_body = SkillPackCreate,
    responses(
        (status = 200, description = "The pack.", body = SkillPackRead),
        (status = 400, description = "Packs may not come from this address.", body = ErrorBody)
    )
)]
#[post("/skills/packs")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<SkillPackCreate>,
) -> ApiResult<Json<SkillPackRead>> {
    let wanted = body.valid()?;
    let address = wanted.address(&state)?;
    let organization = admin.caller().organization;
    let pack = state
        .db
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
                return changed(tx, EventKind::SkillPackCreated, pack);
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
                return Ok(SkillPackRead::counted(tx, known)?);
            }
            let pack = skill_packs::update(tx, known.id, &changes)?;
            changed(tx, EventKind::SkillPackUpdated, pack)
        })
        .await?;
    Ok(Json(pack))
}

/// Read a skill pack
#[utoipa::path(
    tag = "skills",
    operation_id = "skill_packs_read",
    security(("user" = [])),
    params(("pack_id" = uuid::Uuid, Path, description = "The pack.")),
    responses((status = 200, description = "The pack.", body = SkillPackRead))
)]
#[get("/skills/packs/{pack_id}")]
async fn read(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<SkillPackRead>> {
    let id: SkillPackId = params.uuid("pack_id")?;
    let organization = admin.caller().organization;
    let pack = state
        .db
        .read(move |conn| {
            let pack = owned(conn, organization, id)?;
            Ok::<_, ApiError>(SkillPackRead::counted(conn, pack)?)
        })
        .await?;
    Ok(Json(pack))
}

/// Change a skill pack
///
/// All of it: what is absent gets its default. Skills that came from another address or branch stay in the catalogue.
#[utoipa::path(
    tag = "skills",
    operation_id = "skill_packs_update",
    security(("user" = [])),
    params(("pack_id" = uuid::Uuid, Path, description = "The pack.")),
    request_body = SkillPackCreate,
    responses(
        (status = 200, description = "The changed pack.", body = SkillPackRead),
        (status = 400, description = "Packs may not come from this address.", body = ErrorBody),
        (status = 409, description = "Another pack has this address.", body = ErrorBody)
    )
)]
#[patch("/skills/packs/{pack_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<SkillPackCreate>,
) -> ApiResult<Json<SkillPackRead>> {
    let id: SkillPackId = params.uuid("pack_id")?;
    let wanted = body.valid()?;
    let address = wanted.address(&state);
    let organization = admin.caller().organization;
    let pack = state
        .db
        .write(move |tx| {
            owned(tx, organization, id)?;
            let address = address?;
            let changes = SkillPackChanges {
                name: Some(wanted.name.map_or_else(|| skill_name(&address), String::from)),
                description: Some(wanted.description),
                source_url: Some(address),
                branch: Some(branch(&wanted.branch).to_owned()),
                metadata: Some(Value::Object(wanted.metadata)),
            };
            let pack = skill_packs::update(tx, id, &changes).map_err(|error| match error {
                StoreError::Duplicate { .. } => {
                    ApiError::conflict("Another pack of this organization has this address.").cause(error)
                }
                other => other.into(),
            })?;
            changed(tx, EventKind::SkillPackUpdated, pack)
        })
        .await?;
    Ok(Json(pack))
}

/// Delete a skill pack
///
/// Its skills stay in the catalogue.
#[utoipa::path(
    tag = "skills",
    operation_id = "skill_packs_delete",
    security(("user" = [])),
    params(("pack_id" = uuid::Uuid, Path, description = "The pack.")),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/skills/packs/{pack_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let id: SkillPackId = params.uuid("pack_id")?;
    let organization = admin.caller().organization;
    state
        .db
        .write(move |tx| {
            let pack = owned(tx, organization, id)?;
            skill_packs::delete(tx, id)?;
            tx.append(
                NewEvent::of(EventKind::SkillPackDeleted, &SkillPackRead::new(pack, 0))
                    .organization(organization),
            );
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Json(Done::YES))
}

/// Sync a skill pack
///
/// Reads the pack's repository (its `skills_index.json`, else its SKILL.md files) and brings the catalogue up to date.
/// Skills that the repository no longer has stay. Runs as a job; on the way it says how far it is.
#[utoipa::path(
    tag = "skills",
    operation_id = "skill_packs_sync",
    security(("user" = [])),
    params(("pack_id" = uuid::Uuid, Path, description = "The pack.")),
    responses(
        (status = 200, description = "What changed in the catalogue.", body = SkillPackSync),
        (status = 202, description = "The repository is still being read.", body = SkillPackSync),
        (status = 400, description = "Packs may not come from its address any more.", body = ErrorBody),
        (status = 502, description = "The repository cannot be read; nothing changed.", body = ErrorBody)
    )
)]
#[post("/skills/packs/{pack_id}/sync")]
async fn sync(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Answer<SkillPackSync>> {
    let id = params.uuid("pack_id")?;
    Ok(sync_pack(&state.fleet, admin.caller(), id).await?.into())
}
