//! What answers when no route does: 405 with `Allow`, a redirect without the trailing slash, a file or page of the web
//! UI, or 404.

use actix_web::dev::ResourceDef;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::openapi::{OpenApi, PathItem};

use super::web_ui;
use crate::error::{ApiError, ApiResult, Code};

/// The routes as the fallback needs them: which paths exist, and with which methods.
pub struct Fallback {
    routes: Vec<(ResourceDef, Vec<&'static str>)>,
}

impl Fallback {
    /// Taken from the API document, which lists every route.
    pub fn new(document: &OpenApi) -> Self {
        let routes = document.paths.paths.iter();
        Self { routes: routes.map(|(path, item)| (ResourceDef::new(path.as_str()), methods(item))).collect() }
    }

    /// Methods of all routes that match `path`; empty when there are none.
    fn methods_at(&self, path: &str) -> Vec<&'static str> {
        let mut methods: Vec<_> = self
            .routes
            .iter()
            .filter(|(pattern, _)| pattern.is_match(path))
            .flat_map(|(_, methods)| methods.iter().copied())
            .collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    [
        ("DELETE", item.delete.is_some()),
        ("GET", item.get.is_some()),
        ("PATCH", item.patch.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
    ]
    .into_iter()
    .filter_map(|(method, served)| served.then_some(method))
    .collect()
}

/// The app's default service.
pub async fn fallback(request: HttpRequest, routes: web::Data<Fallback>) -> ApiResult<HttpResponse> {
    let path = request.uri().path();
    let methods = routes.methods_at(path);
    if !methods.is_empty() {
        let allow = methods.join(", ");
        let error = ApiError::new(Code::MethodNotAllowed, "Method Not Allowed")
            .param("allowed", allow.as_str())
            .next_step(format!("This path takes {allow}."));
        return Err(match HeaderValue::from_str(&allow) {
            Ok(allow) => error.header(header::ALLOW, allow),
            Err(_) => error,
        });
    }
    if let Some(shorter) = path.strip_suffix('/')
        && !routes.methods_at(shorter).is_empty()
    {
        return Ok(redirect(shorter, &request));
    }
    match web_ui::answer(&request) {
        Some(page) => Ok(page),
        None => {
            Err(ApiError::new(Code::NotFound, "Not Found").next_step("GET /openapi.json lists every path."))
        }
    }
}

/// To the same host: a relative location cannot lead anywhere else.
fn redirect(path: &str, request: &HttpRequest) -> HttpResponse {
    let location = match request.query_string() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    };
    HttpResponse::TemporaryRedirect().insert_header((header::LOCATION, location)).finish()
}
