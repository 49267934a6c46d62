//! Short keys of tasks, such as `REL-12`: the prefix of the board and the number of the task.

use super::slug::slugify;
use crate::limits::TASK_PREFIX;

/// Letters of a prefix that the board's slug does not give.
const FILL: &str = "TSK";

/// The prefix for a board of this slug: three letters or digits of it, and the first number from 2 on where others have
/// them already.
pub fn prefix(slug: &str, taken: &[String]) -> String {
    let letters = slugify(slug).replace('-', "").to_uppercase();
    let plain: String = letters.chars().chain(FILL.chars()).take(FILL.len()).collect();
    let numbered = (2..).map(|n: u32| format!("{plain}{n}"));
    let mut candidates = std::iter::once(plain.clone()).chain(numbered);
    candidates.find(|candidate| !taken.contains(candidate)).unwrap_or(plain)
}

/// A prefix as it is kept, in upper case, if the text will do as one: up to [`TASK_PREFIX`] letters and digits.
pub fn chosen(text: &str) -> Option<String> {
    let will_do = (1..=TASK_PREFIX).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric());
    will_do.then(|| text.to_ascii_uppercase())
}

/// The key of a task.
pub fn key(prefix: &str, number: i32) -> String {
    format!("{prefix}-{number}")
}

/// The prefix, in upper case, and the number of what may be a key.
pub fn parse(text: &str) -> Option<(String, i32)> {
    let (prefix, number) = text.trim().rsplit_once('-')?;
    let is_prefix = !prefix.is_empty() && prefix.chars().all(|c| c.is_ascii_alphanumeric());
    let is_number = number.chars().all(|c| c.is_ascii_digit());
    if is_prefix && is_number { Some((prefix.to_ascii_uppercase(), number.parse().ok()?)) } else { None }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("release-train", &[], "REL")]
    #[case("qa", &[], "QAT")]
    #[case("a-b-c", &[], "ABC")]
    #[case("", &[], "TSK")]
    #[case("2026 plans", &[], "202")]
    #[case("release-train", &["REL"], "REL2")]
    #[case("release-train", &["REL2", "REL"], "REL3")]
    fn a_prefix_is_three_letters_that_no_other_board_has(
        #[case] slug: &str,
        #[case] taken: &[&str],
        #[case] expected: &str,
    ) {
        let taken: Vec<String> = taken.iter().map(|&prefix| prefix.to_owned()).collect();
        assert_eq!(prefix(slug, &taken), expected);
    }

    #[rstest]
    #[case("REL-12", Some(("REL", 12)))]
    #[case(" rel2-7 ", Some(("REL2", 7)))]
    #[case("rel-", None)]
    #[case("-12", None)]
    #[case("release", None)]
    #[case("roll-out-3", None)]
    #[case("REL--3", None)]
    #[case("REL-99999999999", None)]
    fn a_key_is_read_in_any_case(#[case] text: &str, #[case] expected: Option<(&str, i32)>) {
        assert_eq!(parse(text), expected.map(|(prefix, number)| (prefix.to_owned(), number)));
    }

    #[rstest]
    #[case("rel", Some("REL"))]
    #[case("", None)]
    #[case("A-B", None)]
    #[case("\u{e9}t\u{e9}", None)]
    #[case("ninechars", None)]
    fn people_choose_letters_and_digits(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(chosen(text).as_deref(), expected);
    }

    #[test]
    fn a_key_reads_as_it_was_written() {
        assert_eq!(parse(&key("REL", 12)), Some(("REL".to_owned(), 12)));
    }
}
