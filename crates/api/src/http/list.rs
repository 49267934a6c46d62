//! Lists: how callers ask for a page, and how it is answered.

use mission_control_core::limits::{ANSWER, CURSOR, PAGE, json_bytes};
use mission_control_store::{Cursor, Listing, Page};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use crate::error::{ApiError, ApiResult};
use crate::input::{Bounded, Fault, FromInput, Reader, text};

crate::input! {
    /// Which part of a list is wanted.
    pub struct PageQuery {
        /// Entries per page.
        pub limit: Bounded<1, PAGE> = Bounded(PAGE),
        /// Entries to skip.
        pub offset: Bounded<0, { i64::MAX }> = Bounded(0),
        /// `next_cursor` of the page before: the entries after it, whatever came or went meanwhile. Instead of `offset`.
        pub cursor: Option<Cursor>,
    }
}

impl FromInput for Cursor {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        match text(value, reader, CURSOR)?.parse() {
            Ok(cursor) => Some(cursor),
            Err(_) => reader.fail("cursor_invalid", "Expected the next_cursor of an earlier page."),
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(CURSOR)).into()
    }
}

impl PageQuery {
    /// The part of the list.
    ///
    /// # Errors
    /// 422 for a cursor and an offset at once.
    pub fn page(&self) -> ApiResult<Page> {
        match self.cursor.clone() {
            None => Ok(Page::at(self.offset.0, self.limit.0)),
            Some(cursor) if self.offset.0 == 0 => Ok(Page::after(cursor, self.limit.0)),
            Some(_) => Err(ApiError::invalid(vec![Fault::of_parameter(
                "offset",
                "value_error",
                "A cursor says where the page begins: leave offset out.",
            )])),
        }
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The entries of this page.
    pub items: Vec<T>,
    /// Entries in the whole list.
    pub total: i64,
    /// Entries per page, as asked for.
    pub limit: i64,
    /// Entries skipped, as asked for.
    pub offset: i64,
    /// `cursor` of the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

impl<T: Serialize> List<T> {
    /// The page's answer, each row in its public form: as many as fit into it with all that they hold.
    pub fn of<R>(listing: Listing<R>, public: impl FnMut(R) -> T) -> Self {
        let page = listing.map(public).cut(PAGE as usize, ANSWER, json_bytes);
        let Listing { items, total, limit, offset, next, .. } = page;
        Self { items, total, limit, offset, next_cursor: next.map(|cursor| cursor.to_string()) }
    }
}
