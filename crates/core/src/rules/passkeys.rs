//! Passkeys: where they can be used, and what a session is given for that begins with one.

use std::time::Duration;

use url::{Host, Url};

use crate::id::PasskeyId;

/// How long somebody who signed in just now need not show the password once more.
pub const FRESH: Duration = Duration::from_secs(10 * 60);

/// How long a device may take for its answer.
pub const PATIENCE: Duration = Duration::from_secs(10 * 60);

const MARK: &str = "passkey:";

/// What a session is given for that begins with a passkey: it ends with the passkey. It is no digest of a password, nor of a
/// token.
pub fn credential(id: PasskeyId) -> String {
    format!("{MARK}{id}")
}

/// The passkey that a session was given for; `None` for one that began otherwise.
pub fn of_credential(credential: &str) -> Option<PasskeyId> {
    credential.strip_prefix(MARK)?.parse().ok()
}

/// The name for which browsers keep passkeys of the server at this address, and the address as they write it; `None` where they
/// keep none: for a number, or over plain http from another machine.
pub fn place(base_url: &str) -> Option<(String, Url)> {
    let url = Url::parse(base_url).ok()?;
    let Some(Host::Domain(name)) = url.host() else { return None };
    let is_here = name == "localhost" || name.ends_with(".localhost");
    let name = name.to_owned();
    (url.scheme() == "https" || is_here).then_some((name, url))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://mc.example.com", Some("mc.example.com"))]
    #[case("https://mc.example.com:8443", Some("mc.example.com"))]
    #[case("http://localhost:8000", Some("localhost"))]
    #[case("http://mc.localhost", Some("mc.localhost"))]
    #[case("http://mc.example.com", None)]
    #[case("http://127.0.0.1:8000", None)]
    #[case("https://[::1]", None)]
    fn browsers_keep_passkeys_for_names_that_nobody_can_take(
        #[case] base_url: &str,
        #[case] name: Option<&str>,
    ) {
        assert_eq!(place(base_url).map(|(name, _)| name).as_deref(), name);
    }

    #[test]
    fn a_session_knows_its_passkey() {
        let id = PasskeyId::random();
        assert_eq!(of_credential(&credential(id)), Some(id));
        assert_eq!(of_credential("identity:0"), None);
        assert_eq!(of_credential(&id.to_string()), None);
    }
}
