//! Parts of a list.
//!
//! A list has a total order. A page of it begins after a number of rows (`offset`), or after the row where the page before
//! it ended: a [`Cursor`] holds what that row is ordered by. The second way is exact while rows come and go, since it
//! does not matter what stands before the cursor.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mission_control_core::limits::{self, CURSOR, PAGE_BYTES};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{StoreError, StoreResult};

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
        if text.len() > CURSOR {
            return Err(InvalidCursor);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidCursor)?;
        let key: Value = serde_json::from_slice(&bytes).map_err(|_| InvalidCursor)?;
        // A list that is ordered by one number has that alone.
        let is_key = key.is_array() || key.is_number();
        // No database takes a NUL character.
        if is_key && !has_nul(&key) { Ok(Self(key)) } else { Err(InvalidCursor) }
    }
}

fn has_nul(key: &Value) -> bool {
    match key {
        Value::Array(parts) => parts.iter().any(has_nul),
        Value::String(text) => text.contains('\0'),
        _ => false,
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    limit: i64,
    offset: i64,
    after: Option<Cursor>,
    /// The texts of its rows have so many bytes together, unless it is a single row.
    bytes: Option<i64>,
}

impl Page {
    /// Everything: for lists that are short by nature.
    pub const ALL: Self = Self::first(i64::MAX);

    /// The first `limit` items.
    pub const fn first(limit: i64) -> Self {
        Self { limit, offset: 0, after: None, bytes: None }
    }

    /// At most `limit` items after leaving out `offset`, and of those as many as fit into an answer.
    pub const fn at(offset: i64, limit: i64) -> Self {
        Self { limit, offset, after: None, bytes: Some(PAGE_BYTES) }
    }

    /// At most `limit` items after those of an earlier page, which ended at `cursor`, and of those as many as fit into an
    /// answer.
    pub const fn after(cursor: Cursor, limit: i64) -> Self {
        Self { limit, offset: 0, after: Some(cursor), bytes: Some(PAGE_BYTES) }
    }

    pub(crate) fn key<K: DeserializeOwned>(&self) -> StoreResult<Option<K>> {
        self.after.as_ref().map(Cursor::key).transpose()
    }

    pub(crate) const fn offset(&self) -> i64 {
        self.offset
    }

    /// Whether the page ends where its texts become too many.
    pub(crate) const fn is_measured(&self) -> bool {
        self.bytes.is_some()
    }

    /// One more than wanted shows whether there is another page.
    pub(crate) const fn fetched(&self) -> i64 {
        self.limit.saturating_add(1)
    }

    /// How many rows, whose texts have these sizes, the page has.
    pub(crate) fn fitting(&self, sizes: &[i64]) -> i64 {
        self.bytes.map_or(self.limit, |bytes| fitting(sizes, bytes).min(self.limit))
    }
}

/// How many of the first rows, whose texts have these sizes, have `bytes` together at most: one at least.
pub(crate) fn fitting(sizes: &[i64], bytes: i64) -> i64 {
    let sums = sizes.iter().scan(0_i64, |sum, size| {
        *sum = sum.saturating_add(*size);
        Some(*sum)
    });
    let fitting = sums.take_while(|sum| *sum <= bytes).count();
    if fitting == sizes.len() { i64::MAX } else { i64::try_from(fitting.max(1)).unwrap_or(i64::MAX) }
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
    /// Where a page would begin that goes on after each of the items.
    after: Vec<Cursor>,
}

impl<T> Listing<T> {
    /// A page of a list that has nothing in it.
    pub const fn empty(page: &Page) -> Self {
        Self {
            items: Vec::new(),
            total: 0,
            limit: page.limit,
            offset: page.offset,
            next: None,
            after: Vec::new(),
        }
    }

    /// The page of so many rows, of rows that were fetched with what they are ordered by.
    pub(crate) fn of<K: Serialize>(
        mut rows: Vec<(K, T)>,
        total: i64,
        page: &Page,
        count: i64,
    ) -> StoreResult<Self> {
        let limit = usize::try_from(count).unwrap_or(usize::MAX);
        let goes_on = rows.len() > limit;
        rows.truncate(limit);
        let after = rows.iter().map(|(key, _)| Cursor::at(key)).collect::<StoreResult<Vec<_>>>()?;
        let next = after.last().filter(|_| goes_on).cloned();
        let items = rows.into_iter().map(|(_, row)| row).collect();
        Ok(Self { items, total, limit: page.limit, offset: page.offset, next, after })
    }

    /// The same page without the last items, if there are more than `most` of them or if they have more than so many bytes;
    /// at least one stays.
    pub fn cut(mut self, most: usize, bytes: usize, size: impl Fn(&T) -> usize) -> Self {
        let fitting = limits::fitting(self.items.iter().take(most).map(size), bytes);
        if fitting < self.items.len() {
            self.items.truncate(fitting);
            self.after.truncate(fitting);
            self.next = self.after.last().cloned();
        }
        self
    }

    /// Goes on with the next page.
    pub fn extend(&mut self, next: Self) {
        self.items.extend(next.items);
        self.after.extend(next.after);
        self.next = next.next;
    }

    /// The same page, each item in another form.
    pub fn map<U>(self, form: impl FnMut(T) -> U) -> Listing<U> {
        let Self { items, total, limit, offset, next, after } = self;
        Listing { items: items.into_iter().map(form).collect(), total, limit, offset, next, after }
    }

    /// The same page, all items together in another form, each in its place.
    ///
    /// # Errors
    /// Those of `form`.
    pub fn try_map_all<U, E>(self, form: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>) -> Result<Listing<U>, E> {
        let Self { items, total, limit, offset, next, after } = self;
        Ok(Listing { items: form(items)?, total, limit, offset, next, after })
    }
}

/// Loads a page of a query: `listing!(conn, page, query, Key [order], columns, texts ["table.column", …])`.
///
/// `order` is the total order, a list of `asc(column)` and `desc(column)` whose last column is unique, and none of them
/// null; `Key` their Rust types, as pairs from the right: `(A, (B, C))`. `texts` are the columns that may be long: they are
/// measured before anything is read, and the page ends where they become too many; `nested` are the sums of bytes that are
/// read from other tables for a row. The query is sent up to three times, to count, to measure and to read.
macro_rules! listing {
    ($conn:expr, $page:expr, $query:expr, $key:ty [$($direction:ident($column:expr)),+], $columns:expr, texts [$($text:literal),+] $(nested [$($nested:literal),+])?) => {{
        let (conn, page): (&mut $crate::conn::Conn, &$crate::page::Page) = ($conn, $page);
        let total = $query.count().get_result(conn)?;
        let count = if page.is_measured() {
            let sizes: Vec<i64> = $crate::page::listing!(
                @load conn, page, $query, $key [$($direction($column)),+], page.fetched(),
                $crate::sql::bytes!($($text),+ $(; $($nested),+)?)
            );
            page.fitting(&sizes)
        } else {
            page.fitting(&[])
        };
        // What came in meanwhile is not lost: the row after the last one says whether there is another page.
        let rows: Vec<($key, _)> = $crate::page::listing!(
            @load conn, page, $query, $key [$($direction($column)),+], count.saturating_add(1),
            ($crate::page::listing!(@key $($column),+), $columns)
        );
        $crate::page::Listing::of(rows, total, page, count)
    }};
    (@load $conn:ident, $page:ident, $query:expr, $key:ty [$($direction:ident($column:expr)),+], $limit:expr, $select:expr) => {
        match $page.key::<$key>()? {
            None => $query
                .order(($($column.$direction(),)+))
                .limit($limit)
                .offset($page.offset())
                .select($select)
                .load($conn)?,
            Some(key) => $query
                .filter($crate::page::listing!(@after key, $($direction($column)),+))
                .order(($($column.$direction(),)+))
                .limit($limit)
                .select($select)
                .load($conn)?,
        }
    };
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
    #[case(&URL_SAFE_NO_PAD.encode("true"))]
    #[case(&URL_SAFE_NO_PAD.encode(r#"[["a\u0000"]]"#))]
    #[case(&"W10".repeat(2000))]
    fn other_text_is_no_cursor(#[case] text: &str) {
        assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor));
    }

    #[test]
    fn a_list_that_is_ordered_by_a_number_alone_has_cursors_too() {
        let back: Cursor = Cursor::at(12).unwrap().to_string().parse().unwrap();
        assert_eq!(back.key::<i64>().unwrap(), 12);
    }

    #[test]
    fn a_cursor_of_a_list_in_another_order_is_refused() {
        let cursor = Cursor::at((1, 2)).unwrap();
        assert!(matches!(cursor.key::<(String, i64)>(), Err(StoreError::ForeignCursor)));
    }

    #[test]
    fn a_page_is_cut_where_there_is_no_more_room_and_goes_on_there() {
        let page = || Listing::of((0..5).map(|n| ((n, n), n)).collect(), 5, &Page::first(5), 5).unwrap();
        let cut = |most, bytes| page().cut(most, bytes, |_| 10);
        assert_eq!(cut(9, 999), page());
        for (most, bytes) in [(3, 999), (9, 30), (9, 39)] {
            let cut = cut(most, bytes);
            assert_eq!((cut.items, cut.next), (vec![0, 1, 2], Some(Cursor::at((2, 2)).unwrap())));
        }
        assert_eq!(cut(9, 1).items, [0]);
    }

    #[test]
    fn only_the_last_page_names_no_next_one() {
        let rows = |count: i64| (0..count).map(|n| ((n, n), n)).collect();
        let page = Page::first(2);
        let more = Listing::of(rows(3), 3, &page, 2).unwrap();
        assert_eq!((more.items, more.next), (vec![0, 1], Some(Cursor::at((1, 1)).unwrap())));
        let last = Listing::of(rows(2), 2, &page, 2).unwrap();
        assert_eq!((last.items, last.next), (vec![0, 1], None));
    }

    #[rstest]
    #[case(&[], i64::MAX)]
    #[case(&[5, 5], i64::MAX)]
    #[case(&[5, 5, 1], 2)]
    #[case(&[11, 1], 1)]
    #[case(&[1, 11, 1], 1)]
    fn a_page_ends_where_its_texts_become_too_many_and_has_one_row_at_least(
        #[case] sizes: &[i64],
        #[case] expected: i64,
    ) {
        assert_eq!(fitting(sizes, 10), expected);
    }
}
