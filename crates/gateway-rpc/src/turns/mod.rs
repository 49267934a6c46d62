//! What becomes of turns, in the words of every release.
//!
//! Releases tell of a turn in their own ways: 2026.3 with `agent` and `chat` events alone and tools for the sender only,
//! later ones also with `session.message`, items and the output of commands. [`TurnNews::of_event`] reads them all; the same
//! fact may arrive in several of them, and again. What was missed is read from the session's history, as the same facts
//! ([`TurnNews::of_history`]).

mod events;
mod history;
mod message;

use serde_json::Value;

use crate::limits::{ARGUMENT_ENTRIES, ARGUMENTS, MODEL, OUTPUT, PEER_NAME};
use crate::peer::{Measure, cut, message};

/// What is kept of the arguments of a tool.
const GIVEN: Measure = Measure { text: ARGUMENTS, entries: ARGUMENT_ENTRIES };

/// Something that happened in a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnNews {
    /// The turn; nothing where the release does not say, and the session alone tells.
    pub run: Option<String>,
    /// Its session.
    pub session: String,
    /// The transcript of the session, where it is said.
    pub session_id: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: Option<i64>,
    /// Whether a heartbeat started the turn, where it is said.
    pub heartbeat: Option<bool>,
    /// What happened.
    pub fact: TurnFact,
}

/// What happened in a turn.
#[derive(Debug, Clone, PartialEq)]
pub enum TurnFact {
    /// The gateway took the message that starts it.
    Asked,
    /// It began.
    Began,
    /// It goes on: the model speaks, a command prints.
    GoesOn,
    /// The model that answers.
    Answers {
        /// Who runs the model.
        provider: Option<String>,
        /// The model.
        model: String,
    },
    /// A tool was called.
    ToolBegan(ToolCall),
    /// A tool ended.
    ToolEnded(ToolEnd),
    /// The model answered a request.
    Called(ModelCall),
    /// It is over.
    Ended {
        /// How.
        how: TurnEnding,
        /// Why the model stopped, in the gateway's word.
        stop_reason: Option<String>,
        /// What went wrong.
        error: Option<String>,
    },
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnEnding {
    /// With an answer.
    Done,
    /// With an error.
    Failed,
    /// Somebody stopped it.
    Aborted,
}

/// A call of a tool.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// Its id within the session.
    pub id: String,
    /// The tool.
    pub name: String,
    /// What it was called with, where it is said.
    pub arguments: Option<Value>,
}

/// The end of a call of a tool.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ToolEnd {
    /// The call.
    pub id: String,
    /// The tool, where it is said.
    pub name: Option<String>,
    /// Whether it failed, where it is said.
    pub failed: Option<bool>,
    /// What the command exited with.
    pub exit_code: Option<i64>,
    /// How long it took.
    pub duration_ms: Option<i64>,
    /// The end of what it said.
    pub output: Option<String>,
}

/// An answer of a model, with what it used.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelCall {
    /// The id of the message within its session.
    pub id: String,
    /// The provider's id of the answer.
    pub response_id: Option<String>,
    /// Who runs the model.
    pub provider: String,
    /// The model.
    pub model: String,
    /// What it used.
    pub tokens: CallTokens,
    /// What it cost, in millionths of a US dollar, as the gateway counts.
    pub cost_micros: Option<i64>,
}

/// Tokens of a call. The four numbers have no token in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallTokens {
    /// Read, and not from a cache.
    pub input: i64,
    /// Written.
    pub output: i64,
    /// Read from the provider's cache.
    pub cache_read: i64,
    /// Written to the provider's cache.
    pub cache_write: i64,
}

impl CallTokens {
    /// All of them.
    pub const fn total(self) -> i64 {
        self.input
            .saturating_add(self.output)
            .saturating_add(self.cache_read)
            .saturating_add(self.cache_write)
    }
}

impl ToolCall {
    fn new(id: &str, name: &str, arguments: Option<Value>) -> Option<Self> {
        let mut arguments = arguments.filter(|arguments| !arguments.is_null());
        arguments.iter_mut().for_each(|arguments| GIVEN.fit(arguments));
        let (id, name) = (cut(id, PEER_NAME).to_owned(), cut(name, PEER_NAME).to_owned());
        (!id.is_empty()).then_some(Self { id, name, arguments })
    }
}

/// The end of a text, cut between two characters.
fn tail(text: &str) -> String {
    let from = text.ceil_char_boundary(text.len().saturating_sub(OUTPUT));
    text.get(from..).unwrap_or_default().to_owned()
}

/// Milliseconds as gateways say them; what is no time is none.
fn milliseconds(value: Option<f64>) -> Option<i64> {
    // Beyond the year 9999 it is none; the cast then loses nothing.
    value.filter(|at| (0.0..2.5e14).contains(at)).map(|at| at as i64)
}

/// A count of tokens; what is none counts as zero.
fn count(value: Option<f64>) -> i64 {
    value.filter(|count| (0.0..1e15).contains(count)).map_or(0, |count| count.round() as i64)
}

/// US dollars in millionths, rounded half to even.
pub(crate) fn micros(dollars: Option<f64>) -> Option<i64> {
    let micros = dollars.map(|dollars| (dollars * 1e6).round_ties_even());
    micros.filter(|micros| (0.0..1e15).contains(micros)).map(|micros| micros as i64)
}

fn word(text: Option<String>) -> Option<String> {
    text.map(|text| cut(&text, MODEL).to_owned()).filter(|text| !text.is_empty())
}

fn reason(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(|text| message(&text))
}
