//! Which workspace files to write, and where their content goes on gateways that do not take all of them: pure.

use std::collections::BTreeMap;

use mission_control_core::limits::FILE_TOKENS;
use mission_control_core::models::{Agent, AgentFile};
use sha2::{Digest, Sha256};

use crate::naming::Role;
use crate::templates::{self, Context, File, Supplied, TemplateError};

/// Characters of one workspace file that reach an agent's prompt by default.
pub const DEFAULT_FILE_CHARS: usize = 20_000;

/// Content that went into AGENTS.md because the gateway refused files of their own.
pub(crate) type Folded = BTreeMap<File, String>;

/// How a provisioning run treats files that are there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// The agent is new: everything is written.
    pub fresh: bool,
    /// Write BOOTSTRAP.md even when the first run is over.
    pub force_bootstrap: bool,
    /// Overwrite what the agent may have edited.
    pub overwrite: bool,
    /// Leave files alone that the agent changed since we wrote them.
    pub keep_edited: bool,
}

/// The files to write for `agent`, in order, with their content. `existing` says which files the workspace has.
///
/// # Errors
/// A template of ours that does not fit its context, which the tests of this crate exclude.
pub fn plan(
    agent: &Agent,
    context: &Context,
    supplied: &Supplied,
    rules: Rules,
    existing: &dyn Fn(File) -> bool,
) -> Result<Vec<(File, String)>, TemplateError> {
    let mut files = Vec::new();
    for file in File::ALL {
        if !wanted(file, Role::of(agent), rules, existing) {
            continue;
        }
        let content = match supplied.text(file) {
            Some(text) => text.to_owned(),
            None => templates::render(file, context)?,
        };
        if !content.is_empty() {
            files.push((file, content));
        }
    }
    Ok(files)
}

fn wanted(file: File, role: Role, rules: Rules, existing: &dyn Fn(File) -> bool) -> bool {
    match file {
        File::Bootstrap => rules.fresh || rules.force_bootstrap || existing(file),
        // A main agent serves the organization: who its person is comes from the organization, not from the agent.
        File::User if role == Role::Main => true,
        File::User | File::Memory => rules.fresh || rules.overwrite || !existing(file),
        _ => true,
    }
}

/// SHA-256 of what a file says, in hex: the end of its lines does not count, which gateways change when they write a file
/// themselves.
pub fn digest(content: &str) -> String {
    hex::encode(Sha256::digest(says(content)))
}

/// A text without the blanks at the end of its lines and at its own end.
pub fn says(content: &str) -> String {
    content.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// Whether `content` is what we wrote last, or, when that write was cut short, what we wrote before.
pub fn is_ours(written: &AgentFile, content: &str) -> bool {
    // Former releases kept the digest of the text as it was.
    let former = [content, content.trim_end()].map(|text| hex::encode(Sha256::digest(text)));
    former
        .into_iter()
        .chain([digest(content)])
        .any(|digest| digest == written.sha256 || Some(digest) == written.previous_sha256)
}

/// AGENTS.md with the content of files that the gateway does not take. Tools come first: a long file is cut at its
/// end, and without the token an agent can do nothing.
pub fn fold(agents: &str, refused: &BTreeMap<File, String>) -> String {
    let mut parts = Vec::new();
    if let Some(tools) = refused.get(&File::Tools) {
        parts.push(section("Tools", tools));
    }
    if let Some(heartbeat) = refused.get(&File::Heartbeat) {
        parts.push(section("Heartbeat", heartbeat));
    }
    parts.push(agents.to_owned());
    parts.join("\n\n")
}

/// `content` below a heading of its own: its title goes, its headings move one level down.
fn section(title: &str, content: &str) -> String {
    let mut fenced = false;
    let mut lines = vec![format!("## {title}")];
    for (number, line) in content.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if number == 0 && line.starts_with("# ") {
            continue;
        }
        let heading = !fenced && line.starts_with("## ");
        lines.push(if heading { format!("#{line}") } else { line.to_owned() });
    }
    lines.join("\n")
}

/// The limit that `files` need, when the default would cut one of them.
pub fn needed_chars(files: &[(File, String)]) -> Option<usize> {
    let longest = files.iter().map(|(_, content)| content.chars().count()).max().unwrap_or(0);
    (longest > DEFAULT_FILE_CHARS).then(|| longest.next_multiple_of(10_000))
}

/// The token in a workspace file, as we write it.
pub fn token_in(content: &str) -> Option<&str> {
    named_tokens(content).next()
}

/// The address of the API in a workspace file, as we write it.
pub(crate) fn base_url_in(content: &str) -> Option<&str> {
    content.lines().find_map(|line| line.trim().strip_prefix("BASE_URL=")).map(str::trim)
}

/// Everything in a text that is called a token as we write it, each once.
pub(crate) fn tokens_in(content: &str) -> Vec<&str> {
    let mut tokens: Vec<&str> = named_tokens(content).collect();
    // The longest first: none is hidden behind its own beginning.
    tokens.sort_unstable_by(|left, right| right.len().cmp(&left.len()).then(left.cmp(right)));
    tokens.dedup();
    tokens.truncate(FILE_TOKENS);
    tokens
}

fn named_tokens(content: &str) -> impl Iterator<Item = &str> {
    content.match_indices("AUTH_TOKEN=").filter_map(|(at, key)| {
        let rest = content.get(at + key.len()..)?;
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        rest.get(..end).filter(|token| !token.is_empty())
    })
}

#[cfg(test)]
mod tests;
