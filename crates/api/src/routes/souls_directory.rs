//! Searching the public directory of souls: texts that say what an agent is like.

use actix_web::get;
use actix_web::http::StatusCode;
use actix_web::web::{self, Json};
use mission_control_core::limits::{SEARCH, SOULS};
use mission_control_core::rules::souls;
use mission_control_store::{StoreError, blocking};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Actor;
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Params, Query};
use crate::input::{AnyText, Bounded};
use crate::souls_directory::DirectoryError;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search).service(read_markdown).service(read);
}

crate::input! {
    /// What is searched for.
    pub struct SoulsQuery {
        /// Part of a handle or slug, in any case; blank finds everything.
        pub q: AnyText<SEARCH> = String::new(),
        /// Souls at most.
        pub limit: Bounded<1, SOULS> = Bounded(20),
    }
}

/// A soul of the directory.
#[derive(Debug, Serialize, ToSchema)]
pub struct SoulsDirectorySoulRef {
    /// Who published it.
    pub handle: String,
    /// Its name among theirs.
    pub slug: String,
    /// Where people read it.
    pub page_url: String,
    /// Where programs read it.
    pub raw_md_url: String,
}

/// Souls that were found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SoulsDirectorySearchResponse {
    /// In the directory's order.
    pub items: Vec<SoulsDirectorySoulRef>,
}

/// The text of a soul.
#[derive(Debug, Serialize, ToSchema)]
pub struct SoulsDirectoryMarkdownResponse {
    /// Who published it.
    pub handle: String,
    /// Its name among theirs.
    pub slug: String,
    /// Markdown.
    pub content: String,
}

impl From<DirectoryError> for ApiError {
    fn from(error: DirectoryError) -> Self {
        let step = match error {
            DirectoryError::Refused(StatusCode::NOT_FOUND | StatusCode::GONE) => {
                "Search the directory: this soul may have been renamed or removed."
            }
            _ => {
                "Try again in a minute; the operator can check that this server reaches SOULS_DIRECTORY_URL."
            }
        };
        ApiError::new(Code::Upstream, error.to_string()).next_step(step).cause(error)
    }
}

fn name(text: &str, field: &str) -> ApiResult<String> {
    let name = text.trim().trim_matches('/');
    match souls::is_name(name) {
        true => Ok(name.to_owned()),
        false => Err(ApiError::unprocessable(format!(
            "{field} has to be letters, digits, `_` and `-`, and begin with a letter or digit."
        ))),
    }
}

/// Search the souls directory
///
/// The list of souls is kept for an hour, and for longer while the directory is away.
#[utoipa::path(
    tag = "souls-directory",
    operation_id = "souls_directory_search",
    security(("user" = []), ("agent" = [])),
    params(SoulsQuery),
    responses(
        (status = 200, description = "Souls.", body = SoulsDirectorySearchResponse),
        (status = 502, description = "The directory is away."),
    )
)]
#[get("/souls-directory/search")]
async fn search(
    _caller: Actor,
    state: web::Data<State>,
    query: Query<SoulsQuery>,
) -> ApiResult<Json<SoulsDirectorySearchResponse>> {
    let query = query.valid()?;
    let sitemap = state.souls.sitemap().await?;
    let base = state.souls.base_url().to_owned();
    let items = blocking(move || Ok::<_, StoreError>(found(&sitemap, &base, &query))).await?;
    Ok(Json(SoulsDirectorySearchResponse { items }))
}

fn found(sitemap: &str, base: &str, query: &SoulsQuery) -> Vec<SoulsDirectorySoulRef> {
    souls::of_sitemap(sitemap, base)
        .filter(|soul| souls::matches(soul, &query.q))
        .take(usize::try_from(query.limit.0).unwrap_or(usize::MAX))
        .map(|soul| SoulsDirectorySoulRef {
            page_url: format!("{base}/souls/{}/{}", soul.handle, soul.slug),
            raw_md_url: format!("{base}/api/souls/{}/{}.md", soul.handle, soul.slug),
            handle: soul.handle,
            slug: soul.slug,
        })
        .collect()
}

async fn markdown(state: &State, params: &Params) -> ApiResult<Json<SoulsDirectoryMarkdownResponse>> {
    let slug = params.text("slug");
    let (handle, slug) =
        (name(params.text("handle"), "handle")?, name(slug.strip_suffix(".md").unwrap_or(slug), "slug")?);
    let content = state.souls.markdown(&handle, &slug).await?.to_string();
    Ok(Json(SoulsDirectoryMarkdownResponse { handle, slug, content }))
}

/// Read a soul
///
/// The text is kept for an hour, and for longer while the directory is away.
#[utoipa::path(
    tag = "souls-directory",
    operation_id = "souls_directory_read",
    security(("user" = []), ("agent" = [])),
    params(
        ("handle" = String, Path, description = "Who published it."),
        ("slug" = String, Path, description = "Its name among theirs."),
    ),
    responses(
        (status = 200, description = "The soul.", body = SoulsDirectoryMarkdownResponse),
        (status = 502, description = "The directory is away, or has no such soul."),
    )
)]
#[get("/souls-directory/{handle}/{slug}")]
async fn read(
    _caller: Actor,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<SoulsDirectoryMarkdownResponse>> {
    markdown(&state, &params).await
}

/// Read a soul by the name of its file
///
/// The same as without `.md`.
#[utoipa::path(
    tag = "souls-directory",
    operation_id = "souls_directory_read_markdown",
    security(("user" = []), ("agent" = [])),
    params(
        ("handle" = String, Path, description = "Who published it."),
        ("slug" = String, Path, description = "Its name among theirs."),
    ),
    responses(
        (status = 200, description = "The soul.", body = SoulsDirectoryMarkdownResponse),
        (status = 502, description = "The directory is away, or has no such soul."),
    )
)]
#[get("/souls-directory/{handle}/{slug}.md")]
async fn read_markdown(
    _caller: Actor,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<SoulsDirectoryMarkdownResponse>> {
    markdown(&state, &params).await
}
