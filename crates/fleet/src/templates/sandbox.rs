//! Rendering of templates written by people or agents.
//!
//! The engine has no loader, no functions and a handful of filters, none of which can multiply a text; statements are
//! limited to conditions and loops; steps, source and output are bounded. What is left can only read the context.

use std::io::{self, Write};

use minijinja::{Environment, ErrorKind, UndefinedBehavior, filters};

use super::Context;

/// Longest template, in bytes.
const SOURCE_LIMIT: usize = 32 * 1024;
/// Longest result, in bytes.
const OUTPUT_LIMIT: usize = 64 * 1024;
/// Instructions per rendering; a page of text needs a few hundred.
const STEPS: u64 = 20_000;
/// Statements that may be used.
const STATEMENTS: [&str; 8] = ["if", "elif", "else", "endif", "for", "endfor", "raw", "endraw"];

/// Renders `source`; the error says what is wrong with it.
pub(super) fn render(source: &str, context: &Context) -> Result<String, String> {
    if source.len() > SOURCE_LIMIT {
        return Err(format!("longer than {SOURCE_LIMIT} bytes"));
    }
    check_tags(source)?;
    let environment = environment();
    let describe = |error: minijinja::Error| {
        let what = match error.kind() {
            ErrorKind::UndefinedError => "uses a variable that does not exist".to_owned(),
            ErrorKind::OutOfFuel => "takes too many steps".to_owned(),
            ErrorKind::WriteFailure => format!("makes more than {OUTPUT_LIMIT} bytes"),
            kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
        };
        error.line().map_or_else(|| what.clone(), |line| format!("{what} (line {line})"))
    };
    let mut output = Bounded(Vec::new());
    environment
        .template_from_str(source)
        .and_then(|template| template.render_captured_to(context, &mut output).map(drop))
        .map_err(describe)?;
    String::from_utf8(output.0).map_err(|_| "does not make text".to_owned())
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(STEPS));
    environment.set_recursion_limit(16);
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("title", filters::title);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("default", filters::default);
    environment.add_filter("length", filters::length);
    environment.add_filter("string", filters::string);
    environment.add_test("defined", minijinja::tests::is_defined);
    environment.add_test("undefined", minijinja::tests::is_undefined);
    environment
}

/// Refuses statements and operators that could make a short template produce a huge value on the way.
fn check_tags(source: &str) -> Result<(), String> {
    let mut rest = source;
    while let Some((_, after)) = rest.split_once('{') {
        let (body, end, statement) = match after.chars().next() {
            Some('%') => (after, "%}", true),
            Some('{') => (after, "}}", false),
            _ => {
                rest = after;
                continue;
            }
        };
        let body = body.get(1..).unwrap_or_default();
        let (inner, next) = body.split_once(end).unwrap_or((body, ""));
        if inner.contains('*') {
            return Err("`*` is not available inside a tag".to_owned());
        }
        let word = inner
            .trim_start_matches(['-', '+'])
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .trim_end_matches(['-', '+']);
        if statement && !STATEMENTS.contains(&word) {
            return Err(format!("the statement `{word}` is not available (if and for are)"));
        }
        rest = next;
    }
    Ok(())
}

struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
