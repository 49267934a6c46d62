//! Setting up a board: the gateway's main agent asks a person questions and proposes a goal; once the person confirms,
//! the board has its goal and its lead.
//!
//! What a person says is stored first and then sent, so that an answer of the agent always finds it, and taken back
//! when the gateway refuses it.

mod prompt;

use mission_control_core::id::{BoardId, JobId};
use mission_control_core::models::{
    Agent, Board, BoardChanges, Gateway, OnboardingChanges, OnboardingSession, OnboardingStatus,
};
use mission_control_core::rules::onboarding::{self as rules, Goal, Turn};
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreError, Tx, boards, onboarding as rows, users};
use serde_json::Value;

use crate::agents::check::board_with_gateway;
use crate::boards::LeadOptions;
use crate::boards::lead::find_or_insert;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::wait::Reply;
use crate::{naming, record, sessions};

/// Something to send, and what to take back if that fails.
struct Outgoing {
    session: OnboardingSession,
    text: String,
    stored: Option<Value>,
}

/// The onboarding of a board that last went on.
///
/// # Errors
/// There is none; the database's.
pub async fn current(fleet: &Fleet, board: BoardId) -> Result<OnboardingSession, FleetError> {
    fleet.db().read(move |conn| latest(conn, board)).await
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
            match rules::unanswered(session.messages.as_ref()).map(str::to_owned) {
                None => Ok(Err(session)),
                Some(text) => {
                    let session = rows::update(tx, session.id, &on(&gateway))?;
                    Ok(Ok(Outgoing { session, text, stored: None }))
                }
            }
        })
        .await?;
    match outgoing {
        Ok(outgoing) => send(fleet, caller, outgoing).await,
        Err(waiting_for_the_person) => Ok(waiting_for_the_person),
    }
}

fn begin(tx: &mut Tx<'_>, board: &Board, gateway: &Gateway, base_url: &str) -> Result<Outgoing, StoreError> {
    let text = prompt::assignment(board, base_url);
    let message = rules::from_person(&text, Timestamp::now());
    let session = OnboardingSession::new(board.id, naming::main_session_key(gateway.id), message.clone());
    rows::insert(tx, &session)?;
    Ok(Outgoing { session, text, stored: Some(message) })
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
            let messages = rules::with(session.messages.as_ref(), message.clone());
            let changes = OnboardingChanges { messages: Some(messages), ..on(&gateway) };
            let session = rows::update(tx, session.id, &changes)?;
            Ok::<_, FleetError>(Outgoing { session, text, stored: Some(message) })
        })
        .await?;
    send(fleet, caller, outgoing).await
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
                messages: Some(rules::with(session.messages.as_ref(), message)),
                status: proposal.is_some().then_some(OnboardingStatus::Completed),
                draft_goal: proposal,
                ..OnboardingChanges::default()
            };
            Ok(rows::update(tx, session.id, &changes)?)
        })
        .await
}

/// Gives the board the goal that a person settled on, and the lead that was proposed.
///
/// # Errors
/// No onboarding; a missing gateway; the gateway's refusal of the lead, after which it is tried again.
pub async fn confirm(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    goal: Goal,
) -> Result<Reply<Board>, FleetError> {
    let (board, job) = fleet.db().write(move |tx| settle(tx, caller, board, goal)).await?;
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
    goal: Goal,
) -> Result<(Board, Option<JobId>), FleetError> {
    boards::lock(tx, board)?;
    let session = latest(tx, board)?;
    let draft = session.draft_goal.as_ref();
    let changes = BoardChanges {
        board_type: Some(goal.board_type),
        objective: Some(goal.objective),
        success_metrics: Some(goal.success_metrics.map(Value::Object)),
        target_date: Some(goal.target_date),
        goal_confirmed: Some(true),
        goal_source: Some(Some("lead_agent_onboarding".to_owned())),
        require_approval_for_done: Some(rules::needs_approval(draft)),
        ..BoardChanges::default()
    };
    let board = boards::update(tx, board, &changes)?;
    record::board_changed(tx, "board.updated", &board);
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

async fn send(fleet: &Fleet, caller: Caller, outgoing: Outgoing) -> Result<OnboardingSession, FleetError> {
    let Outgoing { session, text, stored } = outgoing;
    let sent = sessions::send(fleet, caller, session.board_id, &session.session_key, &text).await;
    let Err(refusal) = sent else { return Ok(session) };
    if let Some(message) = stored {
        let taken_back = fleet.db().write(move |tx| take_back(tx, &session, &message)).await;
        if let Err(error) = taken_back {
            tracing::warn!(error = %error, "onboarding.not_taken_back");
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
