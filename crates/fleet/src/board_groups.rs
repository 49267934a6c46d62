//! Groups of boards that share memory.

use mission_control_core::models::{BoardGroup, BoardGroupChanges};
use mission_control_core::rules::seat::Seat;
use mission_control_core::rules::slug;
use mission_control_shapes::BoardGroupRead;
use mission_control_shapes::events::{BoardGroupChanged, Event};
use mission_control_store::{Listing, Page, StoreError, Tx, board_groups, erase};
use uuid::Uuid;

use crate::boards::readable;
use crate::fleet::{Caller, Fleet};

/// A group of boards to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// Name.
    pub name: String,
    /// Name for addresses; a blank one is made from the name.
    pub slug: String,
    /// What the group is for.
    pub description: Option<String>,
}

/// The groups with a board that the member may see, or all of the organization; by name.
///
/// # Errors
/// The database's.
pub async fn list(fleet: &Fleet, member: Seat, page: Page) -> Result<Listing<BoardGroupRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let readable = readable(conn, &member)?;
        board_groups::list(conn, member.organization_id, readable.as_deref(), page)
    });
    Ok(listing.await?.map(BoardGroupRead::from))
}

/// Keeps a new group.
///
/// # Errors
/// The database's.
pub async fn create(fleet: &Fleet, caller: Caller, new: NewGroup) -> Result<BoardGroupRead, StoreError> {
    let slug = slug_of(new.slug, &new.name);
    let group =
        BoardGroup { description: new.description, ..BoardGroup::new(caller.organization, new.name, slug) };
    let created = fleet.db().write(move |tx| {
        board_groups::insert(tx, &group)?;
        Ok::<_, StoreError>(publish(tx, Event::BoardGroupCreated, group))
    });
    created.await
}

/// Changes a group; a blank slug is made from the name.
///
/// # Errors
/// A group that is gone; the database's.
pub async fn update(
    fleet: &Fleet,
    group: BoardGroup,
    changes: BoardGroupChanges,
) -> Result<BoardGroupRead, StoreError> {
    let name = changes.name.as_deref().unwrap_or(&group.name);
    let slug = changes.slug.map(|slug| slug_of(slug, name));
    let changes = BoardGroupChanges { slug, ..changes };
    let updated = fleet.db().write(move |tx| {
        let group = board_groups::update(tx, group.id, &changes)?;
        Ok::<_, StoreError>(publish(tx, Event::BoardGroupUpdated, group))
    });
    updated.await
}

/// Deletes a group with its memory; its boards stay.
///
/// # Errors
/// The database's.
pub async fn delete(fleet: &Fleet, group: BoardGroup) -> Result<(), StoreError> {
    let deleted = fleet.db().write(move |tx| {
        erase::board_group(tx, group.id)?;
        publish(tx, Event::BoardGroupDeleted, group);
        Ok::<_, StoreError>(())
    });
    deleted.await
}

/// Tells streams how a group is now.
fn publish(tx: &mut Tx<'_>, event: fn(BoardGroupChanged) -> Event, group: BoardGroup) -> BoardGroupRead {
    let read = BoardGroupRead::from(group);
    tx.append(event(read.clone().into()).organization(read.organization_id));
    read
}

/// As [`slug::of_group`]; of a name that no word can be made of, a word of nothing.
fn slug_of(wanted: String, name: &str) -> String {
    slug::of_group(wanted, name).unwrap_or_else(|| Uuid::new_v4().simple().to_string())
}
