//! Setting up a board: the gateway's main agent asks a person questions and proposes a goal; once the person confirms,
//! the board has its goal and its lead.
//!
//! What a person says is stored first and then sent, so that an answer of the agent always finds it, and taken back
//! when the gateway refuses it. It is a message to an agent like any other, with its receipt: when the gateway takes it and
//! starts no turn with it, it is sent again.

mod prompt;

use mission_control_core::id::{BoardId, JobId};
use mission_control_core::limits::{CONVERSATION, CONVERSATION_TURNS, json_bytes};
use mission_control_core::models::{
    Agent, Board, BoardChanges, Gateway, MessageKind, OnboardingChanges, OnboardingSession, OnboardingStatus,
};
use mission_control_core::rules::onboarding::{self as rules, Goal, Turn, Unanswered};
use mission_control_core::time::Timestamp;
use mission_control_shapes::MessageRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{Conn, StoreError, Tx, agents, boards, messages, onboarding as rows, users};
use serde_json::Value;

use crate::agents::check::board_with_gateway;
use crate::boards::LeadOptions;
use crate::boards::lead::find_or_insert;
use crate::boards::update::permitted;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::say::{Words, say_for_person};
use crate::wait::Reply;
use crate::{naming, record};

/// Something that is being sent, and what to take back if that fails.
struct Outgoing {
    session: OnboardingSession,
    job: JobId,
    stored: Option<Value>,
}

/// The onboarding of a board that last went on.
///
/// # Errors
/// There is none; the database's.
pub async fn current(fleet: &Fleet, board: BoardId) -> Result<OnboardingSession, FleetError> {
    fleet.db().read(move |conn| latest(conn, board)).await
}

/// What was last said to the agent, and how far it got.
///
/// # Errors
/// The database's.
pub async fn last_message(fleet: &Fleet, board: BoardId) -> Result<Option<MessageRead>, StoreError> {
    let latest =
        fleet.db().read(move |conn| messages::latest_about(conn, board, MessageKind::Onboarding)).await?;
    Ok(latest.map(MessageRead::from))
}

/// Begins an onboarding. One that is under way is kept: the agent is reminded of what it has not reacted to.
///
/// # Errors
/// A missing board or gateway; the gateway's refusal, and then nothing is stored.
pub async fn start(fleet: &Fleet, caller: Caller, board: BoardId) -> Result<OnboardingSession, FleetError> {
    let base_url = fleet.settings().http.base_url.clone();
    let outgoing = fleet
        .db()
        .write(move |tx| {
            let (board, gateway) = locked(tx, caller, board)?;
            let Some(session) = rows::active(tx, board.id)? else {
                return Ok::<_, FleetError>(Ok(begin(tx, &board, &gateway, &base_url)?));
            };
            let text = match rules::unanswered(session.messages.as_ref()) {
                None => return Ok(Err(session)),
                Some(Unanswered::Assignment(text)) => text.to_owned(),
                Some(Unanswered::Answer(text)) => prompt::answer(&board, text),
            };
            let job = say(tx, &board, &gateway, text)?;
            let session = rows::update(tx, session.id, &on(&gateway))?;
            Ok(Ok(Outgoing { session, job, stored: None }))
        })
        .await?;
    match outgoing {
        Ok(outgoing) => sent(fleet, outgoing).await,
        Err(waiting_for_the_person) => Ok(waiting_for_the_person),
    }
}

fn begin(tx: &mut Tx<'_>, board: &Board, gateway: &Gateway, base_url: &str) -> Result<Outgoing, FleetError> {
    let text = prompt::assignment(board, base_url);
    let message = rules::from_person(&text, Timestamp::now());
    let session = OnboardingSession::new(board.id, naming::main_session_key(gateway.id), message.clone());
    let job = say(tx, board, gateway, text)?;
    rows::insert(tx, &session)?;
    Ok(Outgoing { session, job, stored: Some(message) })
}

/// Says something to the agent that asks: the main one of the board's gateway.
fn say(tx: &mut Tx<'_>, board: &Board, gateway: &Gateway, text: String) -> Result<JobId, FleetError> {
    let main = agents::main_of(tx, gateway.id)?.ok_or(FleetError::not_found("Gateway main agent"))?;
    let failed = format!("What was said in the onboarding of {} did not arrive", board.name);
    let sent = format!("The onboarding of {} goes on.", board.name);
    let words = Words::new(MessageKind::Onboarding, text)
        .traced(("board.onboarding.sent", sent), ("board.onboarding.failed", failed));
    Ok(say_for_person(tx, board.organization_id, board.id, &main, words)?)
}

/// Gives the person's answer to the agent.
///
/// # Errors
/// No onboarding; the gateway's refusal, and then the answer is not stored.
pub async fn answer(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    text: String,
) -> Result<OnboardingSession, FleetError> {
    let outgoing = fleet
        .db()
        .write(move |tx| {
            let (board, gateway) = locked(tx, caller, board)?;
            let session = latest(tx, board.id)?;
            let message = rules::from_person(&text, Timestamp::now());
            let messages = grown(&session, message.clone())?;
            let changes = OnboardingChanges { messages: Some(messages), ..on(&gateway) };
            let session = rows::update(tx, session.id, &changes)?;
            let text = prompt::answer(&board, &text);
            let job = say(tx, &board, &gateway, text)?;
            Ok::<_, FleetError>(Outgoing { session, job, stored: Some(message) })
        })
        .await?;
    sent(fleet, outgoing).await
}

/// Stores a question or the proposal of the agent.
///
/// # Errors
/// Another agent than the main agent of the board's gateway; no onboarding, or one that was confirmed.
pub async fn ask(
    fleet: &Fleet,
    agent: &Agent,
    board: &Board,
    turn: Turn,
) -> Result<OnboardingSession, FleetError> {
    if !rules::may_ask(agent, board) {
        return Err(FleetError::Forbidden {
            message: "Only the main agent of the board's gateway can do this.".to_owned(),
        });
    }
    let text = serde_json::to_string(&turn).map_err(|error| FleetError::Internal(error.to_string()))?;
    let proposal = match &turn {
        Turn::Proposal(proposal) => {
            Some(serde_json::to_value(proposal).map_err(|error| FleetError::Internal(error.to_string()))?)
        }
        Turn::Question(_) => None,
    };
    let id = board.id;
    fleet
        .db()
        .write(move |tx| {
            boards::lock(tx, id)?;
            let session = latest(tx, id)?;
            if !rules::is_open(session.status) {
                return Err(FleetError::conflict("The onboarding was confirmed; it takes no more changes."));
            }
            let message = rules::from_agent(&text, Timestamp::now());
            let changes = OnboardingChanges {
                messages: Some(grown(&session, message)?),
                status: proposal.is_some().then_some(OnboardingStatus::Completed),
                draft_version: proposal.is_some().then_some(session.draft_version + 1),
                draft_goal: proposal,
                ..OnboardingChanges::default()
            };
            Ok(rows::update(tx, session.id, &changes)?)
        })
        .await
}

/// What was said so far and this, unless that is too much.
fn grown(session: &OnboardingSession, message: Value) -> Result<Value, FleetError> {
    let messages = rules::with(session.messages.as_ref(), message);
    let turns = messages.as_array().map_or(0, Vec::len);
    if json_bytes(&messages) > CONVERSATION || turns > CONVERSATION_TURNS {
        return Err(FleetError::conflict(
            "This onboarding has said all it can hold: settle on a goal, or start anew.",
        ));
    }
    Ok(messages)
}

/// What a person confirms.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmation {
    /// The goal.
    pub goal: Goal,
    /// The proposal that the person has seen; who does not say which confirms the only one that there was.
    pub draft_version: Option<i32>,
    /// Whether tasks need an approval to become done, where the person has decided so.
    pub require_approval_for_done: Option<bool>,
}

/// Gives the board the goal that a person settled on, and the lead that was proposed. A proposal never lowers the board's
/// gates: only the person does, who may govern the board.
///
/// # Errors
/// No onboarding; another proposal than the person has seen; a gate that is not the person's to change; a missing gateway;
/// the gateway's refusal of the lead, after which it is tried again.
pub async fn confirm(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    confirmed: Confirmation,
) -> Result<Reply<Board>, FleetError> {
    let (board, job) = fleet.db().write(move |tx| settle(tx, caller, board, confirmed)).await?;
    let Some(job) = job else { return Ok(Reply::Done(board)) };
    Ok(match fleet.settle(job, "Gateway provision failed").await? {
        Some(_) => Reply::Done(board),
        None => Reply::Accepted { value: board, job },
    })
}

fn settle(
    tx: &mut Tx<'_>,
    caller: Caller,
    board: BoardId,
    Confirmation { goal, draft_version, require_approval_for_done }: Confirmation,
) -> Result<(Board, Option<JobId>), FleetError> {
    let before = boards::lock(tx, board)?.ok_or(FleetError::not_found("Board"))?;
    let session = latest(tx, board)?;
    if !rules::is_seen(session.draft_version, draft_version) {
        return Err(FleetError::conflict(
            "The proposal has changed: read the onboarding again, and confirm with its draft_version.",
        ));
    }
    let draft = session.draft_goal.as_ref();
    let gate = BoardChanges { require_approval_for_done, ..BoardChanges::default() };
    let gate = permitted(tx, caller, &before, gate)?.require_approval_for_done;
    let changes = BoardChanges {
        board_type: Some(goal.board_type),
        objective: Some(goal.objective),
        success_metrics: Some(goal.success_metrics.map(Value::Object)),
        target_date: Some(goal.target_date),
        goal_confirmed: Some(true),
        goal_source: Some(Some("lead_agent_onboarding".to_owned())),
        require_approval_for_done: gate.or(rules::needs_approval(draft).then_some(true)),
        ..BoardChanges::default()
    };
    let board = boards::update(tx, board, &changes)?;
    let (was, is) = (record::governed_board(&before), record::governed_board(&board));
    tx.changed(EventSubject::Board, board.id, was, is);
    record::board_changed(tx, Event::BoardUpdated, &board);
    let confirmed =
        OnboardingChanges { status: Some(OnboardingStatus::Confirmed), ..OnboardingChanges::default() };
    rows::update(tx, session.id, &confirmed)?;
    if let (Some(user), Some(profile)) = (caller.user, rules::profile_of(draft)) {
        users::update(tx, user, &profile.changes())?;
    }
    let lead = rules::lead_of(draft).unwrap_or_default();
    let options = LeadOptions { identity_profile: lead.traits(), name: lead.name };
    let (_, job) = find_or_insert(tx, caller, board.id, options)?;
    Ok((board, job))
}

/// The board and its gateway; the board's onboarding is nobody else's until the transaction ends.
fn locked(tx: &mut Tx<'_>, caller: Caller, board: BoardId) -> Result<(Board, Gateway), FleetError> {
    boards::lock(tx, board)?;
    board_with_gateway(tx, caller.organization, Some(board))
}

fn latest(conn: &mut Conn, board: BoardId) -> Result<OnboardingSession, FleetError> {
    rows::latest(conn, board)?.ok_or(FleetError::not_found("Onboarding"))
}

/// The board may have moved to another gateway in between.
fn on(gateway: &Gateway) -> OnboardingChanges {
    OnboardingChanges {
        session_key: Some(naming::main_session_key(gateway.id)),
        ..OnboardingChanges::default()
    }
}

/// Waits until the gateway has the message; while it takes longer than a person waits, the message stays under way.
async fn sent(fleet: &Fleet, outgoing: Outgoing) -> Result<OnboardingSession, FleetError> {
    let Outgoing { session, job, stored } = outgoing;
    let Err(refusal) = fleet.settle(job, "Gateway onboarding dispatch failed").await else {
        return Ok(session);
    };
    if let Some(message) = stored {
        let taken_back = fleet.db().write(move |tx| take_back(tx, &session, &message)).await;
        if let Err(error) = taken_back {
            tracing::warn!(%error, "unsent message of an onboarding not taken back");
        }
    }
    Err(refusal)
}

fn take_back(tx: &mut Tx<'_>, session: &OnboardingSession, message: &Value) -> Result<(), StoreError> {
    boards::lock(tx, session.board_id)?;
    let Some(session) = rows::find(tx, session.id)? else { return Ok(()) };
    match rules::without(session.messages.as_ref(), message) {
        None => rows::delete(tx, session.id),
        Some(rest) => {
            let changes = OnboardingChanges { messages: Some(rest), ..OnboardingChanges::default() };
            rows::update(tx, session.id, &changes).map(drop)
        }
    }
}
