//! What a SKILL.md says of its skill.

use super::front_matter;

/// A SKILL.md as it was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// The skill's name: of the front matter, else the first heading.
    pub(super) name: Option<String>,
    /// What the skill is for: of the front matter, else the first line of text.
    pub(super) description: Option<String>,
}

impl Document {
    /// Reads a document, whatever is in it.
    pub(super) fn read(text: &str) -> Self {
        let (front, body) = parts(text);
        let fields = front_matter::read(&front);
        let said =
            |text: Option<String>| text.map(|text| super::one_line(&text)).filter(|text| !text.is_empty());
        Self {
            name: said(fields.name).or_else(|| heading(&body)),
            description: said(fields.description).or_else(|| first_line(&body)),
        }
    }
}

fn heading(body: &[&str]) -> Option<String> {
    let headings = body.iter().map(|line| line.trim()).filter(|line| line.starts_with('#'));
    headings.map(|line| super::one_line(line.trim_start_matches('#'))).find(|heading| !heading.is_empty())
}

fn first_line(body: &[&str]) -> Option<String> {
    let lines = body.iter().map(|line| super::one_line(line));
    lines.filter(|line| !line.starts_with('#') && line != "---").find(|line| !line.is_empty())
}

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
        let read = Document::read(text);
        assert_eq!(read.name.as_deref(), expected_name);
        assert_eq!(read.description.as_deref(), expected_description);
    }
}
