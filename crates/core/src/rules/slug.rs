//! Names as parts of identifiers and paths.

/// Lower case; every run of characters other than `a`–`z` and `0`–`9` becomes one `-`, none at either end. Empty when
/// nothing is left: callers choose what stands in.
pub fn slugify(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Research Team", "research-team")]
    #[case("  --Ops & Infra (EU)!! ", "ops-infra-eu")]
    #[case("agent:mc-1:main", "agent-mc-1-main")]
    #[case("Café 2", "caf-2")]
    #[case("../../etc", "etc")]
    #[case("日本語", "")]
    fn a_slug_has_lower_case_words_joined_by_dashes(#[case] name: &str, #[case] slug: &str) {
        assert_eq!(slugify(name), slug);
    }
}
