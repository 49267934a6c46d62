//! The catalogue of skills, and which gateway has which.

use actix_web::web::{self, Json};
use actix_web::{delete, get, post};
use mission_control_core::id::{GatewayId, SkillPackId};
use mission_control_core::limits::{NAME, PROSE, SEARCH};
use mission_control_fleet::skills::catalogue::{self, NewSkill};
use mission_control_fleet::skills::set_installed;
use mission_control_shapes::{MarketplaceSkillCardRead, MarketplaceSkillRead, SkillState};
use mission_control_store::skills::{self, SkillFilter, Word};
use mission_control_store::{gateways, skill_packs};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::{ApiError, ApiResult, ErrorBody};
use crate::http::{Answer, Body, Done, Params, Part, PartQuery, Query};
use crate::input::{Address, AnyText, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(remove).service(install).service(uninstall);
}

crate::input! {
    /// Which skills are wanted.
    pub struct MarketplaceQuery with part: PartQuery {
        /// The gateway to which `installed` refers.
        pub gateway_id: GatewayId,
        /// Text in the name, the description, the category, the risk or the folder, in any case.
        pub search: Option<AnyText<SEARCH>>,
        /// Category in any case; `uncategorized` for skills without one.
        pub category: Option<AnyText<SEARCH>>,
        /// Risk in any case; `uncategorized` for skills without one.
        pub risk: Option<AnyText<SEARCH>>,
        /// Skills of this pack's repository only.
        pub pack_id: Option<SkillPackId>,
    }
}

crate::input! {
    /// A skill to put into the catalogue.
    pub struct MarketplaceSkillCreate {
        /// Where to get it.
        pub source_url: Address,
        /// Name; made of the address when absent.
        pub name: Option<Text<NAME>>,
        /// What it is for.
        pub description: Option<AnyText<PROSE>>,
    }
}

crate::input! {
    /// On which gateway.
    pub struct OnGateway {
        /// The gateway.
        pub gateway_id: GatewayId,
    }
}

/// What a word of a query asks for; blanks ask for nothing.
fn word(text: Option<String>) -> Option<Word> {
    match text?.trim().to_lowercase() {
        blank if blank.is_empty() => None,
        word if word == "uncategorized" => Some(Word::Missing),
        word => Some(Word::Is(word)),
    }
}

/// List the catalogue
///
/// A plain array, newest first.
#[utoipa::path(
    tag = "skills",
    operation_id = "marketplace_list",
    security(("user" = [])),
    params(MarketplaceQuery),
    responses(
        (status = 200, description = "Skills.", body = Vec<MarketplaceSkillCardRead>),
        (status = 404, description = "No such gateway or pack.", body = crate::error::ErrorBody)
    )
)]
#[get("/skills/marketplace")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<MarketplaceQuery>,
) -> ApiResult<Part<MarketplaceSkillCardRead>> {
    let query = query.valid()?;
    let organization = admin.caller().organization;
    let page = query.part.page();
    let listing = state
        .db
        .read(move |conn| {
            gateways::find_in(conn, organization, query.gateway_id)?
                .ok_or_else(|| ApiError::not_found("gateway"))?;
            let pack = match query.pack_id {
                Some(id) => Some(
                    skill_packs::find_in(conn, organization, id)?
                        .ok_or_else(|| ApiError::not_found("skill pack"))?,
                ),
                None => None,
            };
            let filter = SkillFilter {
                search: query.search.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
                category: word(query.category),
                risk: word(query.risk),
                repository: pack.map(|pack| pack.source_url),
            };
            Ok::<_, ApiError>(skills::list(conn, organization, query.gateway_id, &filter, page)?)
        })
        .await?;
    Ok(Part::of(listing, |(skill, place)| MarketplaceSkillCardRead {
        skill: MarketplaceSkillRead { source: Some(skill.source_url.clone()), ..skill.into() },
        installed: place.is_some(),
        installed_at: place.map(|place| place.created_at),
    }))
}

/// Put a skill into the catalogue
///
/// A skill of the same address gets the name and the description as far as they are given.
#[utoipa::path(
    tag = "skills",
    operation_id = "marketplace_create",
    security(("user" = [])),
    request_body = MarketplaceSkillCreate,
    responses((status = 200, description = "The skill.", body = MarketplaceSkillRead))
)]
#[post("/skills/marketplace")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<MarketplaceSkillCreate>,
) -> ApiResult<Json<MarketplaceSkillRead>> {
    let wanted = body.valid()?;
    let new =
        NewSkill { address: wanted.source_url.into(), name: wanted.name, description: wanted.description };
    Ok(Json(catalogue::put(&state.fleet, admin.caller(), new).await?))
}

/// Take a skill out of the catalogue
///
/// Gateways that have it keep it, but Mission Control no longer knows.
#[utoipa::path(
    tag = "skills",
    operation_id = "marketplace_delete",
    security(("user" = [])),
    params(("skill_id" = uuid::Uuid, Path, description = "The skill.")),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/skills/marketplace/{skill_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    catalogue::delete(&state.fleet, admin.caller(), params.uuid("skill_id")?).await?;
    Ok(Json(Done::YES))
}

/// Install a skill on a gateway
///
/// Asks the gateway's main agent to; a skill that is installed already is brought up to date. The skill counts as
/// installed once the gateway has taken the request.
#[utoipa::path(
    tag = "skills",
    operation_id = "marketplace_install",
    security(("user" = [])),
    params(("skill_id" = uuid::Uuid, Path, description = "The skill."), OnGateway),
    responses(
        (status = 200, description = "The gateway has taken the request.", body = SkillState),
        (status = 202, description = "The gateway is still being asked.", body = SkillState),
        (status = 409, description = "The skill is just being removed.", body = ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached; nothing changed.", body = ErrorBody)
    )
)]
#[post("/skills/marketplace/{skill_id}/install")]
async fn install(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<OnGateway>,
) -> ApiResult<Answer<SkillState>> {
    let (skill, gateway) = (params.uuid("skill_id")?, query.valid()?.gateway_id);
    Ok(set_installed(&state.fleet, admin.caller(), gateway, skill, true).await?.into())
}

/// Remove a skill from a gateway
///
/// Asks the gateway's main agent to. The skill counts as removed once the gateway has taken the request.
#[utoipa::path(
    tag = "skills",
    operation_id = "marketplace_uninstall",
    security(("user" = [])),
    params(("skill_id" = uuid::Uuid, Path, description = "The skill."), OnGateway),
    responses(
        (status = 200, description = "The gateway has taken the request.", body = SkillState),
        (status = 202, description = "The gateway is still being asked.", body = SkillState),
        (status = 409, description = "The skill is just being installed.", body = ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached; nothing changed.", body = ErrorBody)
    )
)]
#[post("/skills/marketplace/{skill_id}/uninstall")]
async fn uninstall(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<OnGateway>,
) -> ApiResult<Answer<SkillState>> {
    let (skill, gateway) = (params.uuid("skill_id")?, query.valid()?.gateway_id);
    Ok(set_installed(&state.fleet, admin.caller(), gateway, skill, false).await?.into())
}
