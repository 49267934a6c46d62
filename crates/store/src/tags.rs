//! Tags, and the tasks that bear them.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{BoardId, OrganizationId, TagId, TaskId};
use mission_control_core::models::{Tag, TagAssignment, TagChanges};
use mission_control_core::schema::{tag_assignments, tags, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::batch::insert_all;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower};
use crate::tx::Tx;

/// The tags of an organization, by name.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, organization_id: OrganizationId, page: Page) -> StoreResult<Listing<Tag>> {
    let of_organization = tags::organization_id.eq(organization_id);
    listing!(
        conn,
        &page,
        tags::table.filter(of_organization),
        (String, (Timestamp, TagId))[asc(beginning(lower(tags::name))), asc(tags::created_at), asc(tags::id)],
        tags::all_columns,
        texts ["tags.name", "tags.description"]
    )
}

/// The tag of this id, whosever it is.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: TagId) -> StoreResult<Option<Tag>> {
    Ok(tags::table.find(id).select(tags::all_columns).first(conn).optional()?)
}

/// Those of `ids` that are tags of the organization, in no order.
///
/// # Errors
/// The database's.
pub fn existing(conn: &mut Conn, organization_id: OrganizationId, ids: &[TagId]) -> StoreResult<Vec<Tag>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(tags::table
        .filter(tags::organization_id.eq(organization_id))
        .filter(among(tags::id, ids))
        .select(tags::all_columns)
        .load(conn)?)
}

/// How many tasks bear each of the tags, on these boards or (`None`) on any; a tag that none bears is left out.
///
/// # Errors
/// The database's.
pub fn task_counts(
    conn: &mut Conn,
    ids: &[TagId],
    on: Option<&[BoardId]>,
) -> StoreResult<HashMap<TagId, i64>> {
    let bearing = tag_assignments::table.filter(among(tag_assignments::tag_id, ids));
    let counted = (tag_assignments::tag_id, diesel::dsl::count_star());
    let counts: Vec<(TagId, i64)> = match on {
        None => bearing.group_by(tag_assignments::tag_id).select(counted).load(conn)?,
        Some(boards) => {
            let there = tasks::table.filter(among(tasks::board_id, boards)).select(tasks::id);
            let bearing = bearing.filter(tag_assignments::task_id.eq_any(there));
            bearing.group_by(tag_assignments::tag_id).select(counted).load(conn)?
        }
    };
    Ok(counts.into_iter().collect())
}

/// The tags of each of the tasks, in the order in which they were given; a task without any is left out.
///
/// # Errors
/// The database's.
pub fn of_tasks(conn: &mut Conn, tasks: &[TaskId]) -> StoreResult<HashMap<TaskId, Vec<Tag>>> {
    let rows: Vec<(TaskId, Tag)> = tag_assignments::table
        .inner_join(tags::table)
        .filter(among(tag_assignments::task_id, tasks))
        .order((tag_assignments::created_at.asc(), tag_assignments::id.asc()))
        .select((tag_assignments::task_id, tags::all_columns))
        .load(conn)?;
    let mut of_tasks: HashMap<_, Vec<_>> = HashMap::new();
    for (task, tag) in rows {
        of_tasks.entry(task).or_default().push(tag);
    }
    Ok(of_tasks)
}

/// Gives a task exactly these tags, in this order.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a tag that is not there; [`StoreError::Duplicate`] for one named twice; the
/// database's.
pub fn replace(tx: &mut Tx<'_>, task: TaskId, tags: &[TagId]) -> StoreResult<()> {
    diesel::delete(tag_assignments::table.filter(tag_assignments::task_id.eq(task))).execute(&mut **tx)?;
    give(tx, task, tags)
}

/// Gives a task that has no tags these, in this order.
///
/// # Errors
/// As [`replace`].
pub fn give(tx: &mut Tx<'_>, task: TaskId, tags: &[TagId]) -> StoreResult<()> {
    let start = Timestamp::now().micros();
    let assignment = |(nth, tag): (i64, &TagId)| TagAssignment {
        created_at: Timestamp::from_micros(start.saturating_add(nth)),
        ..TagAssignment::new(task, *tag)
    };
    let assignments: Vec<_> = (0..).zip(tags).map(assignment).collect();
    Ok(insert_all!(&mut **tx, tag_assignments::table, &assignments)?)
}

/// Adds a tag.
///
/// # Errors
/// [`StoreError::Duplicate`] when the organization has one of this slug; the database's.
pub fn insert(tx: &mut Tx<'_>, tag: &Tag) -> StoreResult<()> {
    diesel::insert_into(tags::table).values(tag).execute(&mut **tx)?;
    Ok(())
}

/// Changes a tag.
///
/// # Errors
/// [`StoreError::Duplicate`] when the organization has another of this slug; [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: TagId, changes: &TagChanges) -> StoreResult<Tag> {
    diesel::update(tags::table.find(id))
        .set((changes, tags::updated_at.eq(Timestamp::now())))
        .returning(tags::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("tag"))
}

/// Deletes a tag and takes it off every task.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: TagId) -> StoreResult<()> {
    diesel::delete(tag_assignments::table.filter(tag_assignments::tag_id.eq(id))).execute(&mut **tx)?;
    match diesel::delete(tags::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("tag")),
        _ => Ok(()),
    }
}
