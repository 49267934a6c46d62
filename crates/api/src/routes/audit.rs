//! The record of who did what.

use actix_web::http::header;
use actix_web::web::{self, Bytes, Json};
use actix_web::{HttpResponse, get};
use futures_util::{Stream, stream};
use mission_control_core::id::{AuditActorId, OrganizationId};
use mission_control_core::limits::{AUDIT_EXPORT, AUDIT_STEP, SEARCH, WORD};
use mission_control_core::rules::audit::csv_line;
use mission_control_core::time::Timestamp;
use mission_control_shapes::{AUDIT_COLUMNS, AuditEntryRead};
use mission_control_store::audit::{self as rows, AuditFilter};
use mission_control_store::{Db, StoreError};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::{ApiError, ApiResult};
use crate::http::{List, PageQuery, Query};
use crate::input::{AnyText, Bounded, Fault};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(export).service(list);
}

crate::input! {
    /// Which entries are wanted.
    pub struct AuditQuery with page: PageQuery {
        /// Only those by this user, agent or job.
        pub actor_id: Option<AuditActorId>,
        /// Only those with this action, such as `member.updated`.
        pub action: Option<AnyText<WORD>>,
        /// Only those about things of this kind, such as `board`.
        pub object_kind: Option<AnyText<WORD>>,
        /// Only those about this thing.
        pub object_id: Option<AnyText<SEARCH>>,
        /// Only those that were done for this request.
        pub request_id: Option<AnyText<SEARCH>>,
        /// Not before.
        pub since: Option<Timestamp>,
        /// Before.
        pub until: Option<Timestamp>,
    }
}

crate::input! {
    /// Which entries are wanted, and how.
    pub struct AuditExportQuery {
        /// `csv` or `jsonl`.
        pub format: AnyText<WORD> = "jsonl".to_owned(),
        /// Only those after this number, to go on with an export.
        pub after: Bounded<0, { i64::MAX }> = Bounded(0),
        /// Only those by this user, agent or job.
        pub actor_id: Option<AuditActorId>,
        /// Only those with this action.
        pub action: Option<AnyText<WORD>>,
        /// Only those about things of this kind.
        pub object_kind: Option<AnyText<WORD>>,
        /// Only those about this thing.
        pub object_id: Option<AnyText<SEARCH>>,
        /// Only those that were done for this request.
        pub request_id: Option<AnyText<SEARCH>>,
        /// Not before.
        pub since: Option<Timestamp>,
        /// Before.
        pub until: Option<Timestamp>,
    }
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
}

impl Format {
    fn read(word: &str) -> ApiResult<Self> {
        match word {
            "csv" => Ok(Self::Csv),
            "jsonl" => Ok(Self::Jsonl),
            _ => Err(ApiError::invalid(vec![Fault::of_parameter(
                "format",
                "literal_error",
                "Expected one of: csv, jsonl.",
            )])),
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jsonl => "application/jsonl",
        }
    }

    const fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"audit.csv\"",
            Self::Jsonl => "attachment; filename=\"audit.jsonl\"",
        }
    }

    fn line(self, entry: &AuditEntryRead) -> String {
        match self {
            Self::Csv => entry.to_csv(),
            Self::Jsonl => format!("{}\n", serde_json::to_string(entry).unwrap_or_default()),
        }
    }

    /// What comes before the first entry.
    fn head(self) -> String {
        match self {
            Self::Csv => csv_line(&AUDIT_COLUMNS.map(str::to_owned)),
            Self::Jsonl => String::new(),
        }
    }
}

/// List what was done
///
/// The organization's record, newest first: changes with their authors, sign-ins, and refusals.
#[utoipa::path(
    tag = "audit",
    operation_id = "audit_list",
    security(("user" = [])),
    params(AuditQuery),
    responses((status = 200, description = "A page of entries.", body = List<AuditEntryRead>))
)]
#[get("/audit")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<AuditQuery>,
) -> ApiResult<Json<List<AuditEntryRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let organization = admin.caller().organization;
    let filter = AuditFilter {
        actor_id: query.actor_id,
        action: query.action,
        object_kind: query.object_kind,
        object_id: query.object_id,
        request_id: query.request_id,
        since: query.since,
        until: query.until,
    };
    let listing = state.db.read(move |conn| rows::list(conn, organization, &filter, page)).await?;
    Ok(Json(List::of(listing, Into::into)))
}

/// Export what was done
///
/// The same entries as a file, oldest first. One export has 100,000 entries at most; `after` with the number of its last one
/// gives the next.
#[utoipa::path(
    tag = "audit",
    operation_id = "audit_export",
    security(("user" = [])),
    params(AuditExportQuery),
    responses((status = 200, description = "The entries, one a line.", body = String, content_type = "application/jsonl"))
)]
#[get("/audit/export")]
async fn export(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<AuditExportQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let format = Format::read(&query.format)?;
    let filter = AuditFilter {
        actor_id: query.actor_id,
        action: query.action,
        object_kind: query.object_kind,
        object_id: query.object_id,
        request_id: query.request_id,
        since: query.since,
        until: query.until,
    };
    let file = Export {
        db: state.db.clone(),
        organization: admin.caller().organization,
        filter,
        format,
        after: query.after.0,
        left: AUDIT_EXPORT,
        head: Some(format.head()),
    };
    Ok(HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, format.file_name()))
        .streaming(file.chunks()))
}

/// An export on its way: a step of the record is read when the one before it was sent.
struct Export {
    db: Db,
    organization: OrganizationId,
    filter: AuditFilter,
    format: Format,
    after: i64,
    left: i64,
    head: Option<String>,
}

impl Export {
    fn chunks(self) -> impl Stream<Item = Result<Bytes, StoreError>> {
        stream::try_unfold(self, |mut on_its_way| async move {
            Ok(on_its_way.next().await?.map(|chunk| (Bytes::from(chunk), on_its_way)))
        })
    }

    async fn next(&mut self) -> Result<Option<String>, StoreError> {
        let (organization, filter, after) = (self.organization, self.filter.clone(), self.after);
        let limit = self.left.min(AUDIT_STEP);
        let entries = match limit {
            0 => Vec::new(),
            limit => {
                let read =
                    self.db.read(move |conn| rows::filtered_after(conn, organization, &filter, after, limit));
                read.await?
            }
        };
        let head = self.head.take();
        let Some(last) = entries.last() else { return Ok(head.filter(|head| !head.is_empty())) };
        self.after = last.seq;
        self.left -= i64::try_from(entries.len()).unwrap_or(self.left);
        let lines = entries.into_iter().map(|entry| self.format.line(&entry.into()));
        Ok(Some(head.into_iter().chain(lines).collect()))
    }
}
