//! What became of the messages to agents. Each is a row with its state; every step it takes is written with an event, in
//! the transaction of what caused it.
//!
//! `queued` → `sent`, when the gateway took it → `seen`, at the agent's next sign of life; or `failed`, with the cause. A
//! message whose turn the gateway lost is `queued` once more, for another turn.

use mission_control_core::id::{AgentId, AgentMessageId};
use mission_control_core::limits::TOLD_BRIEF;
use mission_control_core::models::{Agent, AgentMessage, MessageChanges, MessageState};
use mission_control_core::reason::Reason;
use mission_control_core::rules::presence::may_have_unseen;
use mission_control_core::time::Timestamp;
use mission_control_shapes::MessageRead;
use mission_control_shapes::events::{Event, MessageChanged};
use mission_control_store::messages::{self, MessageFilter};
use mission_control_store::{Listing, Page, StoreError, Tx};

use crate::fleet::Fleet;
use crate::text::shortened;

/// The messages that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    filter: MessageFilter,
    page: Page,
) -> Result<Listing<MessageRead>, StoreError> {
    let listing = fleet.db().read(move |conn| messages::list(conn, filter, page)).await?;
    Ok(listing.map(MessageRead::from))
}

/// Something is to be said.
pub(crate) fn opened(tx: &mut Tx<'_>, message: &AgentMessage) -> Result<(), StoreError> {
    messages::insert(tx, message)?;
    tell(tx, Event::MessageCreated, message);
    Ok(())
}

/// It is being taken to the gateway; nothing to do for one that is there already.
pub(crate) fn attempted(tx: &mut Tx<'_>, id: AgentMessageId) -> Result<Option<AgentMessage>, StoreError> {
    let Some(message) = messages::lock(tx, id)? else { return Ok(None) };
    if matches!(message.state, MessageState::Sent | MessageState::Seen) {
        return Ok(None);
    }
    let changes = MessageChanges {
        state: Some(MessageState::Queued),
        attempts: Some(message.attempts + 1),
        failed_at: Some(None),
        ..MessageChanges::default()
    };
    messages::update(tx, id, &changes).map(Some)
}

/// The gateway took it.
pub(crate) fn sent(tx: &mut Tx<'_>, id: AgentMessageId) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let sent = |_: &AgentMessage| MessageChanges {
        state: Some(MessageState::Sent),
        error: Some(None),
        remedy: Some(None),
        sent_at: Some(Some(now)),
        ..MessageChanges::default()
    };
    match step(tx, id, &[MessageState::Queued], sent)? {
        Some(message) => messages::note_for(tx, message.agent_id, now),
        None => Ok(()),
    }
}

/// It is held up; it will be tried again.
pub(crate) fn held_up(tx: &mut Tx<'_>, id: AgentMessageId, why: Reason) -> Result<(), StoreError> {
    let Some(message) = messages::lock(tx, id)? else { return Ok(()) };
    if message.state != MessageState::Queued || message.error.as_ref() == Some(&why.cause) {
        return Ok(());
    }
    let changes = because(why);
    let message = messages::update(tx, id, &changes)?;
    tell(tx, Event::MessageUpdated, &message);
    Ok(())
}

/// It will not arrive; returns it if this is news.
pub(crate) fn failed(
    tx: &mut Tx<'_>,
    id: AgentMessageId,
    why: Reason,
) -> Result<Option<AgentMessage>, StoreError> {
    step(tx, id, &[MessageState::Queued, MessageState::Sent], |_| MessageChanges {
        state: Some(MessageState::Failed),
        failed_at: Some(Some(Timestamp::now())),
        ..because(why)
    })
}

/// The gateway lost the turn: the message starts another one.
pub(crate) fn lost(
    tx: &mut Tx<'_>,
    id: AgentMessageId,
    why: Reason,
) -> Result<Option<AgentMessage>, StoreError> {
    step(tx, id, &[MessageState::Sent, MessageState::Seen], |message| MessageChanges {
        state: Some(MessageState::Queued),
        turn: Some(message.turn + 1),
        sent_at: Some(None),
        seen_at: Some(None),
        ..because(why)
    })
}

/// Somebody wants it said once more, though it arrived or was given up: it starts another turn.
pub(crate) fn repeated(tx: &mut Tx<'_>, id: AgentMessageId) -> Result<Option<AgentMessage>, StoreError> {
    step(tx, id, &[MessageState::Sent, MessageState::Seen, MessageState::Failed], |message| MessageChanges {
        state: Some(MessageState::Queued),
        turn: Some(message.turn + 1),
        error: Some(None),
        remedy: Some(None),
        sent_at: Some(None),
        seen_at: Some(None),
        failed_at: Some(None),
        ..MessageChanges::default()
    })
}

/// The agent, as it was before, gave a sign of life at `now`.
pub(crate) fn alive(tx: &mut Tx<'_>, agent: &Agent, now: Timestamp) -> Result<(), StoreError> {
    if may_have_unseen(agent) { seen(tx, agent.id, now) } else { Ok(()) }
}

/// The agent took in at `now` what was sent to it.
pub(crate) fn seen(tx: &mut Tx<'_>, agent: AgentId, now: Timestamp) -> Result<(), StoreError> {
    for message in messages::seen(tx, agent, now)? {
        tell(tx, Event::MessageUpdated, &message);
    }
    Ok(())
}

fn because(why: Reason) -> MessageChanges {
    MessageChanges { error: Some(Some(why.cause)), remedy: Some(why.remedy), ..MessageChanges::default() }
}

/// Changes a message that is in one of these states.
fn step(
    tx: &mut Tx<'_>,
    id: AgentMessageId,
    from: &[MessageState],
    changes: impl FnOnce(&AgentMessage) -> MessageChanges,
) -> Result<Option<AgentMessage>, StoreError> {
    let Some(message) = messages::lock(tx, id)?.filter(|message| from.contains(&message.state)) else {
        return Ok(None);
    };
    let message = messages::update(tx, id, &changes(&message))?;
    tell(tx, Event::MessageUpdated, &message);
    Ok(Some(message))
}

fn tell(tx: &mut Tx<'_>, event: fn(MessageChanged) -> Event, message: &AgentMessage) {
    let event = event(brief(message).into());
    tx.append(event.organization(message.organization_id).board(message.board_id));
}

/// The message with the beginning of its text only.
fn brief(message: &AgentMessage) -> MessageRead {
    let whole = MessageRead::from(message.clone());
    MessageRead { text: shortened(&whole.text, TOLD_BRIEF), ..whole }
}
