//! Conditions on a list of values, however long it is.
//!
//! Diesel's `eq_any` and `ne_all` bind one variable for each value of a list on SQLite, which takes 32,766 of them in a
//! statement: they are for sub-queries. Here the whole list is one variable on both back ends.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Array, Bool, HasSqlType, SqlType, Text};
use diesel::sqlite::Sqlite;
use serde::Serialize;

use crate::conn::MultiBackend;

/// The column has one of these values, whose text or number in JSON is that in the column.
pub(crate) fn among<C, T: Clone>(column: C, values: &[T]) -> Among<C, T> {
    Among { column, values: Values(values.to_vec()), wanted: true }
}

/// The column has a value, which is none of these; see [`among`].
pub(crate) fn not_among<C, T: Clone>(column: C, values: &[T]) -> Among<C, T> {
    Among { column, values: Values(values.to_vec()), wanted: false }
}

/// Whether a statement for SQLite binds a list value by value: a long one would fail.
pub(crate) fn binds_value_by_value(statement: &str) -> bool {
    statement.contains(" IN (?")
}

/// [`among`] and [`not_among`].
#[derive(Debug, Clone)]
pub(crate) struct Among<C, T> {
    column: C,
    values: Values<T>,
    wanted: bool,
}

/// A list that is a JSON text on SQLite.
#[derive(Debug, Clone)]
struct Values<T>(Vec<T>);

impl<T: Serialize + std::fmt::Debug> ToSql<Text, Sqlite> for Values<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<C, T> QueryFragment<Pg> for Among<C, T>
where
    C: Expression + QueryFragment<Pg>,
    C::SqlType: SqlType,
    Pg: HasSqlType<Array<C::SqlType>>,
    Vec<T>: ToSql<Array<C::SqlType>, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(if self.wanted { " = ANY(" } else { " <> ALL(" });
        out.push_bind_param::<Array<C::SqlType>, Vec<T>>(&self.values.0)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<C, T> QueryFragment<Sqlite> for Among<C, T>
where
    C: Expression + QueryFragment<Sqlite>,
    Sqlite: HasSqlType<C::SqlType>,
    T: ToSql<C::SqlType, Sqlite>,
    Values<T>: ToSql<Text, Sqlite>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        // Of a single value SQLite knows that the rest of an index is in order.
        if let [value] = self.values.0.as_slice() {
            out.push_sql(if self.wanted { " = " } else { " <> " });
            return out.push_bind_param::<C::SqlType, T>(value);
        }
        out.push_sql(if self.wanted { " IN " } else { " NOT IN " });
        out.push_sql("(SELECT value FROM json_each(");
        out.push_bind_param::<Text, Values<T>>(&self.values)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<C, T> QueryFragment<MultiBackend> for Among<C, T>
where
    Self: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(self, out)
    }
}

impl<C, T> Expression for Among<C, T>
where
    C: Expression,
{
    type SqlType = Bool;
}

impl<C: ValidGrouping<G>, T, G> ValidGrouping<G> for Among<C, T> {
    type IsAggregate = C::IsAggregate;
}

impl<C: AppearsOnTable<S>, T, S> AppearsOnTable<S> for Among<C, T> {}

impl<C: SelectableExpression<S>, T, S> SelectableExpression<S> for Among<C, T> {}

/// What it is in SQL depends on how many values there are.
impl<C, T> QueryId for Among<C, T> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use mission_control_core::id::BoardId;
    use mission_control_core::schema::boards;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, " IN (SELECT value FROM json_each(?))", " NOT IN (SELECT value FROM json_each(?))")]
    #[case(1, " = ?", " <> ?")]
    #[case(2, " IN (SELECT value FROM json_each(?))", " NOT IN (SELECT value FROM json_each(?))")]
    fn a_list_is_one_variable(#[case] count: usize, #[case] within: &str, #[case] without: &str) {
        let ids: Vec<BoardId> = std::iter::repeat_with(BoardId::random).take(count).collect();
        let one = boards::table.filter(among(boards::id, &ids)).select(boards::id);
        let other = boards::table.filter(not_among(boards::id, &ids)).select(boards::id);
        let ends = [
            (diesel::debug_query::<Sqlite, _>(&one).to_string(), within),
            (diesel::debug_query::<Sqlite, _>(&other).to_string(), without),
        ];
        for (statement, end) in ends {
            let (statement, _) = statement.split_once(" -- binds").unwrap();
            assert!(statement.ends_with(end), "{statement}");
        }
        let statement = diesel::debug_query::<Pg, _>(&one).to_string();
        assert!(statement.contains(" = ANY($1)") && !statement.contains("$2"), "{statement}");
    }

    #[test]
    fn what_binds_a_list_value_by_value_is_told() {
        let ids = [BoardId::random(), BoardId::random()];
        let query = boards::table.filter(boards::id.eq_any(ids)).select(boards::id);
        assert!(binds_value_by_value(&diesel::debug_query::<Sqlite, _>(&query).to_string()));
    }
}
