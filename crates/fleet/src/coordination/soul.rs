//! The character of an agent: SOUL.md in its workspace.

use mission_control_core::id::AgentId;
use mission_control_core::models::{Agent, AgentChanges, Board, Gateway};
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{agents, blocking, gateways, jobs};

use crate::agents::check::{agent_of, templates_render};
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Sender, WriteSoul};
use crate::mask::Mask;
use crate::provision::load;
use crate::provision::run::Subjects;
use crate::record;
use crate::templates::File;
use crate::wait::Reply;

/// A character that a lead gives an agent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewSoul {
    /// The text, which is also the agent's template from now on.
    pub content: String,
    /// Why, for the activity feed.
    pub reason: Option<String>,
    /// Where it comes from, for the activity feed.
    pub source_url: Option<String>,
}

/// SOUL.md of an agent of the board, as its gateway has it.
///
/// # Errors
/// An agent that is not on the board; a gateway that does not answer, or has no such file.
pub async fn read_soul(fleet: &Fleet, board: &Board, target: AgentId) -> Result<String, FleetError> {
    let board = board.id;
    let found: Result<(Agent, Option<Gateway>), FleetError> = fleet
        .db()
        .read(move |conn| {
            let agent = agent_of(conn, board, target)?;
            let gateway = gateways::find(conn, agent.gateway_id)?;
            Ok((agent, gateway))
        })
        .await;
    let (agent, gateway) = found?;
    let gateway = gateway.ok_or(FleetError::not_found("Gateway"))?;
    let failed = |remedy| FleetError::Gateway { message: "Gateway SOUL read failed".to_owned(), remedy };
    let remote = fleet.gateways().remote(&gateway).await.map_err(|error| failed(error.remedy()))?;
    let content = remote.read_file(&remote.place(&agent, &gateway).key, File::Soul).await;
    let content = content.map_err(|error| failed(error.remedy()))?.ok_or_else(|| failed(None))?;
    let mask = Mask::of(fleet, gateway.organization_id).await?;
    blocking(move || Ok(mask.apply(&content))).await
}

/// Gives an agent of the board another SOUL.md. The text stays its template even when the gateway does not take the
/// file now: the next template sync writes it.
///
/// # Errors
/// An agent that is not on the board, a blank text or one that is no template; the gateway's refusal.
pub async fn write_soul(
    fleet: &Fleet,
    lead: &Agent,
    board: &Board,
    target: AgentId,
    soul: NewSoul,
) -> Result<Reply<()>, FleetError> {
    let (from, organization) = (Sender { agent: lead.id, board: board.id }, board.organization_id);
    let content = soul.content.trim().to_owned();
    if content.is_empty() {
        return Err(FleetError::invalid("content is required"));
    }
    let template = content.clone();
    let subjects: Result<Subjects, FleetError> = fleet
        .db()
        .read(move |conn| {
            let agent = agent_of(conn, from.board, target)?;
            let wanted = Agent { soul_template: Some(template), ..agent };
            load::subjects(conn, wanted, None)?.ok_or(FleetError::not_found("Gateway"))
        })
        .await;
    templates_render(fleet, &subjects?).await?;
    let job = fleet
        .db()
        .write(move |tx| {
            let agent = agent_of(tx, from.board, target)?;
            let changes = AgentChanges { soul_template: Some(Some(content)), ..AgentChanges::default() };
            let was = record::governed_agent(&agent);
            let agent = agents::update(tx, agent.id, &changes)?;
            tx.changed(EventSubject::Agent, agent.id, was, record::governed_agent(&agent));
            record::agent_changed(tx, organization, Event::AgentUpdated, &agent);
            let task = WriteSoul { agent: agent.id, from, note: note(&agent, &soul) };
            Ok::<_, FleetError>(jobs::enqueue(tx, task.job(organization)?)?)
        })
        .await?;
    fleet.reply(job, "Gateway SOUL update failed").await
}

fn note(agent: &Agent, soul: &NewSoul) -> String {
    let mut note = format!("SOUL.md updated for {}.", agent.name);
    for (name, value) in [("Reason", &soul.reason), ("Source", &soul.source_url)] {
        if let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            note = format!("{note} {name}: {value}");
        }
    }
    note
}
