//! `webhook.deliver`: tells an agent what was posted to a webhook.
//!
//! An agent gets one delivery at a time, and rests for `RQ_DISPATCH_THROTTLE_SECONDS` after each: the delivery holds a
//! lease that outlives it for that long.

use std::time::Duration;

use mission_control_core::models::{ActivityEvent, Agent, AgentMessage, Gateway, Job, MessageChanges};
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::{
    Conn, StoreError, Tx, activity, agents, boards, gateways, jobs, leases, messages, webhooks,
};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::booking;
use crate::jobs::kinds::DeliverWebhook;
use crate::reach::Trouble;
use crate::receipts;
use crate::say::quicken;
use crate::webhooks::{message, message_id, receiver};

/// Prefix of the leases; the agent's id follows.
const TURN: &str = "webhook-delivery:";
/// Longer than a delivery takes, if its worker lives.
const IN_FLIGHT: Duration = Duration::from_secs(120);
/// How long a delivery to a paused agent waits before it is looked at again.
const HELD_FOR: Duration = Duration::from_secs(60);
/// Shortest time between two looks of a delivery that waits for its turn. It need not be short: who ends a turn calls
/// the next one.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Leases of agents that got nothing for so long are forgotten.
const FORGET_AFTER: Duration = Duration::from_secs(3600);

/// Everything that a delivery is made of.
struct Delivery {
    /// As it is to be told now.
    message: AgentMessage,
    agent: Agent,
    gateway: Gateway,
}

impl Handler for DeliverWebhook {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let Some(delivery) = fleet.db().read(move |conn| load(conn, &self)).await? else {
            return Ok(json!({ "skipped": "the payload, its webhook or whoever is to be told is gone" }));
        };
        if delivery.agent.paused_at.is_some() {
            return Err(JobError::Later { reason: "the agent is paused".to_owned(), after: HELD_FOR });
        }
        let queue = &fleet.settings().queue;
        let lease = format!("{TURN}{}", delivery.agent.id);
        take_turn(fleet, job, &lease, queue.throttle).await?;
        let wanted = delivery.message.clone();
        let Some(message) = fleet.db().write(move |tx| begin(tx, wanted)).await? else {
            rest(fleet, job, lease, Duration::ZERO).await?;
            return Ok(json!({ "skipped": "the agent has it" }));
        };
        match send(fleet, &delivery, &message).await {
            Ok(run) => {
                let arrived: Result<(), StoreError> = fleet.db().write(move |tx| arrived(tx, &message)).await;
                arrived?;
                rest(fleet, job, lease, queue.throttle).await?;
                Ok(json!({ "delivered": true, "agent_id": delivery.agent.id, "run_id": run }))
            }
            Err(trouble) => {
                let (id, why) = (message.id, trouble.reason());
                let noted: Result<(), StoreError> =
                    fleet.db().write(move |tx| receipts::held_up(tx, id, why)).await;
                noted?;
                // Unless the gateway refused it, nobody knows whether it has the message. The turn is kept until the next attempt
                // has found out: the longer that takes, the farther back the message is.
                if matches!(&trouble, Trouble::Gateway(error) if !error.is_transient()) {
                    rest(fleet, job, lease, queue.throttle).await?;
                }
                Err(trouble.retry())
            }
        }
    }

    /// People see on the board that something did not arrive.
    async fn gave_up(self, fleet: &Fleet, _: &Job, why: &Reason) -> Result<(), FleetError> {
        let (id, why) = (message_id(self.payload), why.clone());
        let message = format!("Webhook payload {} was not delivered: {why}", self.payload);
        let written: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                receipts::failed(tx, id, why)?;
                match boards::find(tx, self.board)? {
                    Some(board) => {
                        let event = ActivityEvent::new("webhook.delivery_failed", message).failed(true);
                        activity::record(tx, &event.board(board.id))
                    }
                    None => Ok(()),
                }
            })
            .await;
        Ok(written?)
    }
}

fn load(conn: &mut Conn, task: &DeliverWebhook) -> Result<Option<Delivery>, StoreError> {
    let payload = webhooks::find_payload(conn, task.board, task.webhook, task.payload)?;
    let (Some(payload), Some(webhook), Some(board)) =
        (payload, webhooks::find_on(conn, task.board, task.webhook)?, boards::find(conn, task.board)?)
    else {
        return Ok(None);
    };
    let Some(agent) = receiver(conn, &webhook)? else { return Ok(None) };
    let gateway = gateways::find(conn, agent.gateway_id)?;
    let message = message(&board, &webhook, &payload, &agent);
    Ok(gateway.map(|gateway| Delivery { message, agent, gateway }))
}

/// The message as it is stored, addressed to whom it goes to now.
fn begin(tx: &mut Tx<'_>, wanted: AgentMessage) -> Result<Option<AgentMessage>, StoreError> {
    match messages::lock(tx, wanted.id)? {
        None => receipts::opened(tx, &wanted)?,
        Some(stored) if stored.agent_id != wanted.agent_id => {
            let changes = MessageChanges { agent_id: Some(wanted.agent_id), ..MessageChanges::default() };
            messages::update(tx, wanted.id, &changes)?;
        }
        Some(_) => {}
    }
    receipts::attempted(tx, wanted.id)
}

async fn send(fleet: &Fleet, delivery: &Delivery, message: &AgentMessage) -> Result<String, Trouble> {
    let remote = fleet.gateways().remote(&delivery.gateway).await?;
    let (session, key) =
        (remote.place(&delivery.agent, &delivery.gateway).session, message.idempotency_key());
    // A gateway takes what comes with the same key for the same message, until it restarts. So after an attempt of which
    // nobody knows how it ended, its own records are asked; the text names the payload, which is what the message is of.
    if message.attempts > 1 {
        let said = remote.times_said(&session, &message.id.to_string()).await?;
        if i32::try_from(said).unwrap_or(i32::MAX) >= message.turn {
            return Ok(key);
        }
    }
    Ok(remote.send_as(&session, &message.text, &key).await?)
}

/// The agent has work: it is counted, and its heartbeats return to their pace.
fn arrived(tx: &mut Tx<'_>, message: &AgentMessage) -> Result<(), StoreError> {
    receipts::sent(tx, message.id)?;
    if let Some(agent) = agents::find(tx, message.agent_id)? {
        agent_counts::count(tx, agent.id, Counted::Message)?;
        quicken(tx, &agent)?;
    }
    jobs::enqueue(tx, booking::receipt(message)?).map(drop)
}

/// Makes this the agent's current delivery, or says when to ask again: soon if it is the next one, later the more
/// deliveries wait before it.
async fn take_turn(fleet: &Fleet, job: &Job, lease: &str, throttle: Duration) -> Result<(), JobError> {
    let (job, lease) = (job.clone(), lease.to_owned());
    let wait: Result<_, StoreError> = fleet
        .db()
        .write(move |tx| {
            let now = Timestamp::now();
            leases::delete_expired(tx, TURN, now.minus(FORGET_AFTER))?;
            if leases::acquire(tx, &lease, &job.id.to_string(), IN_FLIGHT)? {
                return Ok(None);
            }
            let slot = throttle.max(SHORTEST_WAIT);
            let until_free = leases::find(tx, &lease)?.map_or(slot, |lease| lease.expires_at.since(now));
            let ahead = u32::try_from(jobs::ahead(tx, &job)?).unwrap_or(u32::MAX);
            let wait = until_free.clamp(SHORTEST_WAIT, slot).saturating_add(slot.saturating_mul(ahead));
            Ok(Some(wait.min(LONGEST_WAIT.max(slot))))
        })
        .await;
    match wait? {
        None => Ok(()),
        Some(after) => {
            Err(JobError::Later { reason: "the agent gets another delivery first".to_owned(), after })
        }
    }
}

/// Ends the agent's current delivery; the next one of the webhook begins after `pause`.
async fn rest(fleet: &Fleet, job: &Job, lease: String, pause: Duration) -> Result<(), StoreError> {
    let (holder, group) = (job.id.to_string(), job.group_key.clone());
    fleet
        .db()
        .write(move |tx| {
            match pause.is_zero() {
                true => leases::release(tx, &lease, &holder)?,
                false => drop(leases::acquire(tx, &lease, &holder, pause)?),
            }
            match &group {
                Some(group) => jobs::hasten_next(tx, group, Timestamp::now().plus(pause)),
                None => Ok(()),
            }
        })
        .await
}
