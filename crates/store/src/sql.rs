//! SQL functions that queries share.

use diesel::expression::AsExpression;
use diesel::sql_types::{Integer, Nullable, Text};
use diesel::{QueryResult, SqliteConnection};
use mission_control_core::limits::SORTED;

diesel::define_sql_function! {
    /// Lower case, of any letter: as the locale of a PostgreSQL database says, and of SQLite by [`teach_lower`].
    fn lower(text: Text) -> Text;
}

diesel::define_sql_function! {
    /// [`lower()`] of a column that may be empty.
    #[sql_name = "lower"]
    fn lower_or_null(text: Nullable<Text>) -> Nullable<Text>;
}

/// SQLite itself knows the letters of ASCII alone.
pub(crate) fn teach_lower(conn: &mut SqliteConnection) -> QueryResult<()> {
    lower_or_null_utils::register_impl(conn, |text: Option<String>| text.map(|text| text.to_lowercase()))
}

diesel::define_sql_function! {
    /// Without the blanks at either end.
    fn trim(text: Text) -> Text;
}

diesel::define_sql_function! {
    /// [`trim()`] of a column that may be empty.
    #[sql_name = "trim"]
    fn trim_or_null(text: Nullable<Text>) -> Nullable<Text>;
}

diesel::define_sql_function! {
    /// Number of characters.
    fn length(text: Text) -> Integer;
}

diesel::define_sql_function! {
    /// `count` characters, the first of them number `from`, counted from 1.
    fn substr(text: Text, from: Integer, count: Integer) -> Text;
}

/// What a list is ordered by, of a text that may be long: a cursor holds it, and is never longer than cursors that are sent
/// back may be.
pub(crate) fn beginning<T: AsExpression<Text>>(text: T) -> substr<T, i32, i32> {
    substr(text, 1, SORTED)
}

/// The text as a part of a pattern of `LIKE … ESCAPE '\\'` that stands for itself.
pub(crate) fn like_literally(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}

diesel::define_sql_function! {
    /// The text, or what stands for none.
    #[sql_name = "coalesce"]
    fn or_blank(text: Nullable<Text>, none: Text) -> Text;
}

/// The bytes of columns that may be long, texts or JSON, together, and of sums that are bytes themselves.
macro_rules! bytes {
    ($($column:literal),+ $(; $($sum:literal),+)?) => {
        ::diesel::dsl::sql::<::diesel::sql_types::BigInt>(concat!(
            "CAST(0", $(" + COALESCE(OCTET_LENGTH(CAST(", $column, " AS TEXT)), 0)",)+
            $($(" + COALESCE(", $sum, ", 0)",)+)? " AS BIGINT)"
        ))
    };
}

pub(crate) use bytes;
