//! What came of runs, and agents that are paused because nothing does.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{AgentId, ApprovalId, BoardId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What came of a run.
    stored RunVerdict {
        /// Something for the work: a task, a comment, a note, an approval.
        Progress = "progress",
        /// Steps that were new, and nothing for the work.
        Weak = "weak",
        /// Nothing.
        Empty = "empty",
        /// It says nothing of the agent.
        Neutral = "neutral",
    }
}

text_enum! {
    /// What the progress breaker of a board does.
    stored BreakerMode {
        /// It only watches for the board's first week, and pauses agents after that.
        Auto = "auto",
        /// It does nothing.
        Off = "off",
        /// It tells of whom it would pause.
        Shadow = "shadow",
        /// It pauses agents.
        On = "on",
    }
}

text_enum! {
    /// How far an agent is from being paused.
    stored ProgressStage {
        /// Something comes of its runs, or little is known.
        Ok = "ok",
        /// People were warned.
        Warned = "warned",
        /// It was paused, or would have been.
        Paused = "paused",
    }
}

/// When agents of a board are paused whose runs change nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::board_breakers, primary_key(board_id))]
pub struct BoardBreaker {
    /// The board.
    pub board_id: BoardId,
    /// What it does.
    pub mode: BreakerMode,
    /// Runs that do nothing, while there is work.
    pub empty_limit: i32,
    /// Runs of which nothing comes, while there is work.
    pub weak_limit: i32,
    /// Runs that do nothing, while there is no work.
    pub idle_limit: i32,
    /// Tokens that they have to have used.
    pub token_floor: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl BoardBreaker {
    /// The breaker of a board that nobody changed.
    pub fn usual(board_id: BoardId, at: Timestamp) -> Self {
        Self {
            board_id,
            mode: BreakerMode::Auto,
            empty_limit: 10,
            weak_limit: 30,
            idle_limit: 48,
            token_floor: 20_000,
            updated_at: at,
        }
    }
}

/// What is known of an agent's progress.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::agent_progress, primary_key(agent_id), treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AgentProgress {
    /// The agent.
    pub agent_id: AgentId,
    /// Runs that began before count no more.
    pub counted_from: Timestamp,
    /// How far it is from being paused.
    pub stage: ProgressStage,
    /// What asks people whether it goes on.
    pub approval_id: Option<ApprovalId>,
    /// When its stage last changed.
    pub changed_at: Timestamp,
}
