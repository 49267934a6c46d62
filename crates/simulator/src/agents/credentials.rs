//! What an agent finds about Mission Control in its workspace files.

/// Address and token of the agent's API, as the workspace files give them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credentials {
    pub(super) base_url: String,
    pub(super) token: String,
}

impl Credentials {
    /// Reads the texts in order; the first mention of each value counts.
    pub(super) fn find<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        let value = |key| texts.clone().find_map(|text| value_of(text, key));
        let base_url = value("BASE_URL")?.trim_end_matches('/').to_owned();
        Some(Self { base_url, token: value("AUTH_TOKEN")?.to_owned() })
    }
}

/// The value after `KEY=` or `KEY: `, without quotes, backticks and list marks around it.
fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.match_indices(key).find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || "_$".contains(character)) {
            return None;
        }
        let after = text.get(at + key.len()..)?.trim_start_matches(['`', '*', ' ']);
        let after = after.strip_prefix(['=', ':'])?.trim_start_matches(['`', '*', ' ', '"', '\'']);
        let end = after.find(|character: char| character.is_whitespace() || "`\"'),;<".contains(character));
        let value = after.get(..end.unwrap_or(after.len()))?;
        (!value.is_empty() && !value.starts_with('$')).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Credentials> {
        Credentials::find(std::iter::once(text))
    }

    #[test]
    fn values_are_found_in_list_items_with_backticks() {
        let text = "# TOOLS.md\n\n- `BASE_URL=http://127.0.0.1:8000/`\n- `AUTH_TOKEN=secret`\n";
        let expected = Credentials { base_url: "http://127.0.0.1:8000".into(), token: "secret".into() };
        assert_eq!(found(text), Some(expected));
    }

    #[test]
    fn values_are_found_in_plain_quoted_and_colon_form() {
        for text in [
            "BASE_URL=http://h AUTH_TOKEN=t",
            "BASE_URL=\"http://h\"\nAUTH_TOKEN='t'",
            "**BASE_URL**: http://h\nAUTH_TOKEN: t",
        ] {
            assert_eq!(
                found(text),
                Some(Credentials { base_url: "http://h".into(), token: "t".into() }),
                "{text}"
            );
        }
    }

    #[test]
    fn uses_of_a_variable_are_not_its_value() {
        assert_eq!(found("curl $BASE_URL/x -H \"X-Agent-Token: $AUTH_TOKEN\" MY_BASE_URL=http://no"), None);
    }

    #[test]
    fn the_first_text_that_has_a_value_wins() {
        let texts = ["nothing", "BASE_URL=http://one AUTH_TOKEN=t", "BASE_URL=http://two"];
        assert_eq!(
            Credentials::find(texts.into_iter()).map(|found| found.base_url),
            Some("http://one".into())
        );
    }
}
