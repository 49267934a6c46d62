//! Parts of a list.
//!
//! A list has a total order. A page of it begins after a number of rows (`offset`), or after the row where the page before
//! it ended: a [`Cursor`] holds what that row is ordered by. The second way is exact while rows come and go, since it
//! does not matter what stands before the cursor.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{StoreError, StoreResult};

/// Longest text of a cursor, in bytes: no list is ordered by more than a name, a time and an id.
const MAX_CURSOR: usize = 4096;

/// Where a page ended. Opaque text outside of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(Value);

/// The text is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct InvalidCursor;

impl Cursor {
    fn at(key: impl Serialize) -> StoreResult<Self> {
        serde_json::to_value(key).map(Self).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    fn key<K: DeserializeOwned>(&self) -> StoreResult<K> {
        serde_json::from_value(self.0.clone()).map_err(|_| StoreError::ForeignCursor)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0.to_string()))
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        if text.len() > MAX_CURSOR {
            return Err(InvalidCursor);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidCursor)?;
        let key: Value = serde_json::from_slice(&bytes).map_err(|_| InvalidCursor)?;
        if key.is_array() { Ok(Self(key)) } else { Err(InvalidCursor) }
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    limit: i64,
    offset: i64,
    after: Option<Cursor>,
}

impl Page {
    /// Everything: for lists that are short by nature.
    pub const ALL: Self = Self::first(i64::MAX);

    /// The first `limit` items.
    pub const fn first(limit: i64) -> Self {
        Self::at(0, limit)
    }

    /// At most `limit` items after leaving out `offset`.
    pub const fn at(offset: i64, limit: i64) -> Self {
        Self { limit, offset, after: None }
    }

    /// At most `limit` items after those of an earlier page, which ended at `cursor`.
    pub const fn after(cursor: Cursor, limit: i64) -> Self {
        Self { limit, offset: 0, after: Some(cursor) }
    }

    pub(crate) fn key<K: DeserializeOwned>(&self) -> StoreResult<Option<K>> {
        self.after.as_ref().map(Cursor::key).transpose()
    }

    pub(crate) const fn offset(&self) -> i64 {
        self.offset
    }

    /// One more than wanted shows whether there is another page.
    pub(crate) const fn fetched(&self) -> i64 {
        self.limit.saturating_add(1)
    }
}

/// A part of a list and the length of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: i64,
    /// How many items were asked for.
    pub limit: i64,
    /// How many were to be left out.
    pub offset: i64,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

impl<T> Listing<T> {
    /// A page of a list that has nothing in it.
    pub const fn empty(page: &Page) -> Self {
        Self { items: Vec::new(), total: 0, limit: page.limit, offset: page.offset, next: None }
    }

    /// The page, of rows that were fetched with what they are ordered by.
    pub(crate) fn of<K: Serialize>(mut rows: Vec<(K, T)>, total: i64, page: &Page) -> StoreResult<Self> {
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let goes_on = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| goes_on).map(|(key, _)| Cursor::at(key)).transpose()?;
        let items = rows.into_iter().map(|(_, row)| row).collect();
        Ok(Self { items, total, limit: page.limit, offset: page.offset, next })
    }

    /// The same page, each item in another form.
    pub fn map<U>(self, form: impl FnMut(T) -> U) -> Listing<U> {
        let Self { items, total, limit, offset, next } = self;
        Listing { items: items.into_iter().map(form).collect(), total, limit, offset, next }
    }

    /// The same page, all items together in another form.
    ///
    /// # Errors
    /// Those of `form`.
    pub fn try_map_all<U, E>(self, form: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>) -> Result<Listing<U>, E> {
        let Self { items, total, limit, offset, next } = self;
        Ok(Listing { items: form(items)?, total, limit, offset, next })
    }
}

/// Loads a page of a query: `listing!(conn, page, query, Key [order], columns)`.
///
/// `order` is the total order, a list of `asc(column)` and `desc(column)` whose last column is unique, and none of them
/// null; `Key` their Rust types, as pairs from the right: `(A, (B, C))`. The query is sent twice, once to count.
macro_rules! listing {
    ($conn:expr, $page:expr, $query:expr, $key:ty [$($direction:ident($column:expr)),+], $columns:expr) => {{
        let (conn, page): (&mut $crate::conn::Conn, &$crate::page::Page) = ($conn, $page);
        let total = $query.count().get_result(conn)?;
        let rows: Vec<($key, _)> = match page.key::<$key>()? {
            None => $query
                .order(($($column.$direction(),)+))
                .limit(page.fetched())
                .offset(page.offset())
                .select(($crate::page::listing!(@key $($column),+), $columns))
                .load(conn)?,
            Some(key) => $query
                .filter($crate::page::listing!(@after key, $($direction($column)),+))
                .order(($($column.$direction(),)+))
                .limit(page.fetched())
                .select(($crate::page::listing!(@key $($column),+), $columns))
                .load(conn)?,
        };
        $crate::page::Listing::of(rows, total, page)
    }};
    (@key $column:expr) => { $column };
    (@key $column:expr, $($rest:expr),+) => { ($column, $crate::page::listing!(@key $($rest),+)) };
    // `a <= x AND (a < x OR …)` lets an index find the place, `a < x OR (a = x AND …)` does not.
    (@after $key:expr, asc($column:expr)) => { $column.gt($key) };
    (@after $key:expr, desc($column:expr)) => { $column.lt($key) };
    (@after $key:expr, asc($column:expr), $($rest:tt)+) => {{
        let (first, rest) = $key;
        $column.ge($crate::page::again(&first)).and($column.gt(first).or($crate::page::listing!(@after rest, $($rest)+)))
    }};
    (@after $key:expr, desc($column:expr), $($rest:tt)+) => {{
        let (first, rest) = $key;
        $column.le($crate::page::again(&first)).and($column.lt(first).or($crate::page::listing!(@after rest, $($rest)+)))
    }};
}

pub(crate) use listing;

/// The same part of a key once more.
pub(crate) fn again<K: Clone>(part: &K) -> K {
    part.clone()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_cursor_survives_the_way_to_the_client_and_back() {
        let cursor = Cursor::at(("Ä \"quoted\"", (1, true))).unwrap();
        let back: Cursor = cursor.to_string().parse().unwrap();
        assert_eq!(back, cursor);
        assert_eq!(back.key::<(String, (i64, bool))>().unwrap(), ("Ä \"quoted\"".to_owned(), (1, true)));
    }

    #[rstest]
    #[case("")]
    #[case("!")]
    #[case("e30")]
    #[case("MTIz")]
    #[case(&"W10".repeat(2000))]
    fn other_text_is_no_cursor(#[case] text: &str) {
        assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor));
    }

    #[test]
    fn a_cursor_of_a_list_in_another_order_is_refused() {
        let cursor = Cursor::at((1, 2)).unwrap();
        assert!(matches!(cursor.key::<(String, i64)>(), Err(StoreError::ForeignCursor)));
    }

    #[test]
    fn only_the_last_page_names_no_next_one() {
        let rows = |count: i64| (0..count).map(|n| ((n, n), n)).collect();
        let page = Page::first(2);
        let more = Listing::of(rows(3), 3, &page).unwrap();
        assert_eq!((more.items, more.next), (vec![0, 1], Some(Cursor::at((1, 1)).unwrap())));
        let last = Listing::of(rows(2), 2, &page).unwrap();
        assert_eq!((last.items, last.next), (vec![0, 1], None));
    }
}
