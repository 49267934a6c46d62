//! The progress breaker: agents whose runs change nothing are paused, and people are asked.
//!
//! A job judges the runs that have ended, by what they left behind (`sweep`); how long a streak without progress may be is a
//! rule of `core`. Only a streak that is new counts: whoever is let go on, or is told something, begins anew.

use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_core::id::{AgentId, ApprovalId};
use mission_control_core::limits::{IDS, JUDGED_RUNS, RUNS_AT_ONCE};
use mission_control_core::models::{
    Agent, AgentPause, AgentProgress, Approval, ApprovalStatus, Board, BoardBreaker, PauseCause,
    ProgressStage, Run,
};
use mission_control_core::rules::approvals::BREAKER;
use mission_control_core::rules::breaker::{
    AFTERMATH, Reaction, Streak, Thresholds, pauses, reaction, streak, verdict,
};
use mission_control_core::time::Timestamp;
use mission_control_shapes::BoardBreakerRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{Conn, StoreError, StoreResult, Tx, agents, approvals, breaker, tasks};
use serde_json::{Value, json};

use crate::agents::pause;
use crate::approvals::record as inbox;
use crate::fleet::Fleet;
use crate::record;

/// What an agent did in this time before is not new.
const LATELY: Duration = Duration::from_secs(86_400);

/// The breaker of a board.
///
/// # Errors
/// The database's.
pub async fn read(fleet: &Fleet, board: Board) -> Result<BoardBreakerRead, StoreError> {
    fleet.db().read(move |conn| Ok(shown(&of_board(conn, &board)?, &board))).await
}

/// Changes the breaker of a board.
///
/// # Errors
/// The database's.
pub async fn change(
    fleet: &Fleet,
    board: Board,
    change: impl FnOnce(&mut BoardBreaker) + Send + 'static,
) -> Result<BoardBreakerRead, StoreError> {
    fleet
        .db()
        .write(move |tx| {
            // Of two changes at once, the second one goes on from what the first one left.
            let board = tasks::lock_board(tx, board.id)?.ok_or(StoreError::NotFound("board"))?;
            let mut row = of_board(tx, &board)?;
            let before = governed(&row);
            change(&mut row);
            row.updated_at = Timestamp::now();
            breaker::save(tx, &row)?;
            tx.changed(EventSubject::Board, board.id, before, governed(&row));
            record::board_changed(tx, Event::BoardUpdated, &board);
            Ok(shown(&row, &board))
        })
        .await
}

fn of_board(conn: &mut Conn, board: &Board) -> StoreResult<BoardBreaker> {
    let row = breaker::of_board(conn, board.id)?;
    Ok(row.unwrap_or_else(|| BoardBreaker::usual(board.id, board.created_at)))
}

fn shown(row: &BoardBreaker, board: &Board) -> BoardBreakerRead {
    let pauses = pauses(row.mode, board.created_at, Timestamp::now()) == Some(true);
    BoardBreakerRead::new(row, pauses)
}

fn governed(row: &BoardBreaker) -> Value {
    json!({
        "breaker_mode": row.mode.as_str(),
        "breaker_empty_limit": row.empty_limit,
        "breaker_weak_limit": row.weak_limit,
        "breaker_idle_limit": row.idle_limit,
        "breaker_token_floor": row.token_floor,
    })
}

/// Judges the runs that have ended, and does what follows; returns how many there were.
pub(crate) async fn sweep(fleet: &Fleet) -> Result<usize, StoreError> {
    let mut count = 0;
    loop {
        let before = Timestamp::now().minus(AFTERMATH);
        let ended: Vec<Run> =
            fleet.db().read(move |conn| breaker::unjudged(conn, before, RUNS_AT_ONCE)).await?;
        let found = ended.len();
        let concerned: BTreeSet<AgentId> = ended.iter().map(|run| run.agent_id).collect();
        let judged: Result<(), StoreError> =
            fleet.db().write(move |tx| ended.iter().try_for_each(|run| judge(tx, run))).await;
        judged?;
        for agent in concerned {
            let reacted: Result<(), StoreError> = fleet.db().write(move |tx| react(tx, agent)).await;
            reacted?;
        }
        count += found;
        if i64::try_from(found).unwrap_or(i64::MAX) < RUNS_AT_ONCE {
            return Ok(count);
        }
    }
}

fn judge(tx: &mut Tx<'_>, run: &Run) -> StoreResult<()> {
    let began = run.started_at.unwrap_or(run.created_at);
    let ended = run.ended_at.unwrap_or(run.last_event_at).plus(AFTERMATH);
    let facts = breaker::facts(tx, run, began, ended, began.minus(LATELY))?;
    breaker::judge(tx, run.id, verdict(run, facts))
}

/// Looks at an agent of which a run was judged.
fn react(tx: &mut Tx<'_>, id: AgentId) -> StoreResult<()> {
    let Some(board) = agents::find(tx, id)?.and_then(|agent| agent.board_id) else { return Ok(()) };
    // The board first, as everybody does who decides about approvals.
    let Some(board) = tasks::lock_board(tx, board)? else { return Ok(()) };
    let Some(agent) = agents::lock(tx, id)?.filter(|agent| agent.paused_at.is_none()) else { return Ok(()) };
    let row = of_board(tx, &board)?;
    let now = Timestamp::now();
    let Some(may_pause) = pauses(row.mode, board.created_at, now) else { return Ok(()) };
    let mut known = breaker::progress(tx, id)?.unwrap_or(AgentProgress {
        agent_id: id,
        counted_from: agent.created_at,
        stage: ProgressStage::Ok,
        approval_id: None,
        changed_at: now,
    });
    if let Some(approval) = known.approval_id.take() {
        let why = "Somebody had the agent go on.";
        inbox::withdraw(tx, &board, approval, ApprovalStatus::Approved, why)?;
        breaker::save_progress(tx, &known)?;
    }
    let news = breaker::last_news(tx, id)?;
    let from = known.counted_from.max(news.unwrap_or(known.counted_from));
    let streak = streak(&breaker::judged(tx, id, from, JUDGED_RUNS)?);
    let has_work = breaker::has_work(tx, board.id, id)?;
    let next = match reaction(&streak, &thresholds(&row), has_work) {
        Reaction::Nothing if known.stage == ProgressStage::Ok => return Ok(()),
        Reaction::Nothing => AgentProgress { stage: ProgressStage::Ok, ..known },
        Reaction::Warn if known.stage == ProgressStage::Warned => return Ok(()),
        Reaction::Warn => {
            record::activity_of(
                tx,
                &agent,
                "agent.breaker.warned",
                said(&agent, &streak, "It will be paused soon."),
            )?;
            AgentProgress { stage: ProgressStage::Warned, ..known }
        }
        Reaction::Pause if !may_pause => {
            let message =
                said(&agent, &streak, "It would be paused, if the breaker of its board did more than watch.");
            record::activity_of(tx, &agent, "agent.breaker.watched", message)?;
            AgentProgress { stage: ProgressStage::Paused, counted_from: now, ..known }
        }
        Reaction::Pause => {
            let approval = stop(tx, &board, &agent, &streak, now)?;
            AgentProgress {
                stage: ProgressStage::Paused,
                counted_from: now,
                approval_id: Some(approval),
                ..known
            }
        }
    };
    breaker::save_progress(tx, &AgentProgress { changed_at: now, ..next })
}

fn thresholds(row: &BoardBreaker) -> Thresholds {
    let count = |limit: i32| usize::try_from(limit).unwrap_or(usize::MAX);
    Thresholds {
        empty: count(row.empty_limit),
        weak: count(row.weak_limit),
        idle: count(row.idle_limit),
        tokens: row.token_floor,
    }
}

fn said(agent: &Agent, streak: &Streak, then: &str) -> String {
    let (runs, tokens) = (streak.runs.len(), streak.tokens);
    format!("Nothing came of the last {runs} runs of {}, which used {tokens} tokens. {then}", agent.name)
}

/// Pauses an agent, and asks whether it goes on.
fn stop(
    tx: &mut Tx<'_>,
    board: &Board,
    agent: &Agent,
    streak: &Streak,
    now: Timestamp,
) -> StoreResult<ApprovalId> {
    let reason = said(agent, streak, "It is paused. To approve lets it go on; to reject leaves it paused.");
    let pause = AgentPause {
        agent_id: agent.id,
        paused_at: now,
        cause: PauseCause::Breaker,
        reason: reason.clone(),
        budget_id: None,
        window_starts_at: None,
    };
    pause::by_rule(tx, board.organization_id, &pause)?;
    let approval = Approval {
        payload: Some(json!({
            "reason": reason,
            "paused_agent_id": agent.id,
            "paused_agent_name": agent.name,
            "tokens": streak.tokens,
            "run_ids": streak.runs.iter().take(IDS).collect::<Vec<_>>(),
        })),
        ..Approval::new(board.id, BREAKER, 0.0)
    };
    let id = approval.id;
    approvals::insert(tx, &approval, &[])?;
    inbox::tell(tx, board, Event::ApprovalCreated, approval)?;
    Ok(id)
}

/// A person decided whether an agent goes on.
pub(crate) fn decided(
    tx: &mut Tx<'_>,
    board: &Board,
    approval: &Approval,
    to: ApprovalStatus,
) -> StoreResult<()> {
    // An approval that somebody else asked for says nothing about agents, whatever it claims.
    let Some(known) = breaker::of_approval(tx, approval.id)? else { return Ok(()) };
    if to == ApprovalStatus::Approved {
        pause::released(tx, board.organization_id, known.agent_id, PauseCause::Breaker)?;
    }
    Ok(())
}
