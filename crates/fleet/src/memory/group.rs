//! The memory that the boards of a group share.

use mission_control_core::id::{BoardGroupId, BoardGroupMemoryId, BoardId};
use mission_control_core::models::{Agent, BoardGroup, BoardGroupMemory, MessageKind};
use mission_control_core::rules::chat::{self, Address, Audience};
use mission_control_core::rules::fence;
use mission_control_core::time::Timestamp;
use mission_control_shapes::BoardGroupMemoryRead;
use mission_control_shapes::events::Event;
use mission_control_store::memory::MemoryFilter;
use mission_control_store::{Listing, Page, StoreError, Tx, board_groups, memory};
use serde_json::json;

use super::{Author, NewMemory};
use crate::fleet::Fleet;
use crate::say::{Words, say};
use crate::text::{one_line, snippet};

/// The memory of a group, or only its chat, or only the rest; newest first.
///
/// # Errors
/// The database's.
pub async fn list_of_group(
    fleet: &Fleet,
    group: BoardGroupId,
    filter: MemoryFilter,
    page: Page,
) -> Result<Listing<BoardGroupMemoryRead>, StoreError> {
    let listing = fleet.db().read(move |conn| memory::list_of_group(conn, group, &filter, page)).await?;
    Ok(listing.map(BoardGroupMemoryRead::from))
}

/// Adds to the memory of a group. A message of the chat goes to the leads of the boards and to whom it mentions; a
/// broadcast (the tag, or `@all`) to every agent.
///
/// # Errors
/// The database's.
pub async fn post_to_group(
    fleet: &Fleet,
    group: BoardGroup,
    author: Author,
    new: NewMemory,
) -> Result<BoardGroupMemoryRead, StoreError> {
    let base_url = fleet.settings().http.base_url.clone();
    fleet.db().write(move |tx| write(tx, &group, &author, new, &base_url)).await
}

fn write(
    tx: &mut Tx<'_>,
    group: &BoardGroup,
    author: &Author,
    new: NewMemory,
    base_url: &str,
) -> Result<BoardGroupMemoryRead, StoreError> {
    let agents = board_groups::agents(tx, group.id)?;
    let audience = chat::group_audience(new.words(), &new.content, &agents);
    let row = BoardGroupMemory {
        id: BoardGroupMemoryId::random(),
        board_group_id: group.id,
        is_chat: chat::is_chat(new.words()),
        source: new.source(author, audience.is_some()),
        tags: new.tags.map(|tags| json!(tags)),
        content: new.content,
        created_at: Timestamp::now(),
        agent_id: author.agent(),
        user_id: author.person(),
    };
    memory::insert_of_group(tx, &row)?;
    let read = BoardGroupMemoryRead::from(row);
    let event = Event::GroupMemoryCreated(read.clone().into());
    tx.append(event.organization(group.organization_id));
    if let Some(audience) = audience {
        tell(tx, group, author, (&audience, &agents), &read.content, base_url)?;
    }
    Ok(read)
}

fn tell(
    tx: &mut Tx<'_>,
    group: &BoardGroup,
    author: &Author,
    (audience, agents): (&Audience, &[Agent]),
    said: &str,
    base_url: &str,
) -> Result<(), StoreError> {
    for agent in agents {
        let (Some(address), Some(board)) = (audience.address(agent, author.agent()), agent.board_id) else {
            continue;
        };
        let text = message(group, author, said, address, board, base_url);
        say(tx, group.organization_id, agent, Words::new(MessageKind::Chat, text).by(author.agent()))?;
    }
    Ok(())
}

fn message(
    group: &BoardGroup,
    author: &Author,
    said: &str,
    address: Address,
    board: BoardId,
    base_url: &str,
) -> String {
    let headline = match address {
        Address::Everybody => "GROUP BROADCAST",
        Address::Mentioned => "GROUP CHAT MENTION",
        Address::Lead => "GROUP CHAT",
    };
    format!(
        "{headline}\nGroup: {}\nFrom: {}\n\n{}\n\nTo answer in the chat of the group, which all its boards read:\n\
         POST {base_url}/api/v1/boards/{board}/group-memory\nBody: {{\"content\":\"...\",\"tags\":[\"chat\"]}}",
        one_line(&group.name),
        one_line(author.name()),
        fence::words_of(author.name(), &snippet(said))
    )
}
