//! Texts for people and agents: cut, on one line, with what to do about a failure.

use mission_control_core::limits::TOLD_WORDS;

/// Separates what went wrong from what to do in the error of a job.
const REMEDY_MARK: &str = "\nNext: ";

/// The beginning of somebody's words.
pub(crate) fn snippet(text: &str) -> String {
    shortened(text, TOLD_WORDS)
}

/// The beginning of a text, `longest` characters at most.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest.saturating_sub(3)).chain("...".chars()).collect()
}

/// The text on one line: a name must not be able to start a line of its own in TOOLS.md.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a failure that carries its remedy.
pub(crate) fn with_remedy(message: &str, remedy: Option<&str>) -> String {
    remedy.map_or_else(|| message.to_owned(), |remedy| format!("{message}{REMEDY_MARK}{remedy}"))
}

/// The failure and its remedy out of such a text.
pub(crate) fn without_remedy(text: &str) -> (&str, Option<&str>) {
    text.split_once(REMEDY_MARK).map_or((text, None), |(message, remedy)| (message, Some(remedy)))
}

/// The same text as one sentence after the other, for people.
pub(crate) fn readable(text: &str) -> String {
    text.replace(REMEDY_MARK, " — ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_at_whole_characters() {
        let long = snippet(&"ö".repeat(900));
        assert_eq!((long.chars().count(), long.ends_with("ö...")), (800, true));
        assert_eq!(snippet(&format!(" {} ", "x".repeat(800))), "x".repeat(800));
    }

    #[test]
    fn a_failure_and_its_remedy_come_apart_again() {
        let text = with_remedy("It fell.", Some("Lift it."));
        assert_eq!(without_remedy(&text), ("It fell.", Some("Lift it.")));
        assert_eq!(readable(&text), "It fell. — Lift it.");
        assert_eq!(without_remedy(&with_remedy("It fell.", None)), ("It fell.", None));
    }
}
