//! Lists that clients know as plain arrays. An answer holds a part of one, like a page, and says in headers which.

use actix_web::body::BoxBody;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use mission_control_core::limits::{ANSWER, PAGE, PLAIN_ARRAY, json_bytes, within};
use mission_control_store::{Listing, Page};
use serde::Serialize;

use crate::input::Bounded;

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
const LIMIT: HeaderName = HeaderName::from_static("x-limit");
const OFFSET: HeaderName = HeaderName::from_static("x-offset");
/// The headers of a part, and what they say.
pub const HEADERS: [(&str, &str); 3] = [
    ("X-Total-Count", "Entries in all."),
    ("X-Limit", "Most entries of this answer; where it ended early, how many it has."),
    ("X-Offset", "Entries skipped."),
];

crate::input! {
    /// Which part of an array is wanted.
    pub struct PartQuery {
        /// Entries of the answer; when absent, all of them up to 1000.
        pub limit: Option<Bounded<1, PAGE>>,
        /// Entries to skip.
        pub offset: Bounded<0, { i64::MAX }> = Bounded(0),
    }
}

impl PartQuery {
    /// The part of the list.
    pub fn page(&self) -> Page {
        Page::at(self.offset.0, self.limit.map_or(PLAIN_ARRAY, |limit| limit.0))
    }
}

/// A part of a list as a plain array.
#[derive(Debug)]
pub struct Part<T> {
    items: Vec<T>,
    total: i64,
    limit: i64,
    offset: i64,
}

impl<T: Serialize> Part<T> {
    /// The part's answer, each row in its public form: as many as fit into it with all that they hold.
    pub fn of<R>(listing: Listing<R>, public: impl FnMut(R) -> T) -> Self {
        let part = listing.map(public).cut(PLAIN_ARRAY as usize, ANSWER, json_bytes);
        // An answer that ends early says where, so that clients go on behind it.
        let ends_early = part.next.as_ref().and_then(|_| i64::try_from(part.items.len()).ok());
        let Listing { items, total, limit, offset, .. } = part;
        Self { items, total, limit: ends_early.unwrap_or(limit), offset }
    }

    /// A part of what is there as a whole.
    pub fn of_all(items: Vec<T>, query: &PartQuery) -> Self {
        let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let (limit, offset) = (query.limit.map_or(PLAIN_ARRAY, |limit| limit.0), query.offset.0);
        let rows = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        let wanted: Vec<T> = items.into_iter().skip(rows(offset)).take(rows(limit)).collect();
        let asked = wanted.len();
        let items = within(wanted, asked, ANSWER);
        let ends_early = i64::try_from(items.len()).ok().filter(|_| items.len() < asked);
        Self { items, total, limit: ends_early.unwrap_or(limit), offset }
    }
}

impl<T: Serialize> Responder for Part<T> {
    type Body = BoxBody;

    fn respond_to(self, _request: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((TOTAL, HeaderValue::from(self.total)))
            .insert_header((LIMIT, HeaderValue::from(self.limit)))
            .insert_header((OFFSET, HeaderValue::from(self.offset)))
            .json(self.items)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, 0, 0..3)]
    #[case(Some(2), 0, 0..2)]
    #[case(Some(2), 2, 2..3)]
    #[case(None, i64::MAX, 0..0)]
    fn a_part_of_what_is_there_has_what_was_asked_for(
        #[case] limit: Option<i64>,
        #[case] offset: i64,
        #[case] expected: std::ops::Range<i32>,
    ) {
        let query = PartQuery { limit: limit.map(Bounded), offset: Bounded(offset) };
        let part = Part::of_all(vec![0, 1, 2], &query);
        assert_eq!((part.items, part.total), (expected.collect::<Vec<_>>(), 3));
        assert_eq!((part.limit, part.offset), (limit.unwrap_or(PLAIN_ARRAY), offset));
    }
}
