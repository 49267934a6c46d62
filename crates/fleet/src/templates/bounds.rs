//! What a supplied template may look like, told from its tokens before anything parses it.
//!
//! The engine's parser, its compiler and the drop of its tree descend once per operator, subscript, filter and `elif`, and
//! a thread that runs out of stack takes the whole process with it. So depth is bounded here, where nothing descends. The
//! tokens come from the engine's own tokenizer: a second opinion on where a tag ends would be a way around.

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;
use mission_control_core::limits::{
    TEMPLATE_LEVELS, TEMPLATE_SOURCE, TEMPLATE_TAG, TEMPLATE_TAGS, TEMPLATE_TOKENS,
};

/// Statements that may be used.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// Refuses a template that is too large anywhere, and one that uses what is not available; `is_private` names the
/// variables that only our own templates have.
pub(super) fn check(source: &str, is_private: impl Fn(&str) -> bool) -> Result<(), String> {
    if source.len() > TEMPLATE_SOURCE {
        return Err(format!("is longer than {TEMPLATE_SOURCE} bytes"));
    }
    let mut walk = Walk { is_private, tags: 0, tag: Tag::default(), blocks: Vec::new() };
    for token in tokenize(source, false, SyntaxConfig::default()) {
        let (token, span) = token.map_err(|error| {
            let what = error.detail().unwrap_or("cannot be read").to_owned();
            error.line().map_or_else(|| what.clone(), |line| format!("{what} (line {line})"))
        })?;
        walk.take(&token, span).map_err(|why| format!("{why} (line {})", span.start_line))?;
    }
    Ok(())
}

struct Walk<P> {
    is_private: P,
    tags: usize,
    tag: Tag,
    /// Levels that each open block adds.
    blocks: Vec<usize>,
}

/// The tag that is being read.
#[derive(Default)]
struct Tag {
    start: u32,
    tokens: usize,
    is_statement: bool,
    before: Before,
}

/// What a name after it means.
#[derive(Default, PartialEq)]
enum Before {
    /// A variable, or a word of the language.
    #[default]
    Other,
    /// An attribute, or the name of a filter: no variable.
    Dot,
}

impl<P: Fn(&str) -> bool> Walk<P> {
    fn take(&mut self, token: &Token<'_>, span: Span) -> Result<(), String> {
        match token {
            Token::TemplateData(_) => return Ok(()),
            Token::VariableStart | Token::BlockStart => {
                self.tags += 1;
                if self.tags > TEMPLATE_TAGS {
                    return Err(format!("has more than {TEMPLATE_TAGS} tags"));
                }
                let is_statement = matches!(token, Token::BlockStart);
                self.tag = Tag { start: span.start_offset, is_statement, ..Tag::default() };
                return Ok(());
            }
            _ => {}
        }
        if span.end_offset.saturating_sub(self.tag.start) as usize > TEMPLATE_TAG {
            return Err(format!("has a tag of more than {TEMPLATE_TAG} bytes"));
        }
        if matches!(token, Token::VariableEnd | Token::BlockEnd) {
            return Ok(());
        }
        self.tag.tokens += 1;
        if self.tag.tokens > TEMPLATE_TOKENS {
            return Err(format!("has a tag of more than {TEMPLATE_TOKENS} names, literals and signs"));
        }
        let is_first = self.tag.tokens == 1 && self.tag.is_statement;
        match token {
            Token::Ident(word) if is_first => self.statement(word)?,
            Token::Mul | Token::Pow => return Err("uses `*`, which is not available".to_owned()),
            Token::Ident(name) if self.tag.before == Before::Other && (self.is_private)(name) => {
                return Err(format!(
                    "uses `{name}`, which is not available to templates that people or agents write"
                ));
            }
            _ => {}
        }
        self.tag.before = if matches!(token, Token::Dot | Token::Pipe) { Before::Dot } else { Before::Other };
        Ok(())
    }

    /// A statement opens, closes or goes on with a block.
    fn statement(&mut self, word: &str) -> Result<(), String> {
        if !STATEMENTS.contains(&word) {
            return Err(format!("uses the statement `{word}`, which is not available (if and for are)"));
        }
        match word {
            "if" | "for" => self.blocks.push(1),
            "elif" => match self.blocks.last_mut() {
                Some(levels) => *levels += 1,
                None => self.blocks.push(1),
            },
            "endif" | "endfor" => drop(self.blocks.pop()),
            _ => {}
        }
        if self.blocks.iter().sum::<usize>() > TEMPLATE_LEVELS {
            return Err(format!("has more than {TEMPLATE_LEVELS} if, elif and for inside each other"));
        }
        Ok(())
    }
}
