//! The web UI, built and embedded: which file answers which path, and how it may be cached.
//!
//! `scripts/ui` builds `ui/` into `ui/dist`; release builds embed what is there, debug builds read it when asked. Cargo
//! never builds the UI itself: without built files [`get`] answers pages with a note that says how to get them, and the
//! API works all the same.
//!
//! Files below `assets/` have a digest in their name and never change. Every other path that no file has is a page of the
//! application, which finds its way by the address, so it gets `index.html`.
//!
//! ```
//! use mission_control_web::{Accepted, Encoding, get};
//!
//! let page = get("/boards", &Accepted { html: true, encodings: &[] }).unwrap();
//! assert_eq!(page.content_type, "text/html; charset=utf-8");
//! assert!(get("/assets/gone.js", &Accepted { html: false, encodings: &[Encoding::Gzip] }).is_none());
//! ```

use std::borrow::Cow;
use std::fmt::Write as _;

use rust_embed::{Embed, EmbeddedFile};

/// What the application's pages may load and do. No inline scripts or styles, and no other origin.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// The one page on which people sign in by Clerk, and whose policy says so.
pub const CLERK_PAGE: &str = "/clerk";

/// What that page may load and do besides, where Clerk's script comes from `address`: that script writes styles into the page,
/// shows pictures, and has its visitors checked.
pub fn policy_with_clerk(address: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {address} https://challenges.cloudflare.com; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: https://img.clerk.com; font-src 'self'; connect-src 'self' {address}; manifest-src 'self'; \
         worker-src 'self' blob:; frame-src https://challenges.cloudflare.com; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

const HTML: &str = "text/html; charset=utf-8";
const INDEX: &str = "index.html";
const NOT_BUILT: &str = include_str!("not_built.html");

#[derive(Embed)]
#[folder = "ui/dist"]
#[allow_missing = true]
struct Dist;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Brotli.
    Brotli,
    /// gzip.
    Gzip,
}

impl Encoding {
    /// The best first.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// How the names of files end that are compressed so.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }
}

/// What the client takes.
#[derive(Debug, Clone, Copy)]
pub struct Accepted<'a> {
    /// Pages: a browser goes to an address.
    pub html: bool,
    /// Compressed content, what is wanted most first.
    pub encodings: &'a [Encoding],
}

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Content, compressed when `encoding` says so.
    pub body: Cow<'static, [u8]>,
    /// Value of `Content-Type`.
    pub content_type: String,
    /// How the body is compressed.
    pub encoding: Option<Encoding>,
    /// The file never changes; otherwise clients ask each time whether `etag` still holds.
    pub immutable: bool,
    /// Changes with the content; with its quotes.
    pub etag: String,
}

/// What to answer at `path` (which begins with `/`); `None` when there is nothing.
pub fn get(path: &str, accepted: &Accepted<'_>) -> Option<File> {
    let name = path.trim_start_matches('/');
    if !name.is_empty()
        && name != INDEX
        && let Some(file) = load(name, accepted)
    {
        return Some(file);
    }
    if !accepted.html || name.starts_with("assets/") {
        return None;
    }
    Some(load(INDEX, accepted).unwrap_or_else(not_built))
}

/// Whether the UI has been built into this program (or, in a debug build, is there now).
pub fn is_built() -> bool {
    Dist::get(INDEX).is_some()
}

fn load(name: &str, accepted: &Accepted<'_>) -> Option<File> {
    // Compressed files lie beside the plain ones; nobody asks for them by name.
    if Encoding::ALL
        .iter()
        .any(|encoding| name.strip_suffix(encoding.suffix()).is_some_and(|name| name.ends_with('.')))
    {
        return None;
    }
    let plain = Dist::get(name)?;
    let content_type = content_type(name, &plain);
    let compressed = accepted.encodings.iter().find_map(|encoding| {
        Dist::get(&format!("{name}.{}", encoding.suffix())).map(|file| (*encoding, file.data))
    });
    let encoding = compressed.as_ref().map(|(encoding, _)| *encoding);
    let etag = etag(&plain, encoding);
    let body = compressed.map_or(plain.data, |(_, data)| data);
    Some(File { body, content_type, encoding, immutable: name.starts_with("assets/"), etag })
}

fn content_type(name: &str, file: &EmbeddedFile) -> String {
    let guessed = file.metadata.mimetype();
    match name.rsplit('.').next() {
        Some("html") => HTML.to_owned(),
        Some("js" | "css" | "svg" | "json" | "webmanifest" | "txt") => format!("{guessed}; charset=utf-8"),
        _ => guessed.to_owned(),
    }
}

fn etag(file: &EmbeddedFile, encoding: Option<Encoding>) -> String {
    let mut text = String::from("\"");
    for byte in file.metadata.sha256_hash().iter().take(12) {
        let _ = write!(text, "{byte:02x}");
    }
    if let Some(encoding) = encoding {
        let _ = write!(text, "-{}", encoding.suffix());
    }
    text.push('"');
    text
}

fn not_built() -> File {
    File {
        body: Cow::Borrowed(NOT_BUILT.as_bytes()),
        content_type: HTML.to_owned(),
        encoding: None,
        immutable: false,
        etag: "\"not-built\"".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const BROWSER: Accepted<'_> = Accepted { html: true, encodings: &Encoding::ALL };

    #[rstest]
    #[case("/")]
    #[case("/boards/7b5c/tasks")]
    #[case("/index.html")]
    fn every_address_of_the_application_is_its_page(#[case] path: &str) {
        let page = get(path, &BROWSER).unwrap();
        assert_eq!((page.content_type.as_str(), page.immutable), (HTML, false));
    }

    #[test]
    fn a_script_that_is_gone_is_not_answered_with_a_page() {
        assert_eq!(get("/assets/gone-4f2a.js", &BROWSER), None);
    }

    #[test]
    fn a_program_gets_no_page() {
        assert_eq!(get("/boards", &Accepted { html: false, encodings: &Encoding::ALL }), None);
    }

    #[test]
    fn files_cannot_be_reached_from_outside_the_build() {
        let climb = get("/../package.json", &Accepted { html: false, encodings: &[] });
        assert_eq!(climb, None);
    }

    #[test]
    fn the_note_says_how_to_build_the_ui_and_where_the_api_is() {
        let note = String::from_utf8(not_built().body.into_owned()).unwrap();
        assert!(note.contains("scripts/ui") && note.contains("/docs"), "{note}");
    }
}
