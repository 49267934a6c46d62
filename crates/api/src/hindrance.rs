//! Why nothing comes of what a request has set off: no worker is alive, or the queue grows. The doctor finds the same.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use mission_control_core::id::JobId;
use mission_control_core::rules::doctor::work::Hindrance;
use mission_control_fleet::Reply;
use mission_control_fleet::doctor;
use mission_control_shapes::AgentRead;
use mission_control_store::{StoreError, jobs, request};

use crate::http::JOB_ID;
use crate::state::State;

/// Says in an answer why work that the request has set off waits: a code of the doctor's, and a sentence.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-warning");

/// The layer. Whoever is told that something was done, or goes on, hears as well that what is left of it does not.
///
/// Which requests set off work is no matter of routes: it is known of each request what it has booked.
///
/// # Errors
/// Those of the layers below.
pub(crate) async fn hindered(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let state = request.app_data::<web::Data<State>>().cloned();
    let mut response = next.call(request).await?.map_into_boxed_body();
    let jobs = jobs_behind(&response);
    let Some(state) = state.filter(|_| !jobs.is_empty()) else { return Ok(response) };
    if let Some(hindrance) = state.hindrance().await
        && state.holds_up(&hindrance, jobs).await
        && let Some(warning) = header(&hindrance)
    {
        response.headers_mut().insert(HEADER, warning);
    }
    Ok(response)
}

/// What the request has booked, and the job that the answer names: one that is given again was booked by the first request.
fn jobs_behind(response: &ServiceResponse<BoxBody>) -> Vec<JobId> {
    let mut jobs = request::origin().booked();
    let named = response.headers().get(JOB_ID).and_then(|id| id.to_str().ok()?.parse::<JobId>().ok());
    jobs.extend(named);
    jobs
}

fn header(hindrance: &Hindrance) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("{}: {}", hindrance.code.as_str(), hindrance.reason.cause)).ok()
}

impl State {
    /// What keeps jobs that somebody waits for from being done; nothing as well where the database does not say.
    pub(crate) async fn hindrance(&self) -> Option<Arc<Hindrance>> {
        let look = async {
            let found = doctor::hindrance(&self.fleet).await;
            found.unwrap_or_else(|error| {
                tracing::debug!(%error, "not looked whether jobs are worked off");
                None
            })
        };
        self.hindrances.get_with((), async { look.await.map(Arc::new) }).await
    }

    /// Whether it is why some of these jobs wait; not where the database does not say.
    async fn holds_up(&self, hindrance: &Hindrance, jobs: Vec<JobId>) -> bool {
        let waiting: Result<_, StoreError> = self.db.read(move |conn| jobs::waiting_among(conn, &jobs)).await;
        match waiting {
            Ok(lanes) => lanes.into_iter().any(|lane| hindrance.holds_up(lane)),
            Err(error) => {
                tracing::debug!(%error, "not looked whether jobs of a request wait");
                false
            }
        }
    }

    /// Has the agents that wait for a job say what hinders it. Nothing is looked at where none does.
    pub(crate) async fn say_what_hinders(&self, agents: &mut [AgentRead]) {
        if !agents.iter().any(AgentRead::waits_for_a_job) {
            return;
        }
        if let Some(hindrance) = self.hindrance().await {
            agents.iter_mut().for_each(|agent| agent.hinder(&hindrance));
        }
    }

    /// One agent, which says what hinders the job that it waits for.
    pub(crate) async fn hindered(&self, mut agent: AgentRead) -> AgentRead {
        self.say_what_hinders(std::slice::from_mut(&mut agent)).await;
        agent
    }

    /// The same for an agent about which a job may still run.
    pub(crate) async fn reply(&self, mut reply: Reply<AgentRead>) -> Reply<AgentRead> {
        self.say_what_hinders(std::slice::from_mut(reply.value_mut())).await;
        reply
    }
}

#[cfg(test)]
mod tests {
    use mission_control_core::rules::doctor::work;

    use super::*;

    #[test]
    fn the_header_names_the_code_first() {
        let hindrance = work::hindrance(0, &[], true).unwrap();
        assert!(header(&hindrance).unwrap().to_str().unwrap().starts_with("no_worker: "));
    }
}
