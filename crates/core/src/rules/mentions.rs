//! `@name` in texts: who is meant.

use std::collections::BTreeSet;

use crate::models::Agent;

/// Letters of a mention after the first one.
const MAX_REST: usize = 31;
/// Always means the board's lead.
const LEAD: &str = "lead";

/// The mentions in a text, in lower case and without the `@`.
///
/// A mention is one word: a letter of `A`–`Z`, then letters, digits, `_` and `-`, 32 characters at most.
pub fn of(text: &str) -> BTreeSet<String> {
    let mut mentions = BTreeSet::new();
    for (at, _) in text.match_indices('@') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let mut letters = rest.chars();
        let Some(first) = letters.next().filter(char::is_ascii_alphabetic) else { continue };
        let word = letters
            .take_while(|&letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
            .take(MAX_REST);
        mentions.insert(std::iter::once(first).chain(word).collect::<String>().to_lowercase());
    }
    mentions
}

/// Whether `mentions` mean this agent: by its name, by the first word of its name, or by `lead`.
pub fn mean(mentions: &BTreeSet<String>, agent: &Agent) -> bool {
    if agent.is_board_lead && mentions.contains(LEAD) {
        return true;
    }
    let name = agent.name.trim().to_lowercase();
    let first = name.split_whitespace().next().unwrap_or_default();
    [name.as_str(), first].into_iter().any(|handle| handle != LEAD && mentions.contains(handle))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::GatewayId;

    #[rstest]
    #[case("hi @Ada, and @bob-2_x!", &["ada", "bob-2_x"])]
    #[case("@lead @lead", &["lead"])]
    #[case("mail me@example.com", &["example"])]
    #[case("@1st @ @-x @@ok", &["ok"])]
    #[case("@abcdefghijklmnopqrstuvwxyzabcdefghij", &["abcdefghijklmnopqrstuvwxyzabcdef"])]
    fn a_mention_is_one_word_after_an_at_sign(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(of(text).iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[rstest]
    #[case("Ada Lovelace", false, "@ada", true)]
    #[case("Ada", false, "@ADA", true)]
    #[case("Ada Lovelace", false, "@lovelace", false)]
    #[case("Ada", false, "@lead", false)]
    #[case("Ada", true, "@lead", true)]
    #[case("Lead Agent", false, "@lead", false)]
    #[case(" ", false, "hello", false)]
    fn an_agent_is_meant_by_its_name_its_first_name_or_its_office(
        #[case] name: &str,
        #[case] lead: bool,
        #[case] text: &str,
        #[case] expected: bool,
    ) {
        let mut agent = Agent::new(GatewayId::random(), name);
        agent.is_board_lead = lead;
        assert_eq!(mean(&of(text), &agent), expected);
    }
}
