//! Telling what people say from the code between it.

use std::collections::HashMap;

/// Stands where code was: no letter, and no blank between two words.
const CODE: &str = "\u{FFFC}";

/// A text of Markdown without fenced blocks and spans of code.
pub(super) fn without_code(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut paragraph = String::new();
    let mut fence: Option<(char, usize)> = None;
    for line in text.split_inclusive('\n') {
        match (fence, fence_in(line)) {
            (None, Some((mark, length, _))) => {
                without_spans(&paragraph, &mut prose);
                paragraph.clear();
                prose.push_str(CODE);
                prose.push('\n');
                fence = Some((mark, length));
            }
            (Some((mark, length)), Some((closing, long, true))) if closing == mark && long >= length => {
                fence = None
            }
            (Some(_), _) => {}
            (None, None) => {
                paragraph.push_str(line);
                if line.trim().is_empty() {
                    without_spans(&paragraph, &mut prose);
                    paragraph.clear();
                }
            }
        }
    }
    without_spans(&paragraph, &mut prose);
    prose
}

/// The mark of a fence, how often it is repeated, and whether nothing else is in the line.
fn fence_in(line: &str) -> Option<(char, usize, bool)> {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length, rest.is_empty()))
}

/// A span is between two equally long runs of backticks in one paragraph.
fn without_spans(paragraph: &str, prose: &mut String) {
    let runs = runs_of_backticks(paragraph);
    let mut closing: Vec<Option<usize>> = vec![None; runs.len()];
    let mut next_of_length: HashMap<usize, usize> = HashMap::new();
    for (nth, (_, length)) in runs.iter().enumerate().rev() {
        if let Some(slot) = closing.get_mut(nth) {
            *slot = next_of_length.insert(*length, nth);
        }
    }
    let (mut from, mut nth) = (0, 0);
    while let Some((start, _)) = runs.get(nth) {
        let close = closing.get(nth).copied().flatten().and_then(|close| Some((close, runs.get(close)?)));
        let Some((close, (last, length))) = close else {
            nth += 1;
            continue;
        };
        prose.push_str(paragraph.get(from..*start).unwrap_or_default());
        prose.push_str(CODE);
        (from, nth) = (last + length, close + 1);
    }
    prose.push_str(paragraph.get(from..).unwrap_or_default());
}

/// Where each run begins, and how long it is.
fn runs_of_backticks(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("a `b` c", "a \u{FFFC} c")]
    #[case("``a ` b`` c", "\u{FFFC} c")]
    #[case("lonely ` here", "lonely ` here")]
    #[case("one ` here\n\nand ` there", "one ` here\n\nand ` there")]
    #[case("x\n```css\n@media\n```\ny", "x\n\u{FFFC}\ny")]
    #[case("~~~\n```\n~~~\ny", "\u{FFFC}\ny")]
    #[case("> ```\n> @a\n> ```\n> b", "\u{FFFC}\n> b")]
    #[case("```\nnever closed", "\u{FFFC}\n")]
    #[case("```a``` b", "\u{FFFC} b")]
    fn code_is_taken_out_and_everything_else_stays(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(without_code(text), expected);
    }

    #[test]
    fn many_runs_of_backticks_take_no_longer_than_the_text_is_long() {
        let text: String = (1..2_000).map(|length| format!("{} ", "`".repeat(length))).collect();
        assert_eq!(without_code(&text), text);
    }
}
