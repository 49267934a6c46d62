//! What agents may ask for.

use std::str::FromStr;

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

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An answer is expected.
    Question,
    /// Work is handed over.
    Handoff,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Question, Self::Handoff];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Handoff => "handoff",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// A message to leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadMessage {
    /// What it is for.
    pub kind: Kind,
    /// The text.
    pub content: String,
    /// A mark that comes back with the answer.
    pub correlation_id: Option<String>,
    /// Tags of the answer in the board's memory; the usual ones when there are none.
    pub reply_tags: Vec<String>,
    /// Source of the answer in the board's memory; the usual one when none is given.
    pub reply_source: Option<String>,
}
