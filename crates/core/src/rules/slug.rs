//! Names as parts of identifiers and paths.

/// Lower case; every run of characters other than `a`–`z` and `0`–`9` becomes one `-`, none at either end. Empty when
/// nothing is left: callers choose what stands in.
pub fn slugify(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// What addresses call a tag: the wanted word, else its name, else `tag`.
pub fn of_tag(wanted: Option<&str>, name: &str) -> String {
    let source = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()).unwrap_or(name);
    match slugify(source) {
        empty if empty.is_empty() => "tag".to_owned(),
        slug => slug,
    }
}

/// What addresses call a group of boards: the wanted text as it is, else a word made of its name; `None` of a name without
/// any letter or digit.
pub fn of_group(wanted: String, name: &str) -> Option<String> {
    let chosen = if wanted.trim().is_empty() { slugify(name) } else { wanted };
    (!chosen.is_empty()).then_some(chosen)
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

    #[rstest]
    #[case(Some(" Needs Review "), "Bug", "needs-review")]
    #[case(Some(" "), "Bug", "bug")]
    #[case(None, "Bug", "bug")]
    #[case(Some("日本語"), "Bug", "tag")]
    #[case(None, "日本語", "tag")]
    fn a_tag_always_has_a_word(#[case] wanted: Option<&str>, #[case] name: &str, #[case] slug: &str) {
        assert_eq!(of_tag(wanted, name), slug);
    }

    #[rstest]
    #[case("As It Is", "Core", Some("As It Is"))]
    #[case(" ", "Core Team", Some("core-team"))]
    #[case("", "日本語", None)]
    fn a_group_is_called_as_wanted_or_by_its_name(
        #[case] wanted: &str,
        #[case] name: &str,
        #[case] slug: Option<&str>,
    ) {
        assert_eq!(of_group(wanted.to_owned(), name).as_deref(), slug);
    }
}
