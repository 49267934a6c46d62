//! What a gateway's main agent says to the leads of the gateway's boards.

use futures_util::{StreamExt, stream};
use mission_control_core::id::{BoardId, OrganizationId};
use mission_control_core::limits::LEADS_AT_ONCE;
use mission_control_core::models::{ActivityEvent, Agent, Board, MessageKind};
use mission_control_store::{StoreError, activity, boards};

use super::asked::LeadMessage;
use super::text;
use crate::boards::{LeadOptions, ensure_lead};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kinds::Sender;
use crate::naming;
use crate::say::{Words, say_from};
use crate::wait::Reply;

/// A message that reached a lead, or is on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The lead.
    pub lead: Agent,
    /// Whether the board had none before.
    pub created: bool,
}

/// Says something to the lead of a board; a board without a lead gets one.
///
/// # Errors
/// A caller that is no main agent, a board that is not on its gateway; the gateway's refusal.
pub async fn message_lead(
    fleet: &Fleet,
    main: &Agent,
    board: Board,
    message: &LeadMessage,
) -> Result<Reply<Delivery>, FleetError> {
    require_main(main)?;
    if board.gateway_id != Some(main.gateway_id) {
        return Err(FleetError::Forbidden { message: "The board is on another gateway.".to_owned() });
    }
    let text = text::to_lead(&board, main, message, &fleet.settings().http.base_url);
    let words = Words::new(MessageKind::LeadMessage, text).traced(
        (
            "gateway.main.lead_message.sent",
            format!("Sent {} to lead for board: {}.", message.kind.as_str(), board.name),
        ),
        ("gateway.main.lead_message.failed", format!("Lead message failed for {}", board.name)),
    );
    deliver(fleet, main, &board, words).await
}

/// Says something to the leads of the main agent's gateway, of these boards or of all; how it went by board, the newest
/// board first.
///
/// # Errors
/// A caller that is no main agent; the database's.
pub async fn broadcast(
    fleet: &Fleet,
    main: &Agent,
    organization: OrganizationId,
    among: &[BoardId],
    message: &LeadMessage,
) -> Result<Vec<(BoardId, Result<Delivery, FleetError>)>, FleetError> {
    require_main(main)?;
    let gateway = main.gateway_id;
    let mut boards: Vec<Board> = fleet
        .db()
        .read(move |conn| boards::of_gateway(conn, gateway))
        .await
        .map_err(|error: StoreError| FleetError::from(error))?;
    boards.retain(|board| {
        board.organization_id == organization && (among.is_empty() || among.contains(&board.id))
    });
    boards.reverse();
    let results: Vec<_> = stream::iter(boards)
        .map(|board| async move {
            let text = text::to_lead(&board, main, message, &fleet.settings().http.base_url);
            let sent = deliver(fleet, main, &board, Words::new(MessageKind::Broadcast, text)).await;
            (board.id, sent.map(Reply::into_value))
        })
        .buffered(LEADS_AT_ONCE)
        .collect()
        .await;
    let sent = results.iter().filter(|(_, result)| result.is_ok()).count();
    let failed = results.len() - sent;
    let summary = format!("Broadcast {} to {sent} board leads (failed: {failed}).", message.kind.as_str());
    let event = ActivityEvent::new("gateway.main.lead_broadcast.sent", summary).agent(main.id);
    fleet.db().write(move |tx| activity::record(tx, &event).map_err(FleetError::from)).await?;
    Ok(results)
}

async fn deliver(
    fleet: &Fleet,
    main: &Agent,
    board: &Board,
    words: Words,
) -> Result<Reply<Delivery>, FleetError> {
    let caller = Caller { organization: board.organization_id, user: None };
    let (lead, created) = ensure_lead(fleet, caller, board.id, LeadOptions::default()).await?;
    let lead = lead.into_value();
    let (from, organization, listener) =
        (Sender { agent: main.id, board: board.id }, board.organization_id, lead.clone());
    let job = fleet.db().write(move |tx| say_from(tx, organization, from, &listener, words)).await?;
    let sent = fleet.reply(job, "Messaging the lead failed").await?;
    Ok(sent.map(|()| Delivery { lead, created }))
}

fn require_main(agent: &Agent) -> Result<(), FleetError> {
    let session = naming::main_session_key(agent.gateway_id);
    if agent.board_id.is_none() && agent.openclaw_session_id.as_deref() == Some(&session) {
        return Ok(());
    }
    Err(FleetError::Forbidden { message: "Only a gateway's main agent can do this.".to_owned() })
}
