//! Streams of one kind of thing: first what changed since a point in time, then what happens.
//!
//! All are fed by the event log, like the stream of everything. Their rows and the position in the log where they go on
//! are read from one state of the database, so each change arrives once.

mod board;
mod memory;
mod organization;

use std::time::Duration;

use actix_web::HttpResponse;
use mission_control_core::id::BoardId;
use mission_control_core::models::Event;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreResult};
use serde_json::{Map, Value};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::events::{self, Audience, Entry, Follower, Start};
use crate::http::LastEventId;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(organization::agents)
        .service(organization::task_comments)
        .service(board::tasks)
        .service(board::approvals)
        .service(memory::of_board)
        .service(memory::of_group)
        .service(memory::of_boards_group);
}

crate::input! {
    /// Where a stream begins.
    pub struct StreamQuery {
        /// First what changed since this time, then what happens; absent, only what happens.
        pub since: Option<String>,
    }
}

crate::input! {
    /// What a stream shows, and where it begins.
    pub struct BoardStreamQuery {
        /// Only what is on this board.
        pub board_id: Option<BoardId>,
        /// First what changed since this time, then what happens; absent, only what happens.
        pub since: Option<String>,
    }
}

/// Where a client wants a stream to begin.
#[derive(Clone, Copy)]
struct From {
    seen: Option<i64>,
    since: Option<Timestamp>,
}

impl From {
    /// Who comes back has the rows since then. A time that cannot be read counts as none.
    fn of(last: LastEventId, since: Option<&str>) -> Self {
        let since = since.filter(|_| last.0.is_none()).and_then(|text| Timestamp::parse(text).ok());
        Self { seen: last.0, since }
    }
}

/// What a stream needs of one state of the database.
struct Opening {
    audience: Audience,
    start: Start,
    rows: Vec<Value>,
    lag: Duration,
}

impl Opening {
    /// `rows` are read when the client asks for what changed since a time.
    fn read(
        conn: &mut Conn,
        from: From,
        audience: Audience,
        rows: impl FnOnce(&mut Conn, &Audience, Timestamp) -> StoreResult<Vec<Value>>,
    ) -> StoreResult<Self> {
        let start = Start::after(conn, from.seen)?;
        let rows = match from.since {
            Some(since) => rows(conn, &audience, since)?,
            None => Vec::new(),
        };
        Ok(Self { audience, start, rows, lag: Duration::ZERO })
    }

    /// Holds back what happens for so long.
    fn lagging(self, lag: Duration) -> Self {
        Self { lag, ..self }
    }

    /// The stream: `show` makes the data of an entry, or passes it over.
    fn stream(
        self,
        state: &State,
        name: &'static str,
        board: Option<BoardId>,
        show: impl Fn(&Event) -> Option<Value> + 'static,
    ) -> HttpResponse {
        let frame = move |entry: &Entry| {
            let data = show(&entry.event)?;
            Some(events::data(Some(entry.event.seq), name, &data))
        };
        // With the last row the client has everything up to the start.
        let last = self.rows.len().saturating_sub(1);
        let position = self.start.position;
        let rows = self.rows.iter().enumerate();
        let rows: Vec<_> =
            rows.map(|(n, data)| events::data((n == last).then_some(position), name, data)).collect();
        let follower = Follower::new(
            &state.events,
            state.db.clone(),
            state.stopping.clone(),
            self.audience,
            &self.start,
            frame,
        );
        let follower = follower.first(rows).lagging(self.lag);
        events::response(match board {
            Some(board) => follower.only_while_seeing(board).frames(),
            None => follower.frames(),
        })
    }
}

/// Some fields of an entry's payload, if they are all there.
fn fields(event: &Event, names: &[&str]) -> Option<Value> {
    let field = |name: &&str| Some(((*name).to_owned(), event.payload.get(*name)?.clone()));
    names.iter().map(field).collect::<Option<Map<_, _>>>().map(Value::Object)
}
