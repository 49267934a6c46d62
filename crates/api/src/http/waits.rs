//! Requests that wait for a gateway, or for a server that a caller named: a credential has a few of them at a time, so that
//! a silent gateway holds up nobody but those who asked for it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use mission_control_core::limits::GATEWAY_WAITS;
use sha2::{Digest, Sha256};
use utoipa::openapi::OpenApi;

use super::parameters::operations;
use crate::error::{ApiError, Code};

/// Where credentials are.
const CREDENTIALS: [&str; 3] = ["authorization", "x-agent-token", "cookie"];
/// Operations that wait for a gateway and answer 200 when it fails: what they answer is how it is.
const STATUS: [&str; 2] = ["gateways_status", "gateway_status"];
/// Of all who ask the directory of souls one waits for it, and the others for that one.
const SHARED: &str = "souls-directory";

/// The operations that wait, and who waits now.
pub struct Waits {
    operations: HashSet<(String, Method)>,
    now: Mutex<HashMap<[u8; 32], usize>>,
}

/// A request that waits; it ends with this value.
struct Turn<'w> {
    waits: &'w Waits,
    credential: [u8; 32],
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

    /// A turn, unless the credential has as many as it may.
    fn turn(&self, credential: [u8; 32]) -> Option<Turn<'_>> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = now.entry(credential).or_default();
        if *waiting >= GATEWAY_WAITS {
            return None;
        }
        *waiting += 1;
        Some(Turn { waits: self, credential })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut now = self.waits.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = now.get_mut(&self.credential) {
            *waiting -= 1;
            if *waiting == 0 {
                now.remove(&self.credential);
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
    match waits.turn(credential(request.headers())) {
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

/// What stands for whoever holds the credentials of a request, valid or not: it is kept for no longer than the request.
fn credential(headers: &HeaderMap) -> [u8; 32] {
    let mut hash = Sha256::new();
    for name in CREDENTIALS {
        for value in headers.get_all(name) {
            hash.update(value.len().to_be_bytes());
            hash.update(value.as_bytes());
        }
        hash.update([0]);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_has_a_few_turns_and_gets_each_back() {
        let waits = Waits { operations: HashSet::new(), now: Mutex::default() };
        let turns: Vec<_> = (0..GATEWAY_WAITS).map(|_| waits.turn([1; 32]).unwrap()).collect();
        assert!(waits.turn([1; 32]).is_none());
        assert!(waits.turn([2; 32]).is_some(), "others do not wait for it");
        drop(turns);
        assert!(waits.turn([1; 32]).is_some());
        assert!(waits.now.lock().unwrap().is_empty(), "nobody is kept who does not wait");
    }
}
