//! The memory of a board.

use mission_control_core::id::{BoardId, BoardMemoryId};
use mission_control_core::models::{Board, BoardMemory, MessageKind};
use mission_control_core::rules::chat::{self, Address, Command};
use mission_control_core::rules::fence;
use mission_control_core::time::Timestamp;
use mission_control_shapes::BoardMemoryRead;
use mission_control_shapes::events::Event;
use mission_control_store::memory::MemoryFilter;
use mission_control_store::{Listing, Page, StoreError, Tx, agents, memory};
use serde_json::json;

use super::{Author, NewMemory};
use crate::boards::pause;
use crate::fleet::Fleet;
use crate::say::{Words, say};
use crate::text::{one_line, snippet};

/// The memory of a board, or only its chat, or only the rest; newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    board: BoardId,
    filter: MemoryFilter,
    page: Page,
) -> Result<Listing<BoardMemoryRead>, StoreError> {
    let listing = fleet.db().read(move |conn| memory::list(conn, board, &filter, page)).await?;
    Ok(listing.map(BoardMemoryRead::from))
}

/// Adds to the memory of a board. A message of the chat goes to the lead and to whom it mentions; a person's `/pause` and
/// `/resume` go to every agent of the board as they are, and are carried out.
///
/// # Errors
/// The database's.
pub async fn post(
    fleet: &Fleet,
    board: Board,
    author: Author,
    new: NewMemory,
) -> Result<BoardMemoryRead, StoreError> {
    let base_url = fleet.settings().http.base_url.clone();
    fleet.db().write(move |tx| write(tx, &board, &author, new, &base_url)).await
}

fn write(
    tx: &mut Tx<'_>,
    board: &Board,
    author: &Author,
    new: NewMemory,
    base_url: &str,
) -> Result<BoardMemoryRead, StoreError> {
    let is_chat = chat::is_chat(new.words());
    let row = BoardMemory {
        id: BoardMemoryId::random(),
        board_id: board.id,
        is_chat,
        source: new.source(author, is_chat),
        tags: new.tags.map(|tags| json!(tags)),
        content: new.content,
        created_at: Timestamp::now(),
        agent_id: author.agent(),
        user_id: author.person(),
    };
    memory::insert(tx, &row)?;
    let read = BoardMemoryRead::from(row);
    let event = Event::MemoryCreated(read.clone().into());
    tx.append(event.organization(board.organization_id).board(board.id));
    if is_chat {
        match chat::command(&read.content, author.agent()) {
            Some(command) => {
                pause::command(tx, board, command)?;
                command_all(tx, board, command)?;
            }
            None => tell(tx, board, author, &read.content, base_url)?,
        }
    }
    Ok(read)
}

fn tell(
    tx: &mut Tx<'_>,
    board: &Board,
    author: &Author,
    said: &str,
    base_url: &str,
) -> Result<(), StoreError> {
    let agents = agents::of_board(tx, board.id)?;
    let audience = chat::board_audience(said, &agents);
    for agent in agents {
        let Some(address) = audience.address(&agent, author.agent()) else { continue };
        let text = message(board, author, said, address, base_url);
        say(tx, board.organization_id, &agent, Words::new(MessageKind::Chat, text).by(author.agent()))?;
    }
    Ok(())
}

/// Agents understand a command as it is.
fn command_all(tx: &mut Tx<'_>, board: &Board, command: Command) -> Result<(), StoreError> {
    for agent in agents::of_board(tx, board.id)? {
        let words = Words::new(MessageKind::Chat, command.as_str().to_owned());
        say(tx, board.organization_id, &agent, words)?;
    }
    Ok(())
}

fn message(board: &Board, author: &Author, said: &str, address: Address, base_url: &str) -> String {
    let headline = match address {
        Address::Mentioned => "BOARD CHAT MENTION",
        Address::Lead | Address::Everybody => "BOARD CHAT",
    };
    format!(
        "{headline}\nBoard: {}\nFrom: {}\n\n{}\n\nTo answer in this chat:\nPOST {base_url}/api/v1/agent/boards/{}/memory\n\
         Body: {{\"content\":\"...\",\"tags\":[\"chat\"]}}",
        one_line(&board.name),
        one_line(author.name()),
        fence::words_of(author.name(), &snippet(said)),
        board.id
    )
}
