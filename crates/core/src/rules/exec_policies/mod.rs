//! Rules for commands: which of them decides about a command that a gateway asks about, and how.
//!
//! A rule sees the text of a command and nothing of what the command does. So it errs to one side: what lets a command run has
//! to fit the command as a whole, and a pattern lets nothing run that may be more than one command; what refuses a command, or
//! has people asked, fits as soon as it fits one part of it.

mod command;
mod glob;
#[cfg(test)]
mod tests;

pub use command::may_be_several;
use command::{has_operator, parts, spaced};
use glob::Glob;

use crate::id::{AgentId, BoardId, ExecPolicyId};
use crate::limits::EXEC_COMMAND;
use crate::models::{ExecDecision, ExecEffect, ExecMatch, ExecPolicy};
use crate::time::Timestamp;

/// A command that a gateway asks about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'c> {
    /// The command, whole.
    pub command: &'c str,
    /// Where it would run, in the gateway's word.
    pub host: Option<&'c str>,
    /// The agent that wants to run it.
    pub agent: AgentId,
    /// The agent's board.
    pub board: Option<BoardId>,
    /// Whether it is one command with nothing in it that is risky, by the analysis of its gateway; `None` where there is none.
    pub is_single: Option<bool>,
}

/// Why a pattern cannot be one of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It says nothing.
    #[error("Expected a command, or the beginning of one.")]
    Blank,
    /// It would let every command run.
    #[error("This would allow every command. Name at least the program.")]
    Everything,
    /// It cannot match what it is to allow.
    #[error("Only an exact rule allows what may be more than one command.")]
    Several,
}

/// Whether a rule can have this pattern.
///
/// # Errors
/// A pattern that says nothing; one that would allow every command, or could allow none.
pub fn check(effect: ExecEffect, matching: ExecMatch, pattern: &str) -> Result<(), PatternError> {
    if pattern.trim().is_empty() {
        return Err(PatternError::Blank);
    }
    if effect != ExecEffect::Allow || matching == ExecMatch::Exact {
        return Ok(());
    }
    let first = pattern.trim_start().chars().next();
    if matching == ExecMatch::Glob && matches!(first, Some('*' | '?')) {
        return Err(PatternError::Everything);
    }
    if has_operator(pattern) {
        return Err(PatternError::Several);
    }
    Ok(())
}

/// The rules that count at a moment, made ready for many commands.
pub struct Rules<'p> {
    allowing: Vec<Ready<'p>>,
    cautious: Vec<Ready<'p>>,
}

impl<'p> Rules<'p> {
    /// Those of `policies` that count at `now`.
    pub fn new(policies: impl IntoIterator<Item = &'p ExecPolicy>, now: Timestamp) -> Self {
        let live = policies.into_iter().filter(|policy| policy.is_live(now)).map(Ready::new);
        let (allowing, cautious) = live.partition(|ready| ready.policy.effect == ExecEffect::Allow);
        Self { allowing, cautious }
    }

    /// The rule that decides about a command; `None` when there is none, and people are asked.
    ///
    /// Of the rules that fit, the one of the narrowest scope counts: the agent's, then the board's, then the organization's;
    /// within a scope `refuse` before `ask` before `allow`. Each part of a command is decided so, and one part that is refused
    /// refuses it.
    pub fn decide(&self, asked: &Asked<'_>) -> Option<&'p ExecPolicy> {
        let text = spaced(beginning(asked.command));
        let parts = parts(&text);
        let about = |ready: &&Ready<'p>| ready.is_about(asked);
        let cautious: Vec<&Ready<'p>> = self.cautious.iter().filter(about).collect();
        let of_part = |part: &&str| {
            let fitting = cautious.iter().filter(|ready| ready.fits_part(part)).map(|ready| ready.policy);
            fitting.min_by_key(|policy| rank(policy))
        };
        let of_parts: Vec<&'p ExecPolicy> = parts.iter().filter_map(of_part).collect();
        let allowing = self.allowing.iter().filter(about).filter(|ready| ready.allows(asked));
        match allowing.map(|ready| ready.policy).min_by_key(|policy| rank(policy)) {
            Some(allowed) if of_parts.iter().all(|other| scope(allowed) < scope(other)) => Some(allowed),
            _ => of_parts.into_iter().min_by_key(|policy| (severity(policy.effect), rank(policy))),
        }
    }
}

/// What a gateway is told where a rule has this effect. Never more than this time: a rule that is withdrawn must leave nothing
/// behind on the gateway.
pub fn decision(effect: ExecEffect) -> Option<ExecDecision> {
    match effect {
        ExecEffect::Allow => Some(ExecDecision::Once),
        ExecEffect::Refuse => Some(ExecDecision::Deny),
        ExecEffect::Ask | ExecEffect::Foreign(_) => None,
    }
}

/// The beginning of a command that rules look at. Nothing allows a longer one.
fn beginning(command: &str) -> &str {
    command.get(..command.floor_char_boundary(EXEC_COMMAND)).unwrap_or_default()
}

/// A rule with its pattern made ready.
struct Ready<'p> {
    policy: &'p ExecPolicy,
    pattern: String,
    glob: Option<Glob>,
}

impl<'p> Ready<'p> {
    fn new(policy: &'p ExecPolicy) -> Self {
        // What allows means every character of it.
        let pattern = match policy.effect {
            ExecEffect::Allow => policy.pattern.trim_start().to_owned(),
            _ => spaced(policy.pattern.trim_start()),
        };
        let glob = (policy.matching == ExecMatch::Glob).then(|| Glob::new(pattern.trim_end()));
        Self { policy, pattern, glob }
    }

    fn is_about(&self, asked: &Asked<'_>) -> bool {
        let policy = self.policy;
        let agents = policy.agent_id.is_none_or(|agent| agent == asked.agent);
        let boards = policy.board_id.is_none_or(|board| Some(board) == asked.board);
        agents && boards && policy.host.as_deref().is_none_or(|host| Some(host) == asked.host)
    }

    /// Whether a rule that allows lets a command run.
    fn allows(&self, asked: &Asked<'_>) -> bool {
        // Of a longer one, people would see the beginning only.
        if asked.command.len() > EXEC_COMMAND {
            return false;
        }
        let command = asked.command.trim();
        let is_one = || asked.is_single == Some(true) && !may_be_several(command);
        match self.policy.matching {
            ExecMatch::Exact => command == self.pattern.trim_end(),
            ExecMatch::Prefix => command.starts_with(&self.pattern) && is_one(),
            ExecMatch::Glob => self.glob.as_ref().is_some_and(|glob| is_one() && glob.matches(command)),
            // What another release knows allows nothing here.
            ExecMatch::Foreign(_) => false,
        }
    }

    /// Whether a rule that refuses, or has people asked, is about a part of a command.
    fn fits_part(&self, part: &str) -> bool {
        let whole = self.pattern.trim_end();
        match self.policy.matching {
            ExecMatch::Exact => part == whole,
            // A rule that refuses `rm ` is about `rm` alone too.
            ExecMatch::Prefix => part.starts_with(&self.pattern) || part == whole,
            ExecMatch::Glob => self.glob.as_ref().is_some_and(|glob| glob.matches(part)),
            ExecMatch::Foreign(_) => false,
        }
    }
}

/// The narrowest scope first, then the most careful effect; the rest makes the answer one whatever the order of rules.
fn rank(policy: &ExecPolicy) -> (u8, u8, u8, Timestamp, ExecPolicyId) {
    let matching = match policy.matching {
        ExecMatch::Exact => 0,
        ExecMatch::Prefix => 1,
        ExecMatch::Glob | ExecMatch::Foreign(_) => 2,
    };
    (scope(policy), severity(policy.effect), matching, policy.created_at, policy.id)
}

fn scope(policy: &ExecPolicy) -> u8 {
    match (policy.agent_id, policy.board_id) {
        (Some(_), _) => 0,
        (None, Some(_)) => 1,
        (None, None) => 2,
    }
}

fn severity(effect: ExecEffect) -> u8 {
    match effect {
        ExecEffect::Refuse => 0,
        // Of an effect of another release nothing is known but that somebody wanted one.
        ExecEffect::Ask | ExecEffect::Foreign(_) => 1,
        ExecEffect::Allow => 2,
    }
}
