//! What the text of a command tells of its parts, without knowing the shell that reads it.

use std::collections::BTreeSet;

/// What a shell does something with, besides words.
const OPERATORS: [char; 12] = [';', '&', '|', '`', '(', ')', '{', '}', '<', '>', '\n', '\r'];

/// What stands before a command, and is none by itself.
const LEADING: [&str; 16] = [
    "if", "then", "elif", "else", "while", "until", "do", "!", "time", "exec", "command", "builtin", "eval",
    "nohup", "sudo", "env",
];

/// Whether a command may be more than one, or write somewhere: it has an operator, something that the shell puts in, or quotes
/// that do not end. Operators within quotes count: what is quoted may be read by a shell in its turn.
pub fn may_be_several(command: &str) -> bool {
    has_operator(command) || !is_balanced(command)
}

/// Whether there is an operator of a shell, or something that it puts in.
pub(super) fn has_operator(text: &str) -> bool {
    text.contains(OPERATORS) || text.contains(['$', '\0'])
}

/// Whether every quote ends, and nothing waits for another character.
fn is_balanced(command: &str) -> bool {
    let mut quote = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None | Some('"'), '\\') if letters.next().is_none() => return false,
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    quote.is_none()
}

/// A command with one space where there are several, and without what continues a line.
pub(super) fn spaced(command: &str) -> String {
    let mut out = String::with_capacity(command.len());
    let joined = command.replace("\\\r\n", " ").replace("\\\n", " ");
    for letter in joined.chars() {
        match letter {
            ' ' | '\t' if out.ends_with(' ') => {}
            '\t' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// What a command is made of: all of it, and what stands between its operators, quoted or not; each also without what is only
/// put before a command: words of the shell, variables, the file of a redirection. Together they are not longer than a few
/// times the command.
pub(super) fn parts(command: &str) -> BTreeSet<&str> {
    let command = command.trim();
    let mut parts = BTreeSet::from([command, bare(command)]);
    let mut redirects = false;
    let mut rest = command;
    while let Some((before, operator, after)) = next_operator(rest) {
        add(&mut parts, before, &mut redirects);
        redirects |= matches!(operator, '<' | '>');
        rest = after;
    }
    add(&mut parts, rest, &mut redirects);
    parts.remove("");
    parts
}

fn next_operator(text: &str) -> Option<(&str, char, &str)> {
    let (at, operator) = text.char_indices().find(|(_, letter)| OPERATORS.contains(letter))?;
    Some((text.get(..at)?, operator, text.get(at + operator.len_utf8()..)?))
}

/// Adds a piece; behind a redirection its first word is a file, and a command may follow it.
fn add<'t>(parts: &mut BTreeSet<&'t str>, piece: &'t str, redirects: &mut bool) {
    let piece = piece.trim();
    if piece.is_empty() {
        return;
    }
    parts.extend([piece, bare(piece)]);
    if std::mem::take(redirects)
        && let Some((_, behind)) = piece.split_once(' ')
    {
        parts.extend([behind.trim_start(), bare(behind)]);
    }
}

/// A piece from its command on.
fn bare(piece: &str) -> &str {
    let mut piece = piece.trim_start();
    while let Some((word, behind)) = piece.split_once(' ')
        && (LEADING.contains(&word) || is_assignment(word))
    {
        piece = behind.trim_start();
    }
    piece
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    })
}
