//! Requests that wait for a gateway, or for a server that a caller named: a credential has a few of them at a time, so that
//! a silent gateway holds up nobody but those who asked for it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use mission_control_core::limits::GATEWAY_WAITS;
use sha2::{Digest, Sha256};
use utoipa::openapi::OpenApi;

use super::parameters::operations;
use crate::auth::proofs;
use crate::error::{ApiError, Code};
use crate::state::State;

/// Operations that wait for a gateway and answer 200 when it fails: what they answer is how it is.
const STATUS: [&str; 2] = ["gateways_status", "gateway_status"];
/// Of all who ask the directory of souls one waits for it, and the others for that one.
const SHARED: &str = "souls-directory";

/// The operations that wait, and who waits now.
pub struct Waits {
    operations: HashSet<(String, Method)>,
    now: Mutex<HashMap<Holder, usize>>,
}

/// Stands for whoever holds a proof, valid or not: the digest of it, kept for no longer than the request.
type Holder = [u8; 32];

/// A request that waits; it ends with this value.
struct Turn<'w> {
    waits: &'w Waits,
    holders: Vec<Holder>,
}

impl Waits {
    /// Taken from the API document: what can fail because of somebody else waits for somebody else.
    pub fn new(document: &OpenApi) -> Self {
        let failed = StatusCode::BAD_GATEWAY.as_str();
        let operations = document.paths.paths.iter().flat_map(|(path, item)| {
            operations(item)
                .filter(|(_, operation)| {
                    let id = operation.operation_id.as_deref().unwrap_or_default();
                    let shared = operation.tags.iter().flatten().any(|tag| tag == SHARED);
                    !shared && (STATUS.contains(&id) || operation.responses.responses.contains_key(failed))
                })
                .map(|(method, _)| (path.clone(), method))
        });
        Self { operations: operations.collect(), now: Mutex::default() }
    }

    /// Whether the request is one of those that wait.
    fn include(&self, request: &ServiceRequest) -> bool {
        request
            .match_pattern()
            .is_some_and(|path| self.operations.contains(&(path, request.method().clone())))
    }

    /// A turn, unless one of the holders has as many as it may: a request counts for all whose proofs it carries, so that
    /// nobody gets more of them by a made-up one beside their own.
    fn turn(&self, holders: Vec<Holder>) -> Option<Turn<'_>> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if holders.iter().any(|holder| now.get(holder).is_some_and(|waiting| *waiting >= GATEWAY_WAITS)) {
            return None;
        }
        for holder in &holders {
            *now.entry(*holder).or_default() += 1;
        }
        Some(Turn { waits: self, holders })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut now = self.waits.now.lock().unwrap_or_else(PoisonError::into_inner);
        for holder in &self.holders {
            if let Some(waiting) = now.get_mut(holder) {
                *waiting -= 1;
                if *waiting == 0 {
                    now.remove(holder);
                }
            }
        }
    }
}

/// The layer.
///
/// # Errors
/// Those of the layers below.
pub async fn waits(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let waits = request.app_data::<web::Data<Waits>>().cloned().filter(|waits| waits.include(&request));
    let Some(waits) = waits else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let state = request.app_data::<web::Data<State>>();
    let proofs = state.map(|state| proofs(request.request(), &state.settings.http).collect::<Vec<_>>());
    let mut holders: Vec<Holder> =
        proofs.unwrap_or_default().iter().map(|proof| Sha256::digest(proof).into()).collect();
    holders.sort_unstable();
    holders.dedup();
    match waits.turn(holders) {
        Some(_turn) => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        None => Ok(request.into_response(HttpResponse::from_error(busy()))),
    }
}

fn busy() -> ApiError {
    let msg = format!("You have {GATEWAY_WAITS} requests already that wait for gateways.");
    ApiError::new(Code::RateLimited, msg)
        .header(header::RETRY_AFTER, HeaderValue::from_static("5"))
        .next_step("Wait until one of them is answered, and send this one again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_has_a_few_turns_whatever_comes_with_the_proof_and_gets_each_back() {
        let waits = Waits { operations: HashSet::new(), now: Mutex::default() };
        let made_up = |n: usize| [u8::try_from(n).unwrap() + 100; 32];
        let turns: Vec<_> =
            (0..GATEWAY_WAITS).map(|n| waits.turn(vec![[1; 32], made_up(n)]).unwrap()).collect();
        assert!(waits.turn(vec![[1; 32]]).is_none());
        assert!(waits.turn(vec![made_up(50), [1; 32]]).is_none());
        assert!(waits.turn(vec![[2; 32]]).is_some(), "others do not wait for it");
        drop(turns);
        assert!(waits.turn(vec![[1; 32]]).is_some());
        assert!(waits.now.lock().unwrap().is_empty(), "nobody is kept who does not wait");
    }
}
