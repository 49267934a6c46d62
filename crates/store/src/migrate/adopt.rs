//! Taking over a database of the reference in place, and giving it back.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use mission_control_core::schema::leases;
use mission_control_core::time::Timestamp;

use super::reference::{self, Reference, Table};
use super::schema::adopted_tables;
use crate::error::{StoreError, StoreResult};

/// A table of the reference as it was when it was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = adopted_tables)]
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) row_count: i64,
    /// Of all values in the reference's columns.
    pub(super) fingerprint: String,
    pub(super) revision: Option<String>,
    pub(super) adopted_at: Timestamp,
}

#[derive(QueryableByName)]
struct Print {
    #[diesel(sql_type = BigInt)]
    row_count: i64,
    #[diesel(sql_type = Text)]
    fingerprint: String,
}

/// Marks the baseline as applied when its tables are there without us having made them, and says how they are: to be kept when
/// the schema has the place for it.
///
/// A database that cannot be taken over is refused, with the reason, rather than changed. The reference's own
/// `alembic_version` is left alone.
pub(super) fn adopt(pg: &mut PgConnection, baseline: &str) -> StoreResult<Vec<Kept>> {
    if reference::has_table(pg, "__diesel_schema_migrations")? {
        return Ok(Vec::new());
    }
    let Some(Reference { revision, .. }) = reference::recognise(pg)? else { return Ok(Vec::new()) };
    let kept = fingerprints(pg, revision.as_deref())?;
    pg.setup()?;
    diesel::sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ($1)")
        .bind::<Text, _>(baseline)
        .execute(pg)?;
    tracing::info!(migration = baseline, "database of the reference taken over");
    Ok(kept)
}

/// How the tables of the reference are now, by its columns alone.
pub(super) fn fingerprints(pg: &mut PgConnection, revision: Option<&str>) -> StoreResult<Vec<Kept>> {
    // How times and numbers read as text must not differ from one look to the next.
    pg.batch_execute(
        "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1; SET LOCAL timezone = 'UTC';",
    )?;
    let adopted_at = Timestamp::now();
    reference::tables()
        .into_iter()
        .map(|Table { name, columns }| {
            let columns: Vec<_> = columns.iter().map(|(column, _)| format!("\"{column}\"")).collect();
            let query = format!(
                "SELECT count(*) AS row_count, \
                 coalesce(md5(string_agg(line, '' ORDER BY line COLLATE \"C\")), '') AS fingerprint \
                 FROM (SELECT md5(ROW({})::text) AS line FROM \"{name}\") AS lines",
                columns.join(", ")
            );
            let Print { row_count, fingerprint } = diesel::sql_query(query).get_result(pg)?;
            let revision = revision.map(str::to_owned);
            Ok(Kept { name: name.to_owned(), row_count, fingerprint, revision, adopted_at })
        })
        .collect()
}

/// What was kept when the database was taken over; empty where it never was, or by a release that kept nothing.
pub(super) fn kept(pg: &mut PgConnection) -> StoreResult<Vec<Kept>> {
    if !reference::has_table(pg, "adopted_tables")? {
        return Ok(Vec::new());
    }
    Ok(adopted_tables::table.order(adopted_tables::name.asc()).load(pg)?)
}

/// Makes the database the reference's again: `revert` takes our migrations back. To be called in a transaction, which is given
/// up where a table is not what it was.
pub(super) fn give_back(
    pg: &mut PgConnection,
    revert: impl FnOnce(&mut PgConnection) -> StoreResult<usize>,
) -> StoreResult<usize> {
    let refused = |reason: String| Err(StoreError::Migration(reason));
    let before = kept(pg)?;
    let Some(first) = before.first() else {
        return refused(
            "there is nothing to give back: the database was not taken over from the reference, or by a release that did \
             not keep how its tables were"
                .to_owned(),
        );
    };
    let in_use =
        diesel::select(diesel::dsl::exists(leases::table.filter(leases::expires_at.gt(Timestamp::now()))))
            .get_result::<bool>(pg)?;
    if in_use {
        return refused(
            "processes of Mission Control work with the database; stop them, and try again half a minute later".to_owned(),
        );
    }
    let revision = first.revision.clone();
    if reference::revision(pg)? != revision {
        return refused("the reference has changed its schema since; it does not need it back".to_owned());
    }
    let reverted = revert(pg)?;
    pg.batch_execute("DROP TABLE __diesel_schema_migrations;")?;
    let mut now = fingerprints(pg, revision.as_deref())?;
    now.sort_by(|a, b| a.name.cmp(&b.name));
    let is_same = |(before, now): &(&Kept, &Kept)| before.fingerprint == now.fingerprint;
    let changed: Vec<&str> = before
        .iter()
        .zip(&now)
        .filter(|pair| !is_same(pair))
        .map(|(before, _)| before.name.as_str())
        .collect();
    if !changed.is_empty() {
        return refused(format!(
            "what was written since the database was taken over would be lost to the reference (tables {}); it is not given \
             back, and is as it was before this command",
            changed.join(", ")
        ));
    }
    tracing::info!("database given back to the reference");
    Ok(reverted)
}
