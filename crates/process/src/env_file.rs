//! The lines of a `.env` file, read as python-dotenv reads them without interpolation: existing files keep their values.

use std::collections::BTreeMap;
use std::fmt;

use mission_control_core::limits::VARIABLE_NAME;

/// A line that cannot be read. Says nothing of its content: that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableLine {
    /// Its number, from 1.
    pub line: usize,
    /// The variable that it was to set, if it has the form of one.
    pub variable: Option<String>,
    reason: &'static str,
}

impl fmt::Display for UnreadableLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.variable {
            Some(variable) => write!(f, "line {} ({variable}) {}", self.line, self.reason),
            None => write!(f, "line {} {}", self.line, self.reason),
        }
    }
}

impl std::error::Error for UnreadableLine {}

const NO_ASSIGNMENT: &str = "is not of the form NAME=value; correct it, or put a # in front of it";
const OPEN_QUOTE: &str = "opens a quote that is never closed; close it, or write the value without quotes";
const AFTER_QUOTE: &str =
    "has text after the closing quote; put the whole value into quotes, with a backslash before quotes in it";

/// The variables that the text sets; of a name that is set twice, the last value. A name without `=` is unset.
///
/// `$` is a character like any other. Quoted values may span lines; `\n` and the like mean something in double quotes
/// only. Outside quotes a blank and a `#` start a comment.
///
/// # Errors
/// The first line that cannot be read.
pub fn parse_env_file(text: &str) -> Result<BTreeMap<String, String>, UnreadableLine> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut variables = BTreeMap::new();
    let mut rest = text.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let statement = rest;
        let line = || 1 + text.len().checked_sub(statement.len()).map_or(0, |at| newlines(&text, at));
        let (assignment, after) = assignment(statement).map_err(|reason| UnreadableLine {
            line: line(),
            variable: plain_name(statement),
            reason,
        })?;
        match assignment {
            Some((name, Some(value))) => drop(variables.insert(name, value)),
            Some((name, None)) => drop(variables.remove(&name)),
            None => {}
        }
        rest = after.trim_start_matches(is_blank);
    }
    Ok(variables)
}

fn newlines(text: &str, before: usize) -> usize {
    text.bytes().take(before).filter(|byte| *byte == b'\n').count()
}

/// A name and the value it gets.
type Assignment = Option<(String, Option<String>)>;

/// What the statement at the start of `text` assigns, and what follows it.
fn assignment(text: &str) -> Result<(Assignment, &str), &'static str> {
    let (key, rest) = key(after_export(text))?;
    let rest = skip_blanks(rest);
    let (value, rest) = match rest.strip_prefix('=') {
        Some(value) => {
            let trimmed = skip_blanks(value);
            if trimmed.len() < value.len() && trimmed.starts_with('#') {
                (Some(String::new()), trimmed)
            } else {
                let (value, rest) = self::value(trimmed)?;
                (Some(value), rest)
            }
        }
        None => (None, rest),
    };
    let after = skip_blanks(rest);
    let after = if after.starts_with('#') { after.trim_start_matches(|c| c != '\n') } else { after };
    if !after.is_empty() && !after.starts_with('\n') {
        return Err(if value.is_some() { AFTER_QUOTE } else { NO_ASSIGNMENT });
    }
    Ok((key.map(|key| (key, value)), after))
}

fn after_export(text: &str) -> &str {
    let rest = text.strip_prefix("export").unwrap_or(text);
    if rest.starts_with(|c| is_blank(c) && c != '\n') { skip_blanks(rest) } else { text }
}

/// The name at the start of `text`; none where a comment starts.
fn key(text: &str) -> Result<(Option<String>, &str), &'static str> {
    if text.starts_with('#') {
        return Ok((None, text));
    }
    let (name, rest) = match text.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'').ok_or(OPEN_QUOTE)?,
        None => text.split_at(text.find(|c| c == '=' || c == '#' || is_blank(c)).unwrap_or(text.len())),
    };
    if name.is_empty() { Err(NO_ASSIGNMENT) } else { Ok((Some(name.to_owned()), rest)) }
}

fn value(text: &str) -> Result<(String, &str), &'static str> {
    match text.chars().next() {
        Some(quote @ ('\'' | '"')) => quoted(text, quote),
        _ => {
            let (line, rest) = text.split_at(text.find('\n').unwrap_or(text.len()));
            let mut before = ' ';
            let comment = line.char_indices().find(|(at, c)| {
                let starts = *at > 0 && *c == '#' && is_blank(before);
                before = *c;
                starts
            });
            let value = line.get(..comment.map_or(line.len(), |(at, _)| at)).unwrap_or(line);
            Ok((value.trim_end_matches(is_blank).to_owned(), rest))
        }
    }
}

/// The value between `quote`s, and what follows the closing one. A backslash before any character keeps that from closing.
fn quoted(text: &str, quote: char) -> Result<(String, &str), &'static str> {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                let (_, escaped) = chars.next().ok_or(OPEN_QUOTE)?;
                match unescaped(escaped, quote) {
                    Some(meant) => value.push(meant),
                    None => value.extend(['\\', escaped]),
                }
            }
            c if c == quote => return Ok((value, text.get(at + c.len_utf8()..).unwrap_or_default())),
            c => value.push(c),
        }
    }
    Err(OPEN_QUOTE)
}

fn unescaped(c: char, quote: char) -> Option<char> {
    Some(match c {
        '\\' | '\'' => c,
        _ if quote == '\'' => return None,
        '"' => c,
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        _ => return None,
    })
}

/// The name that the statement assigns to. Anything that does not look like one may be a piece of a secret.
fn plain_name(statement: &str) -> Option<String> {
    let text = after_export(statement);
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let (name, rest) = text.split_at(end);
    let is_name =
        name.len() <= VARIABLE_NAME && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (is_name && skip_blanks(rest).starts_with('=')).then(|| name.to_owned())
}

fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches(|c| is_blank(c) && c != '\n')
}

/// What Python calls white space.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests;
