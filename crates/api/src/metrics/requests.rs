//! Requests by route.

use std::time::Duration;

use actix_web::http::Method;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Bounds of the buckets, in seconds. The last ones are for requests that wait for a job.
const BUCKETS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 60.0];
/// Stands for addresses that are no route of the API, and for methods of somebody's own.
const OTHER: &str = "other";

type Labels = Vec<(&'static str, String)>;

/// The requests that this process served.
pub(crate) struct Requests {
    registry: Registry,
    served: Family<Labels, Counter>,
    took: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Requests {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("mission_control");
        let served = Family::default();
        let took = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        registry.register("http_requests", "Requests that were answered", served.clone());
        registry.register("http_request_duration_seconds", "Time until the answer began", took.clone());
        Self { registry, served, took }
    }

    /// Counts a request. `route` is the template of its path, so that there are as many as there are routes.
    pub(crate) fn count(&self, method: &Method, route: Option<&str>, status: u16, took: Duration) {
        let route = ("route", route.unwrap_or(OTHER).to_owned());
        let method = ("method", known(method).to_owned());
        self.took.get_or_create(&vec![method.clone(), route.clone()]).observe(took.as_secs_f64());
        self.served.get_or_create(&vec![method, route, ("status", status.to_string())]).inc();
    }

    pub(super) fn registry(&self) -> &Registry {
        &self.registry
    }
}

fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}
