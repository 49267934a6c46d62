//! Tags: words that an organization sorts its tasks by.

use mission_control_core::id::{OrganizationId, TagId};
use mission_control_core::models::{Tag, TagChanges};
use mission_control_core::rules::seat::Seat;
use mission_control_core::rules::slug;
use mission_control_shapes::TagRead;
use mission_control_shapes::events::{Event, TagChanged};
use mission_control_store::{Conn, Listing, Page, StoreError, Tx, tags};

use crate::boards::readable;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};

/// A tag to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTag {
    /// Name.
    pub name: String,
    /// Word for addresses; made of the name when absent or blank.
    pub slug: Option<String>,
    /// Six hexadecimal digits, lower case.
    pub color: String,
    /// What it is for.
    pub description: Option<String>,
}

/// Changes to a tag; `None` leaves a field alone, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagPatch {
    /// Another name.
    pub name: Option<String>,
    /// Another word for addresses; emptied, it is made of the name anew.
    pub slug: Option<Option<String>>,
    /// Another color, as in [`NewTag`].
    pub color: Option<String>,
    /// What it is for.
    pub description: Option<Option<String>>,
}

/// The tags of a member's organization, by name.
///
/// # Errors
/// The database's.
pub async fn list(fleet: &Fleet, member: Seat, page: Page) -> Result<Listing<TagRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let listing = tags::list(conn, member.organization_id, page)?;
        listing.try_map_all(|rows| counted(conn, rows, &member))
    });
    listing.await
}

/// A tag of the member's organization.
///
/// # Errors
/// No such tag, or another organization's; the database's.
pub async fn read(fleet: &Fleet, member: Seat, id: TagId) -> Result<TagRead, FleetError> {
    let read = fleet.db().read(move |conn| {
        let tag = owned(conn, member.organization_id, id)?;
        Ok::<_, FleetError>(counted(conn, vec![tag], &member)?.pop())
    });
    read.await?.ok_or_else(missing)
}

/// Keeps a new tag.
///
/// # Errors
/// A slug that is taken; the database's.
pub async fn create(fleet: &Fleet, caller: Caller, new: NewTag) -> Result<TagRead, FleetError> {
    let slug = slug::of_tag(new.slug.as_deref(), &new.name);
    let tag = Tag {
        color: new.color,
        description: new.description,
        ..Tag::new(caller.organization, new.name, slug)
    };
    let created = fleet.db().write(move |tx| {
        tags::insert(tx, &tag).map_err(slug_taken)?;
        Ok::<_, FleetError>(publish(tx, Event::TagCreated, tag))
    });
    created.await
}

/// Changes a tag.
///
/// # Errors
/// No such tag, or another organization's; a slug that is taken; the database's.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: TagId,
    patch: TagPatch,
) -> Result<TagRead, FleetError> {
    let updated = fleet.db().write(move |tx| {
        let tag = owned(tx, caller.organization, id)?;
        let name = patch.name.as_deref().unwrap_or(&tag.name);
        let slug = patch.slug.map(|wanted| slug::of_tag(wanted.as_deref(), name));
        let changes =
            TagChanges { name: patch.name, slug, color: patch.color, description: patch.description };
        let tag = tags::update(tx, id, &changes).map_err(slug_taken)?;
        Ok::<_, FleetError>(publish(tx, Event::TagUpdated, tag))
    });
    updated.await
}

/// Deletes a tag; tasks lose it.
///
/// # Errors
/// No such tag, or another organization's; the database's.
pub async fn delete(fleet: &Fleet, caller: Caller, id: TagId) -> Result<(), FleetError> {
    let deleted = fleet.db().write(move |tx| {
        let tag = owned(tx, caller.organization, id)?;
        tags::delete(tx, id)?;
        publish(tx, Event::TagDeleted, tag);
        Ok::<_, FleetError>(())
    });
    deleted.await
}

/// Tags with the numbers of their tasks on the boards that a member sees.
fn counted(conn: &mut Conn, rows: Vec<Tag>, member: &Seat) -> Result<Vec<TagRead>, StoreError> {
    let ids: Vec<TagId> = rows.iter().map(|tag| tag.id).collect();
    let seen = readable(conn, member)?;
    let counts = tags::task_counts(conn, &ids, seen.as_deref())?;
    let read = |tag: Tag| {
        let count = counts.get(&tag.id).copied().unwrap_or_default();
        TagRead::new(tag, count)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Tells streams how a tag is now. Its tasks are not counted: how many there are depends on who reads.
fn publish(tx: &mut Tx<'_>, event: fn(TagChanged) -> Event, tag: Tag) -> TagRead {
    let read = TagRead::new(tag, 0);
    tx.append(event(read.clone().into()).organization(read.organization_id));
    read
}

/// The tag, if it is the organization's.
fn owned(conn: &mut Conn, organization: OrganizationId, id: TagId) -> Result<Tag, FleetError> {
    let tag = tags::find(conn, id)?.ok_or_else(missing)?;
    if tag.organization_id == organization {
        return Ok(tag);
    }
    let message = "This tag is not of the organization that you work in.".to_owned();
    Err(FleetError::Forbidden { message })
}

fn missing() -> FleetError {
    StoreError::NotFound("tag").into()
}

fn slug_taken(error: StoreError) -> FleetError {
    match error {
        StoreError::Duplicate { .. } => {
            FleetError::conflict("A tag of this organization has this slug already.")
        }
        other => other.into(),
    }
}
