//! Signing in at clerk.com.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use secrecy::SecretString;
use url::Url;

use super::{oidc::is_private_way, reader::Reader, variables as var};

/// Access to Clerk.
#[derive(Debug, Clone)]
pub struct ClerkSettings {
    /// Where people sign in; `None` where only bearer tokens are taken.
    pub frontend: Option<ClerkFrontend>,
    /// How long a browser that is not used stays signed in; `None` for as long as any.
    pub idle: Option<Duration>,
    /// Secret key of the application.
    pub secret_key: SecretString,
    /// Address of Clerk's API without a trailing slash.
    pub api_url: String,
    /// Refuse tokens issued in the future.
    pub verify_iat: bool,
    /// Tolerated clock difference.
    pub leeway: Duration,
}

/// Where people sign in at Clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClerkFrontend {
    /// The key that pages have to name. It is no secret.
    pub publishable_key: String,
    /// The application's own address at Clerk, an origin; its tokens are issued by it, and its script comes from there.
    pub issuer: String,
}

impl ClerkFrontend {
    /// The address that a publishable key names: `pk_live_` or `pk_test_`, and the base64 of the host with a `$`.
    fn parse(key: &str) -> Option<Self> {
        let text = key.strip_prefix("pk_live_").or_else(|| key.strip_prefix("pk_test_"))?;
        let decoded = STANDARD.decode(text).or_else(|_| STANDARD_NO_PAD.decode(text)).ok()?;
        let host = String::from_utf8(decoded).ok()?;
        let host = host.strip_suffix('$')?;
        let scheme = if host.starts_with("127.0.0.1:") { "http" } else { "https" };
        let url = Url::parse(&format!("{scheme}://{host}")).ok().filter(is_private_way)?;
        let issuer = url.origin().ascii_serialization();
        // More than a host would end up in a header that says whose scripts run.
        (url.host_str().is_some() && issuer.ends_with(host))
            .then(|| Self { publishable_key: key.to_owned(), issuer })
    }
}

/// Reads the settings of the application; `idle` is that of all who have a session of their own.
pub(super) fn read(r: &mut Reader, idle: Option<Duration>) -> ClerkSettings {
    let secret_key = r.secret(&var::CLERK_SECRET_KEY);
    if secret_key.is_none() {
        let rule = "it is required when AUTH_MODE has `clerk`";
        let fix = "Copy the secret key of your application from Clerk's dashboard";
        r.errors.add(&var::CLERK_SECRET_KEY, rule, fix);
    }
    let api_url = r.text(&var::CLERK_API_URL);
    r.require_http_url(&var::CLERK_API_URL, &api_url);
    if Url::parse(&api_url).is_ok_and(|url| !is_private_way(&url)) {
        let fix = "Give an https address; plain http is for this machine alone";
        r.errors.add(&var::CLERK_API_URL, "the secret key would be sent where others can listen in", fix);
    }
    let key = r.given(&var::CLERK_PUBLISHABLE_KEY).map(str::to_owned);
    let frontend = key.as_deref().and_then(ClerkFrontend::parse);
    if key.is_some() && frontend.is_none() {
        let fix = "Copy the publishable key of your application from Clerk's dashboard: it begins with `pk_`";
        r.errors.add(&var::CLERK_PUBLISHABLE_KEY, "the value is no publishable key", fix);
    }
    ClerkSettings {
        secret_key: secret_key.unwrap_or_default(),
        api_url: api_url.trim_end_matches('/').to_owned(),
        verify_iat: r.flag(&var::CLERK_VERIFY_IAT).unwrap_or(true),
        leeway: r.seconds(&var::CLERK_LEEWAY),
        frontend,
        idle,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k", Some("https://clerk.example.com"))]
    #[case("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", Some("https://clerk.example.com"))]
    #[case("pk_test_MTI3LjAuMC4xOjgwODAk", Some("http://127.0.0.1:8080"))]
    #[case::a_secret_key("sk_test_Y2xlcmsuZXhhbXBsZS5jb20k", None)]
    #[case::no_end("pk_test_Y2xlcmsuZXhhbXBsZS5jb20=", None)]
    #[case::more_than_a_host("pk_test_ZXhhbXBsZS5jb207IHNjcmlwdC1zcmMgKiQ=", None)]
    #[case::a_path("pk_test_ZXhhbXBsZS5jb20vYSQ=", None)]
    fn a_publishable_key_names_the_address_of_its_application(
        #[case] key: &str,
        #[case] issuer: Option<&str>,
    ) {
        assert_eq!(ClerkFrontend::parse(key).map(|it| it.issuer).as_deref(), issuer);
    }
}
