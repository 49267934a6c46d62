//! `gateway.set_skill`: asks the main agent of a gateway to install a skill or to remove it, and writes it down once the
//! gateway has taken the message.

use mission_control_core::id::AgentMessageId;
use mission_control_core::models::{Agent, AgentMessage, Gateway, Job, MarketplaceSkill, MessageKind};
use mission_control_core::rules::skills::{install_request, uninstall_request};
use mission_control_shapes::events::{Event, Named, SkillAsked};
use mission_control_store::{Conn, StoreError, Tx, agents, gateways, skills};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::SetSkill;
use crate::reach::Trouble;
use crate::record;
use crate::say::say_now;

/// Whom to ask for what.
struct Request {
    gateway: Gateway,
    main: Agent,
    skill: MarketplaceSkill,
}

impl Handler for SetSkill {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let Some(request) = fleet.db().read(move |conn| load(conn, self)).await? else {
            return Err(Trouble::Gone("the skill, the gateway or its main agent is gone").give_up());
        };
        if let Err(trouble) = ask(fleet, job, self, &request).await {
            if !matches!(trouble, Trouble::Later { .. }) {
                failed(fleet, self, request, trouble.to_string()).await?;
            }
            return Err(trouble.give_up());
        }
        let written: Result<(), StoreError> = fleet.db().write(move |tx| write(tx, self, &request)).await;
        written?;
        Ok(json!({ "installed": self.installed }))
    }
}

fn load(conn: &mut Conn, task: SetSkill) -> Result<Option<Request>, StoreError> {
    let Some(gateway) = gateways::find(conn, task.gateway)? else { return Ok(None) };
    let (main, skill) =
        (agents::main_of(conn, gateway.id)?, skills::find_in(conn, gateway.organization_id, task.skill)?);
    Ok(main.zip(skill).map(|(main, skill)| Request { gateway, main, skill }))
}

async fn ask(fleet: &Fleet, job: &Job, task: SetSkill, request: &Request) -> Result<(), Trouble> {
    let Request { gateway, main, skill } = request;
    let remote = fleet.gateways().remote(gateway).await?;
    let session = remote.place(main, gateway).session;
    remote.label_session(&session, &main.name).await?;
    let text =
        if task.installed { install_request(skill, gateway) } else { uninstall_request(skill, gateway) };
    // The job's id as the message's: an attempt whose worker died asks for nothing twice.
    let wanted = AgentMessage {
        id: AgentMessageId::from_uuid(job.id.uuid()),
        ..AgentMessage::new(gateway.organization_id, main.id, MessageKind::Skill, text)
    };
    say_now(fleet, &remote, &session, wanted).await
}

fn write(tx: &mut Tx<'_>, task: SetSkill, request: &Request) -> Result<(), StoreError> {
    // What was deleted meanwhile needs no record of where it is.
    if gateways::lock(tx, task.gateway)?.is_none() || skills::lock(tx, task.skill)?.is_none() {
        return Ok(());
    }
    let Request { gateway, main, skill } = request;
    let asked = SkillAsked { skill: Named::new(skill.id, &skill.name), gateway_id: gateway.id };
    let (event, done) = if task.installed {
        skills::install(tx, task.gateway, task.skill)?;
        (Event::SkillInstalled(asked), "install")
    } else {
        skills::uninstall(tx, task.gateway, task.skill)?;
        (Event::SkillUninstalled(asked), "remove")
    };
    tx.append(event.organization(gateway.organization_id));
    if agents::find(tx, main.id)?.is_some() {
        record::activity_of(
            tx,
            main,
            event.kind().as_str(),
            format!("Asked to {done} the skill {}.", skill.name),
        )?;
    }
    Ok(())
}

/// People see at the main agent that it was not asked.
async fn failed(fleet: &Fleet, task: SetSkill, request: Request, reason: String) -> Result<(), StoreError> {
    let (kind, done) = if task.installed {
        ("skill.install_failed", "install")
    } else {
        ("skill.uninstall_failed", "remove")
    };
    fleet
        .db()
        .write(move |tx| {
            let Request { main, skill, .. } = &request;
            if agents::find(tx, main.id)?.is_none() {
                return Ok(());
            }
            record::failure_of(
                tx,
                main,
                kind,
                format!("Could not be asked to {done} the skill {}: {reason}", skill.name),
            )
        })
        .await
}
