//! The souls directory: a public collection of texts that say what an agent is like, each under a handle and a slug.

/// A soul of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soul {
    /// Who published it.
    pub handle: String,
    /// Its name among theirs.
    pub slug: String,
}

/// Whether `text` can be a handle or a slug: letters, digits, and after the first character `_` and `-`.
pub fn is_name(text: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric()) && text.bytes().all(rest)
}

/// The souls that a sitemap lists below `base` (no slash at its end), in its order. Whatever is no soul is left out.
pub fn of_sitemap<'s>(sitemap: &'s str, base: &str) -> impl Iterator<Item = Soul> + use<'s> {
    let prefix = format!("{base}/souls/");
    sitemap.split('<').filter_map(move |piece| {
        let (tag, text) = piece.split_once('>')?;
        let is_location = tag.rsplit(':').next()?.trim().eq_ignore_ascii_case("loc");
        let path = text.trim().strip_prefix(prefix.as_str()).filter(|_| is_location)?;
        let mut parts = path.split('/');
        let (handle, slug) = (parts.next()?, parts.next()?);
        (is_name(handle) && is_name(slug)).then(|| Soul { handle: handle.to_owned(), slug: slug.to_owned() })
    })
}

/// Whether the soul is one that a search for `query` finds: its handle and slug contain it, in any case.
pub fn matches(soul: &Soul, query: &str) -> bool {
    format!("{}/{}", soul.handle, soul.slug).to_lowercase().contains(&query.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_sitemap_is_read_for_its_souls() {
        let sitemap = r#"<?xml version="1.0"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
              <url><loc>https://souls.example</loc></url>
              <url><loc> https://souls.example/souls/acme/dev-lead </loc><priority>0.5</priority></url>
              <url><sm:LOC>https://souls.example/souls/ada/writer/extra</sm:LOC></url>
              <url><loc>https://souls.example/souls/acme</loc></url>
              <url><loc>https://souls.example/souls/acme/..</loc></url>
              <url><loc>https://elsewhere.example/souls/acme/dev</loc></url>
              <url><note>https://souls.example/souls/acme/note</note></url>
            </urlset>"#;
        let found: Vec<_> = of_sitemap(sitemap, "https://souls.example").collect();
        let soul = |handle: &str, slug: &str| Soul { handle: handle.into(), slug: slug.into() };
        assert_eq!(found, [soul("acme", "dev-lead"), soul("ada", "writer")]);
    }

    #[rstest]
    #[case("", true)]
    #[case(" DEV ", true)]
    #[case("acme/dev", true)]
    #[case("writer", false)]
    fn a_search_looks_into_handle_and_slug(#[case] query: &str, #[case] expected: bool) {
        assert_eq!(matches(&Soul { handle: "Acme".into(), slug: "dev-lead".into() }, query), expected);
    }

    #[rstest]
    #[case("a", true)]
    #[case("0-_x", true)]
    #[case("", false)]
    #[case("-a", false)]
    #[case("a.b", false)]
    #[case("a/b", false)]
    #[case("é", false)]
    fn names_are_plain(#[case] name: &str, #[case] expected: bool) {
        assert_eq!(is_name(name), expected);
    }
}
