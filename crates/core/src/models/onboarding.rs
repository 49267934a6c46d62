//! The conversation that sets up a board, and the words it is held in.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{BoardId, OnboardingSessionId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// How far an onboarding is.
    stored OnboardingStatus {
        /// Questions are being asked.
        Active = "active",
        /// The agent has proposed a goal.
        Completed = "completed",
        /// A person has accepted it; the lead was created.
        Confirmed = "confirmed",
    }
}

text_enum! {
    /// How an agent says that it has no more questions.
    closed Completion {
        /// The proposal is complete.
        Complete = "complete",
    }
}

text_enum! {
    /// How much a lead decides by itself.
    closed Autonomy {
        /// Nothing without a person's word.
        AskFirst = "ask_first",
        /// Small things by itself.
        Balanced = "balanced",
        /// Everything.
        Autonomous = "autonomous",
    }
}

text_enum! {
    /// How much a lead says.
    closed Verbosity {
        /// Little.
        Concise = "concise",
        /// Neither little nor much.
        Balanced = "balanced",
        /// Much.
        Detailed = "detailed",
    }
}

text_enum! {
    /// The form of what a lead writes.
    closed OutputFormat {
        /// Lists.
        Bullets = "bullets",
        /// Lists and prose.
        Mixed = "mixed",
        /// Prose.
        Narrative = "narrative",
    }
}

text_enum! {
    /// How often a lead reports.
    closed UpdateCadence {
        /// Whenever there is something.
        Asap = "asap",
        /// Every hour.
        Hourly = "hourly",
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
    }
}

/// An onboarding of a board.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_onboarding_sessions, treat_none_as_default_value = false)]
pub struct OnboardingSession {
    /// Key.
    pub id: OnboardingSessionId,
    /// The board.
    pub board_id: BoardId,
    /// The gateway session in which the questions are asked.
    pub session_key: String,
    /// How far it is.
    pub status: OnboardingStatus,
    /// What was said, oldest first: objects with `role` (`user` or `assistant`), `content` and `timestamp`.
    pub messages: Option<Value>,
    /// What the agent proposes.
    pub draft_goal: Option<Value>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last went on.
    pub updated_at: Timestamp,
    /// How many proposals there were; `draft_goal` is the last of them.
    pub draft_version: i32,
}

impl OnboardingSession {
    /// An onboarding that begins with `message`.
    pub fn new(board_id: BoardId, session_key: impl Into<String>, message: Value) -> Self {
        let now = Timestamp::now();
        Self {
            id: OnboardingSessionId::random(),
            board_id,
            session_key: session_key.into(),
            status: OnboardingStatus::Active,
            messages: Some(Value::Array(vec![message])),
            draft_goal: None,
            created_at: now,
            updated_at: now,
            draft_version: 0,
        }
    }
}

/// Changes to an [`OnboardingSession`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::board_onboarding_sessions)]
pub struct OnboardingChanges {
    pub session_key: Option<String>,
    pub status: Option<OnboardingStatus>,
    pub messages: Option<Value>,
    pub draft_goal: Option<Value>,
    pub draft_version: Option<i32>,
}
