//! Recognising a database of the reference: by the revision that it says it has, and by its tables and columns.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::error::{StoreError, StoreResult};

/// `table`, `column`, type and nullability of everything in the reference's schema, one per line.
const COLUMNS: &str = include_str!("reference_columns.tsv");
/// Where the reference keeps its revision.
const VERSION_TABLE: &str = "alembic_version";
/// The revision whose schema this is.
pub(super) const NEWEST: &str = "a9b1c2d3e4f7";
/// Earlier revisions.
const EARLIER: &[&str] = &[
    "658dca8f4a11",
    "a1e6b0d62f0c",
    "b308f2876359",
    "c3b58a391f2e",
    "f4d2b649e93a",
    "99cd6df95f85",
    "b4338be78eec",
    "d8c1e5a4f7b2",
    "e2f9c6b4a1d3",
    "c2e9f1a6d4b8",
    "fa6e83f8d9a1",
    "1a7b2c3d4e5f",
    "b6f4c7d9e1a2",
    "b05c7b628636",
    "c9d7e9b6a4f2",
    "4c1f5e2a7b9d",
    "a2f6c9d4b7e8",
    "b7a1d9c3e4f5",
    "c5d1a2b3e4f6",
    "b497b348ebb4",
    "e3a1b2c4d5f6",
    "f1b2c3d4e5a6",
    "a1b2c3d4e5f6",
];

/// A table of the reference: its name, and its columns with their types.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: Vec<(&'static str, &'static str)>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Exists {
    #[diesel(sql_type = Bool)]
    found: bool,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// A database of the reference that can be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its revision; none where it does not say one, and its columns are complete.
    pub revision: Option<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
}

/// The reference's database at this connection, if it is one; `None` for any other, an empty one included.
///
/// # Errors
/// [`StoreError::Migration`] with the reason when it is one that cannot be taken over.
pub(super) fn recognise(pg: &mut PgConnection) -> StoreResult<Option<Reference>> {
    let present = columns(pg)?;
    let tables = tables();
    if !tables.iter().any(|table| present.iter().any(|(name, _)| name == table.name)) {
        return Ok(None);
    }
    let revision = revision(pg)?;
    let missing = tables.iter().flat_map(|table| {
        table.columns.iter().map(move |(column, _)| (table.name.to_owned(), (*column).to_owned()))
    });
    let missing: Vec<_> = missing.filter(|column| !present.contains(column)).collect();
    let refused = |reason: String| Err(StoreError::Migration(reason));
    match revision.as_deref() {
        Some(earlier) if EARLIER.contains(&earlier) => {
            return refused(format!(
                "the database is the reference's at revision {earlier}, an earlier one; bring it to {NEWEST} with the \
                 reference's last release (`alembic upgrade head`) first"
            ));
        }
        Some(unknown) if unknown != NEWEST => {
            return refused(format!(
                "the database says that it has revision {unknown} of the reference, which this program does not know \
                 ({NEWEST} is the newest that it knows): a later release or a changed one made it, and taking it over might \
                 lose what that added"
            ));
        }
        _ => {}
    }
    if let Some((table, column)) = missing.first() {
        return refused(format!(
            "the database has tables of another schema: {} expected columns are missing, first {table}.{column}; \
             upgrade it to the last release of the system that made it, or use an empty database",
            missing.len()
        ));
    }
    let rows = tables.iter().map(|table| {
        let count = format!("SELECT count(*) AS count FROM \"{}\"", table.name);
        Ok((table.name.to_owned(), diesel::sql_query(count).get_result::<Count>(pg)?.count))
    });
    Ok(Some(Reference { revision, rows: rows.collect::<StoreResult<_>>()? }))
}

/// What the reference's own tool says of the schema.
pub(super) fn revision(pg: &mut PgConnection) -> StoreResult<Option<String>> {
    if !has_table(pg, VERSION_TABLE)? {
        return Ok(None);
    }
    let told = diesel::sql_query("SELECT version_num::text AS line FROM alembic_version ORDER BY 1");
    let told: Vec<String> = told.load::<Line>(pg)?.into_iter().map(|row| row.line).collect();
    Ok((!told.is_empty()).then(|| told.join(" and ")))
}

/// Whether the database is the reference's, ours besides or not.
pub(super) fn is_of_reference(pg: &mut PgConnection) -> StoreResult<bool> {
    has_table(pg, VERSION_TABLE)
}

/// Whether the current schema has a table of this name.
pub(super) fn has_table(pg: &mut PgConnection, name: &str) -> StoreResult<bool> {
    let answer = diesel::sql_query(
        "SELECT EXISTS (SELECT 1 FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_name = $1) AS found",
    )
    .bind::<Text, _>(name)
    .get_result::<Exists>(pg)?;
    Ok(answer.found)
}

fn columns(pg: &mut PgConnection) -> StoreResult<BTreeSet<(String, String)>> {
    #[derive(QueryableByName)]
    struct Column {
        #[diesel(sql_type = Text)]
        table_name: String,
        #[diesel(sql_type = Text)]
        column_name: String,
    }
    let columns = diesel::sql_query(
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = current_schema()",
    )
    .load::<Column>(pg)?;
    Ok(columns.into_iter().map(|column| (column.table_name, column.column_name)).collect())
}

/// Every table of the reference.
pub(super) fn tables() -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in COLUMNS.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(name), Some(column), Some(kind)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push((column, kind)),
            None => tables.push(Table { name, columns: vec![(column, kind)] }),
        }
    }
    tables
}
