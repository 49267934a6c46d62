//! `@name` in texts: who is meant.
//!
//! A mention is an `@` before the name of somebody who is there, in any script and case. Of several names that fit the
//! longest is meant, and a whole one before a first one. What only looks like a mention (mail addresses, addresses on the web, packages, code) is none, and an
//! `@` before a name that nobody has means nobody.

mod prose;

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::id::{AgentId, UserId};
use crate::models::{Agent, User};

/// Always means the board's lead.
const LEAD: &str = "lead";
/// Always means everybody.
const EVERYBODY: &str = "all";
/// Mean every person.
const PEOPLE: [&str; 2] = ["human", "operator"];
/// How far a rule of a style sheet goes before its brace, in bytes.
const STYLE_RULE: usize = 500;

/// Who is meant in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// The agents, each once.
    pub agents: BTreeSet<AgentId>,
    /// The people, each once.
    pub people: BTreeSet<UserId>,
    /// `@all`.
    pub everybody: bool,
}

/// Who hears of a comment on a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// Those whom it mentions.
    Mentioned(BTreeSet<AgentId>),
    /// The agent that has the task.
    Assignee(AgentId),
    /// Nobody but its author.
    Nobody,
}

/// Whether anybody could be meant in a text, whoever is there.
pub fn may_mention(text: &str) -> bool {
    text.contains(['@', '＠'])
}

/// Who of `agents` and `people` is meant in a text: by a whole name, by its first word, or as the lead of the board.
///
/// In place of a blank in a name there may be a hyphen, an underscore or nothing.
pub fn of(text: &str, agents: &[Agent], people: &[User]) -> Mentions {
    let mut mentions = Mentions::default();
    if !may_mention(text) {
        return mentions;
    }
    let names = names(agents, people);
    // A letter with its marks may be one character or several; some keyboards and file systems write the latter.
    let text = text.nfc().collect::<String>();
    let text = prose::without_code(&text);
    let mut before = Before::of(&text);
    let mut end_of_last = None;
    for (at, sign) in text.match_indices(['@', '＠']) {
        let after = at + sign.len();
        before.reach(at..after);
        if end_of_last.is_some_and(|end| at < end) || !before.may_begin(end_of_last) {
            continue;
        }
        let rest = text.get(after..).unwrap_or_default();
        let fitting: Vec<_> = names
            .iter()
            .filter_map(|name| Some((name.length_in(rest)?, !name.partial, &name.whose)))
            .collect();
        let Some(best) = fitting.iter().map(|(length, whole, _)| (*length, *whole)).max() else { continue };
        for (_, _, whose) in fitting.into_iter().filter(|(length, whole, _)| (*length, *whole) == best) {
            match whose {
                Whose::Agent(id) => drop(mentions.agents.insert(*id)),
                Whose::Person(id) => drop(mentions.people.insert(*id)),
                Whose::EveryPerson => mentions.people.extend(people.iter().map(|person| person.id)),
                Whose::Everybody => mentions.everybody = true,
            }
        }
        end_of_last = Some(after + best.0);
    }
    mentions
}

/// Which agents hear of a comment: whom it mentions besides its author, or else the agent that has the task, unless it is the
/// author.
pub fn reached_by_comment(
    mut meant: BTreeSet<AgentId>,
    author: Option<AgentId>,
    assignee: Option<AgentId>,
) -> Reached {
    if let Some(author) = author {
        meant.remove(&author);
    }
    match assignee.filter(|assignee| Some(*assignee) != author) {
        _ if !meant.is_empty() => Reached::Mentioned(meant),
        Some(assignee) => Reached::Assignee(assignee),
        None => Reached::Nobody,
    }
}

#[derive(Clone, Copy)]
enum Whose {
    Agent(AgentId),
    Person(UserId),
    EveryPerson,
    Everybody,
}

/// A name as it is looked for.
struct Name {
    whose: Whose,
    /// In lower case, each run of blanks, hyphens and underscores as one blank.
    letters: Vec<char>,
    /// Only a part of the name: what follows may not go on with it, in whatever script.
    partial: bool,
}

fn names(agents: &[Agent], people: &[User]) -> Vec<Name> {
    let mut names = Names(Vec::new());
    names.add(Whose::Everybody, EVERYBODY, false);
    for agent in agents {
        names.add_whole_and_first(Whose::Agent(agent.id), &agent.name);
        if agent.is_board_lead {
            names.add(Whose::Agent(agent.id), LEAD, false);
        }
    }
    for person in people {
        for name in [&person.preferred_name, &person.name].into_iter().flatten() {
            names.add_whole_and_first(Whose::Person(person.id), name);
        }
    }
    if !people.is_empty() {
        PEOPLE.iter().for_each(|word| names.add(Whose::EveryPerson, word, false));
    }
    names.0
}

struct Names(Vec<Name>);

impl Names {
    fn add(&mut self, whose: Whose, text: &str, partial: bool) {
        let letters = letters(text);
        if !letters.is_empty() {
            self.0.push(Name { whose, letters, partial });
        }
    }

    fn add_whole_and_first(&mut self, whose: Whose, name: &str) {
        let first = name.split_whitespace().next().unwrap_or_default();
        let reserved = |word: &str| word.eq_ignore_ascii_case(LEAD) || word.eq_ignore_ascii_case(EVERYBODY);
        if !reserved(name.trim()) {
            self.add(whose, name, false);
        }
        if !reserved(first) {
            self.add(whose, first, true);
        }
    }
}

fn is_separator(letter: char) -> bool {
    matches!(letter, '-' | '_') || (letter.is_whitespace() && letter != '\n')
}

fn letters(name: &str) -> Vec<char> {
    let words =
        name.split(|letter: char| is_separator(letter) || letter == '\n').filter(|word| !word.is_empty());
    let mut letters = Vec::new();
    for word in words {
        if !letters.is_empty() {
            letters.push(' ');
        }
        letters.extend(word.nfc().flat_map(char::to_lowercase));
    }
    letters
}

impl Name {
    /// How much of `text`, in bytes, is this name; `None` when the text does not begin with it.
    fn length_in(&self, text: &str) -> Option<usize> {
        let mut wanted = self.letters.iter().copied().peekable();
        let mut length = 0;
        let mut last = None;
        for letter in text.chars() {
            let Some(next) = wanted.peek() else { break };
            if *next == ' ' {
                wanted.next();
                if is_separator(letter) {
                    length += letter.len_utf8();
                    continue;
                }
            }
            if !letter.to_lowercase().all(|lower| wanted.next() == Some(lower)) {
                return None;
            }
            length += letter.len_utf8();
            last = Some(letter);
        }
        let ends = wanted.peek().is_none() && !goes_on(last?, text.get(length..)?, self.partial);
        ends.then_some(length)
    }
}

/// What stands before a sign. Goes through the text once, from sign to sign: looking back from each of them would take a
/// time that grows with the square of their number.
struct Before<'t> {
    text: &'t str,
    /// Where the signs begin that stand side by side with this one.
    run: usize,
    /// Where they end.
    end: usize,
    /// Whether an address on the web stands before them, and nothing that ends it.
    in_address: bool,
}

impl<'t> Before<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, run: 0, end: 0, in_address: false }
    }

    /// Goes on to the next sign.
    fn reach(&mut self, sign: Range<usize>) {
        if sign.start != self.end {
            let passed = self.text.get(self.run..sign.start).unwrap_or_default();
            let tail = passed.rsplit(ends_address).next().unwrap_or_default();
            let goes_on = self.in_address && tail.len() == passed.len();
            (self.in_address, self.run) = (goes_on || tail.contains("://"), sign.start);
        }
        self.end = sign.end;
    }

    /// Whether the sign can be a mention: after a word without a blank it is part of an address, after a dot, a slash or a
    /// backslash of something else. Scripts without blanks between words do not count as words.
    fn may_begin(&self, end_of_last: Option<usize>) -> bool {
        let mut letters = self.text.get(..self.run).unwrap_or_default().chars().rev();
        match letters.next() {
            None => true,
            // Two mentions with a slash between them.
            Some('/') => end_of_last.is_some_and(|end| end + 1 == self.run),
            Some('.' | '\\') => false,
            Some('_') => !letters.next().is_some_and(is_word),
            Some(letter) => !is_word(letter) && !self.in_address,
        }
    }
}

/// Whether no address on the web has such a letter.
fn ends_address(letter: char) -> bool {
    !letter.is_ascii() || letter.is_ascii_whitespace() || matches!(letter, '<' | '>' | '"' | '(' | ')' | ']')
}

/// Whether a name that ended in `last` goes on in `rest`, so that another one, an address, a package or code is meant.
fn goes_on(last: char, rest: &str, partial: bool) -> bool {
    let mut letters = rest.chars();
    let (Some(next), after) = (letters.next(), letters.next()) else { return false };
    match next {
        letter if is_word(letter) => is_word(last),
        letter if letter.is_alphanumeric() => partial && !is_word(last) && last.is_alphanumeric(),
        '-' | '_' | '/' | '@' => after.is_some_and(is_word),
        '.' => after.is_some_and(|letter| letter.is_ascii_digit() || letter.is_ascii_lowercase()),
        '(' => true,
        _ => is_style_rule(rest),
    }
}

/// `@media (max-width: 40em) {` and the like.
fn is_style_rule(rest: &str) -> bool {
    let rest = rest.get(..rest.floor_char_boundary(STYLE_RULE)).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default().trim_start();
    line.starts_with('{') || (line.starts_with('(') && line.contains('{'))
}

/// Whether it is a letter or digit of a script that puts blanks between words.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() && !runs_on(letter)
}

/// Scripts without blanks between words, or with particles behind names: Thai to Myanmar, Khmer, Korean, and what Chinese
/// and Japanese are written in.
fn runs_on(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x1_B000..=0x1_B16F | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests;
