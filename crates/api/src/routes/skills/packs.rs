//! Skill packs.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::limits::{ADDRESS, NAME, PROSE, SETTINGS_JSON};
use mission_control_core::models::SkillPack;
use mission_control_fleet::skills::packs::{self, WantedPack};
use mission_control_fleet::skills::sync_pack;
use mission_control_shapes::{SkillPackRead, SkillPackSync};
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::{ApiResult, ErrorBody};
use crate::http::{Answer, Body, Done, Params, Part, PartQuery, Query};
use crate::input::{Address, AnyText, FromInput, JsonObject, Reader, Text, text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove).service(sync);
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

impl From<SkillPackCreate> for WantedPack {
    fn from(input: SkillPackCreate) -> Self {
        Self {
            address: input.source_url.0,
            name: input.name,
            description: input.description,
            branch: input.branch,
            metadata: input.metadata,
        }
    }
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
    Ok(Part::of(packs::list(&state.fleet, admin.caller(), page).await?, identity))
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
    Ok(Json(packs::create(&state.fleet, admin.caller(), body.valid()?.into()).await?))
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
    Ok(Json(packs::read(&state.fleet, admin.caller(), params.uuid("pack_id")?).await?))
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
    let id = params.uuid("pack_id")?;
    Ok(Json(packs::update(&state.fleet, admin.caller(), id, body.valid()?.into()).await?))
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
    packs::delete(&state.fleet, admin.caller(), params.uuid("pack_id")?).await?;
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
