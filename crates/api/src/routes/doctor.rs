//! What is wrong with the installation.

use std::sync::Arc;

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::rules::doctor::sees_installation;
use mission_control_fleet::doctor::{Examination, examine_own};
use mission_control_fleet::local_user;
use mission_control_shapes::DoctorReport;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::ApiResult;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read);
}

/// Look for what is wrong
///
/// Looks at database, queue, workers, gateways, agents and people, and names what is wrong, with its cause and what to do.
/// What is found is kept for a few seconds. What concerns the whole installation is told to its operator alone.
#[utoipa::path(
    tag = "health",
    operation_id = "doctor_read",
    security(("user" = [])),
    responses((status = 200, description = "What was found; nothing, when all is well.", body = DoctorReport))
)]
#[get("/doctor")]
async fn read(admin: OrgAdmin, state: web::Data<State>) -> ApiResult<Json<DoctorReport>> {
    let member = &admin.0;
    let is_operator =
        sees_installation(member.user.is_super_admin, local_user::is(&member.user), &member.member.role);
    let examination = examination(&state).await;
    Ok(Json(examination.for_member(member.organization.id, is_operator)))
}

/// Whoever asks at the same time, or soon after, gets the same look.
async fn examination(state: &State) -> Arc<Examination> {
    let fleet = state.fleet.clone();
    state.examinations.get_with((), async move { Arc::new(examine_own(&fleet).await) }).await
}
