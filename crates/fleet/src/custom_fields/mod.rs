//! Custom fields: what an organization's tasks hold beside title, status and the like.

mod binding;
mod create;
mod delete;
mod error;
mod record;
mod update;

use mission_control_core::id::CustomFieldId;
use mission_control_core::rules::seat::Seat;
use mission_control_shapes::TaskCustomFieldDefinitionRead;
use mission_control_store::{Listing, Page, StoreError, custom_fields};

use crate::boards::readable;
use crate::fleet::Fleet;

pub use create::create;
pub use delete::delete;
pub use error::CustomFieldError;
pub use update::update;

/// The fields of a member's organization by label, each with those of its boards that the member may see.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    member: Seat,
    page: Page,
) -> Result<Listing<TaskCustomFieldDefinitionRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let fields = custom_fields::list(conn, member.organization_id, page)?;
        let ids: Vec<CustomFieldId> = fields.items.iter().map(|field| field.id).collect();
        let mut boards = custom_fields::boards_of(conn, &ids)?;
        if let Some(open) = readable(conn, &member)? {
            boards.values_mut().for_each(|boards| boards.retain(|board| open.contains(board)));
        }
        Ok::<_, StoreError>(fields.map(|field| {
            let boards = boards.remove(&field.id).unwrap_or_default();
            TaskCustomFieldDefinitionRead::new(field, boards)
        }))
    });
    listing.await
}
