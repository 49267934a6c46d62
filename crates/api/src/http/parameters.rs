//! The query parameters that each route knows, and what is said about others: people's are ignored and named in a header,
//! agents' are refused, because an agent whose filter is ignored acts on what it did not ask for.

use std::collections::HashMap;

use actix_web::http::Method;
use actix_web::{HttpRequest, web};
use mission_control_core::limits::FAULTS;
use url::form_urlencoded;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{OpenApi, PathItem, RefOr};

use crate::error::{ApiError, ApiResult};
use crate::input::{Fault, Step};

/// Names that are less alike than this (0 to 1) are no misspelling of each other.
const ALIKE: f64 = 0.7;

/// What the API document says, by path and method.
pub struct Parameters(HashMap<(String, Method), Vec<String>>);

impl Parameters {
    /// Taken from the API document.
    pub fn new(document: &OpenApi) -> Self {
        let routes = document.paths.paths.iter().flat_map(|(path, item)| {
            let by_method = operations(item).map(move |(method, operation)| {
                let inline = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
                    RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter),
                    _ => None,
                });
                let names = inline.map(|parameter| parameter.name.clone());
                ((path.clone(), method), names.collect())
            });
            by_method.collect::<Vec<_>>()
        });
        Self(routes.collect())
    }

    /// The names that the route of a request knows; `None` when there is no such route.
    fn known_at(&self, request: &HttpRequest) -> Option<&[String]> {
        let place = (request.match_pattern()?, request.method().clone());
        self.0.get(&place).map(Vec::as_slice)
    }
}

/// The operations of a path.
pub(crate) fn operations(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// The query parameters of a request that its route does not know.
pub fn unknown(request: &HttpRequest) -> Vec<String> {
    let Some(parameters) = request.app_data::<web::Data<Parameters>>() else { return Vec::new() };
    let Some(known) = parameters.known_at(request) else { return Vec::new() };
    let sent = form_urlencoded::parse(request.query_string().as_bytes()).map(|(name, _)| name.into_owned());
    let mut unknown: Vec<String> = sent.filter(|name| !known.contains(name)).collect();
    unknown.sort();
    unknown.dedup();
    unknown
}

/// Refuses a request with query parameters that its route does not know.
///
/// # Errors
/// 422 with each of them and the name that may have been meant.
pub fn require_known(request: &HttpRequest) -> ApiResult<()> {
    let unknown = unknown(request);
    if unknown.is_empty() {
        return Ok(());
    }
    let parameters = request.app_data::<web::Data<Parameters>>();
    let known = parameters.and_then(|it| it.known_at(request)).unwrap_or_default();
    let step = match known {
        [] => "This route takes no query parameters: send it without.".to_owned(),
        known => format!("This route takes: {}.", known.join(", ")),
    };
    let faults = unknown.into_iter().take(FAULTS).map(|name| {
        let msg = match nearest(&name, known) {
            Some(meant) => format!("There is no parameter of this name. Did you mean {meant}?"),
            None => "There is no parameter of this name.".to_owned(),
        };
        let loc = vec![Step::Name("query".into()), Step::Name(name.into())];
        Fault::at(loc, "unknown_parameter", msg)
    });
    Err(ApiError::invalid(faults.collect()).next_step(step))
}

/// The known name that is most like `name`, if one is.
fn nearest<'n>(name: &str, known: &'n [String]) -> Option<&'n str> {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let likeness = |other: &String| strsim::jaro_winkler(&name, other);
    let alike = known.iter().map(|other| (likeness(other), other)).filter(|(likeness, _)| *likeness >= ALIKE);
    alike.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, other)| other.as_str())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("assigned_agent", Some("assigned_agent_id"))]
    #[case("assignedAgentId", Some("assigned_agent_id"))]
    #[case("Limit", Some("limit"))]
    #[case("max", None)]
    #[case("is-chat", Some("is_chat"))]
    #[case("q", None)]
    fn a_misspelt_name_finds_the_right_one(#[case] name: &str, #[case] meant: Option<&str>) {
        let known = ["status", "assigned_agent_id", "unassigned", "is_chat", "limit", "offset", "cursor"];
        assert_eq!(nearest(name, &known.map(str::to_owned)), meant);
    }
}
