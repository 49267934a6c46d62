//! Texts for people and agents: cut, on one line.

use mission_control_core::limits::TOLD_WORDS;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_at_whole_characters() {
        let long = snippet(&"ö".repeat(900));
        assert_eq!((long.chars().count(), long.ends_with("ö...")), (800, true));
        assert_eq!(snippet(&format!(" {} ", "x".repeat(800))), "x".repeat(800));
    }
}
