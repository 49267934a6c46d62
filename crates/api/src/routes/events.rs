//! The stream of everything that the caller may see in the organization.

use std::time::Duration;

use actix_web::{HttpResponse, get, web};
use mission_control_core::id::BoardId;
use mission_control_core::limits::{SEARCH, STREAM_HEARTBEAT};
use mission_control_store::{StoreError, boards};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgMember;
use crate::error::{ApiError, ApiResult};
use crate::events::{self, Entry, Follower, Needs, Start};
use crate::http::{LastEventId, Query};
use crate::input::{AnyText, Bounded};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(stream);
}

crate::input! {
    /// Which events are wanted.
    pub struct EventsQuery {
        /// Only those on this board.
        pub board_id: Option<BoardId>,
        /// Only these kinds, separated by commas: `task.created`, or `task` for every kind that begins with it.
        pub kind: Option<AnyText<SEARCH>>,
        /// Continue after this number; `Last-Event-ID` comes first. Absent, the stream begins with what happens next.
        pub since_seq: Option<Bounded<0, { i64::MAX }>>,
        /// Seconds of silence after which a comment shows that the connection lives.
        pub heartbeat: Bounded<1, STREAM_HEARTBEAT> = Bounded(15),
    }
}

/// Kinds to deliver; none is every one.
struct Kinds(Vec<String>);

impl Kinds {
    fn parse(text: Option<&str>) -> Self {
        let words = text.unwrap_or_default().split(',').map(str::trim);
        Self(words.filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    fn include(&self, kind: &str) -> bool {
        let fits = |wanted: &String| match kind.strip_prefix(wanted.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('.'),
            None => false,
        };
        self.0.is_empty() || self.0.iter().any(fits)
    }
}

/// Follow everything
///
/// Server-sent events: what happens in the organization, as far as the caller may see it. `id` is the number in the log,
/// `event` the kind, `data` has `{seq, kind, board_id, created_at, payload}`: the schema `Event`, of which each kind has its
/// own payload. Kinds that a client does not know are to be passed over. A client that comes back with
/// `Last-Event-ID` (or `since_seq`) gets what it missed, nothing left out and nothing twice.
///
/// Two events are about the stream itself. `reset`: entries between the client's number and this event's `id` are no
/// longer kept, so read everything anew; the stream goes on. `resume`: the client was too slow; the connection ends, come
/// back with this event's `id`. Comments every 15 seconds, or as often as `heartbeat` says, keep the
/// connection alive.
#[utoipa::path(
    tag = "events",
    operation_id = "events_stream",
    security(("user" = [])),
    params(EventsQuery, LastEventId),
    responses(
        (status = 200, description = "The stream.", body = String, content_type = "text/event-stream"),
        (status = 403, description = "The caller has no access to the board.", body = crate::error::ErrorBody)
    )
)]
#[get("/events")]
async fn stream(
    caller: OrgMember,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<EventsQuery>,
) -> ApiResult<HttpResponse> {
    let query = query.valid()?;
    let (organization, board) = (caller.organization.id, query.board_id);
    let seen = last.0.or(query.since_seq.map(|seq| seq.0));
    let (found, audience, start) = state
        .db
        .read(move |conn| {
            let found = board.map(|id| boards::find_in(conn, organization, id)).transpose()?.flatten();
            Ok::<_, StoreError>((found, caller.audience(conn)?, Start::after(conn, seen)?))
        })
        .await?;
    if let Some(wanted) = board {
        found.ok_or_else(|| ApiError::not_found("board"))?;
        if !audience.sees_board(wanted) {
            return Err(ApiError::forbidden("You have no access to this board."));
        }
    }
    let kinds = Kinds::parse(query.kind.as_deref());
    let show = move |entry: &Entry| {
        let fits = board.is_none_or(|board| entry.event.board_id == Some(board));
        (fits && kinds.include(&entry.event.kind)).then(|| entry.frame.clone())
    };
    let stopping = state.stopping.clone();
    let follower = Follower::new(&state.events, state.db.clone(), stopping, audience, &start, show);
    let silence = Duration::from_secs(query.heartbeat.0.unsigned_abs());
    let follower = follower.heartbeat_after(silence).only_while(Needs { board, ..Needs::default() });
    Ok(events::response(follower.naming_the_start().frames()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, "task.created", true)]
    #[case(Some(" , "), "task.created", true)]
    #[case(Some("task"), "task.created", true)]
    #[case(Some("task.created"), "task.created", true)]
    #[case(Some("task.created"), "task.updated", false)]
    #[case(Some("board"), "board_group.created", false)]
    #[case(Some("agent, task.updated"), "task.updated", true)]
    fn kinds_are_chosen_by_name_or_by_their_first_word(
        #[case] wanted: Option<&str>,
        #[case] kind: &str,
        #[case] delivered: bool,
    ) {
        assert_eq!(Kinds::parse(wanted).include(kind), delivered);
    }
}
