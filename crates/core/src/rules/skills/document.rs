//! What a SKILL.md says of its skill.

/// The front matter and the rest, without the lines that separate them. Front matter begins on the first line that is
/// not blank, and has an end.
fn parts(text: &str) -> (Vec<&str>, Vec<&str>) {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let mut inside: Vec<&str> = lines.skip_while(|line| line.is_empty()).collect();
    let is_rule = |line: &&str| *line == "---";
    if inside.first().is_some_and(is_rule) {
        inside.remove(0);
        if let Some(end) = inside.iter().position(is_rule) {
            let body = inside.drain(end..).skip(1).collect();
            return (inside, body);
        }
    }
    (Vec::new(), inside)
}

/// The value of a top-level field: plain, quoted, or a block on the lines below it.
fn field(front_matter: &[&str], name: &str) -> Option<String> {
    let mut lines = front_matter.iter();
    let value = lines.by_ref().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })?;
    let value = if value.starts_with(['>', '|']) {
        let block = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '\t']));
        super::one_line(&block.copied().collect::<Vec<_>>().join(" "))
    } else {
        super::one_line(value.trim_matches(['"', '\'']))
    };
    Some(value).filter(|value| !value.is_empty())
}

/// The skill's name: of the front matter, else the first heading.
pub(super) fn name(text: &str) -> Option<String> {
    let (front_matter, body) = parts(text);
    let heading = || {
        let headings = body.iter().map(|line| line.trim()).filter(|line| line.starts_with('#'));
        headings.map(|line| super::one_line(line.trim_start_matches('#'))).find(|heading| !heading.is_empty())
    };
    field(&front_matter, "name").or_else(heading)
}

/// What the skill is for: of the front matter, else the first line of text.
pub(super) fn description(text: &str) -> Option<String> {
    let (front_matter, body) = parts(text);
    let first = || {
        let lines = body.iter().map(|line| super::one_line(line));
        lines.filter(|line| !line.starts_with('#') && line != "---").find(|line| !line.is_empty())
    };
    field(&front_matter, "description").or_else(first)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(
        "---\nname: PDF Reader\ndescription: 'Reads PDFs: all of them'\n---\n# Other\n\nText",
        Some("PDF Reader"),
        Some("Reads PDFs: all of them")
    )]
    #[case("\u{feff}---\r\nName: \"Ada\"\r\n---\r\n\r\nFirst line.\r\n", Some("Ada"), Some("First line."))]
    #[case("# Title\n\n## Sub\nSays this.\nAnd that.", Some("Title"), Some("Says this."))]
    #[case("---\nname:\n---\n### Heading ###", Some("Heading ###"), None)]
    #[case(
        "---\ndescription: >-\n  Two lines\n  in one.\nname: x\n---\n",
        Some("x"),
        Some("Two lines in one.")
    )]
    #[case("---\nmeta:\n  name: inner\nname: outer\n---", Some("outer"), None)]
    #[case("---\nname: never closed\n# Title\ntext", Some("Title"), Some("name: never closed"))]
    #[case("Text\n\n---\nname: a rule is no front matter\n---\n", None, Some("Text"))]
    #[case("---\nname: a\u{0}b\tc\n---\nx", Some("a b c"), Some("x"))]
    #[case("", None, None)]
    #[case("---", None, None)]
    #[case("#\n#  \n", None, None)]
    fn front_matter_comes_before_headings_and_text(
        #[case] text: &str,
        #[case] expected_name: Option<&str>,
        #[case] expected_description: Option<&str>,
    ) {
        assert_eq!(name(text).as_deref(), expected_name);
        assert_eq!(description(text).as_deref(), expected_description);
    }
}
