//! A lead's question to a person, by way of the gateway's main agent, which has the channels.

use mission_control_core::models::{Agent, Board, MessageKind};
use mission_control_store::agents;

use super::asked::UserQuestion;
use super::text;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kinds::Sender;
use crate::say::{Words, say_from};
use crate::wait::Reply;

/// Has the main agent of the board's gateway ask; returns that agent.
///
/// # Errors
/// A board without a gateway, a gateway without a main agent; the gateway's refusal.
pub async fn ask_user(
    fleet: &Fleet,
    lead: &Agent,
    board: Board,
    question: UserQuestion,
) -> Result<Reply<Agent>, FleetError> {
    let from = Sender { agent: lead.id, board: board.id };
    let text = text::to_user(&board, lead, &question, &fleet.settings().http.base_url);
    let (main, job) = fleet
        .db()
        .write(move |tx| {
            let gateway = board.gateway_id.ok_or_else(|| FleetError::invalid("The board has no gateway."))?;
            let main = agents::main_of(tx, gateway)?.ok_or(FleetError::not_found("Gateway main agent"))?;
            let words = Words::new(MessageKind::AskUser, text).traced(
                ("gateway.lead.ask_user.sent", format!("The lead of {} asks a person.", board.name)),
                (
                    "gateway.lead.ask_user.failed",
                    format!("The question of {}'s lead was not passed on", board.name),
                ),
            );
            let job = say_from(tx, board.organization_id, from, &main, words)?;
            Ok::<_, FleetError>((main, job))
        })
        .await?;
    Ok(fleet.reply(job, "Asking the user failed").await?.map(|()| main))
}
