//! What a stream begins with.

use actix_web::HttpResponse;
use mission_control_core::id::BoardId;
use mission_control_core::limits::MOMENT;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreResult};
use serde_json::Value;

use crate::events::{self, Audience, Entry, Follower, Needs, Start};
use crate::http::LastEventId;
use crate::input::AnyText;
use crate::state::State;

crate::input! {
    /// Where a stream begins.
    pub(crate) struct StreamQuery {
        /// First what changed since this time, then what happens; absent, only what happens.
        pub since: Option<AnyText<MOMENT>>,
    }
}

crate::input! {
    /// What a stream shows, and where it begins.
    pub(crate) struct BoardStreamQuery {
        /// Only what is on this board.
        pub board_id: Option<BoardId>,
        /// First what changed since this time, then what happens; absent, only what happens.
        pub since: Option<AnyText<MOMENT>>,
    }
}

/// Where a client wants a stream to begin.
#[derive(Clone, Copy)]
pub(super) struct From {
    seen: Option<i64>,
    since: Option<Timestamp>,
}

impl From {
    /// Who comes back has the rows since then. A time that cannot be read counts as none.
    pub(super) fn of(last: LastEventId, since: Option<&str>) -> Self {
        let since = since.filter(|_| last.0.is_none()).and_then(|text| Timestamp::parse(text).ok());
        Self { seen: last.0, since }
    }
}

/// What a stream needs of one state of the database.
pub(super) struct Opening {
    pub(super) audience: Audience,
    start: Start,
    rows: Vec<Value>,
}

impl Opening {
    /// `rows` are read when the client asks for what changed since a time.
    pub(super) fn read(
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
        Ok(Self { audience, start, rows })
    }

    /// The stream, while the listener meets `needs`: `show` makes the data of an entry, or passes it over.
    pub(super) fn stream(
        self,
        state: &State,
        name: &'static str,
        needs: Needs,
        show: impl Fn(&Entry) -> Option<Value> + 'static,
    ) -> HttpResponse {
        let frame = move |entry: &Entry| {
            let data = show(entry)?;
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
        events::response(follower.first(rows).only_while(needs).frames())
    }
}
