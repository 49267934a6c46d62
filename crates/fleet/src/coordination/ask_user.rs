//! A lead's question to a person, by way of the gateway's main agent, which has the channels.

use mission_control_core::models::{Agent, Board, MessageKind};
use mission_control_store::agents;

use super::{settled, text};
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::payload::Sender;
use crate::say::{Words, say_from};
use crate::wait::Reply;

/// A question to a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserQuestion {
    /// The question.
    pub content: String,
    /// A mark that comes back with the answer.
    pub correlation_id: Option<String>,
    /// Where the person is best reached.
    pub preferred_channel: Option<String>,
    /// Tags of the answer in the board's memory; the usual ones when there are none.
    pub reply_tags: Vec<String>,
    /// Source of the answer in the board's memory; the usual one when none is given.
    pub reply_source: Option<String>,
}

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
    Ok(settled(fleet, job, "Asking the user failed").await?.map(|()| main))
}
