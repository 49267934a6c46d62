//! Addresses of gateways as people give them: often copied from where `openclaw dashboard` prints them, with the token inside.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

use crate::limits::{GATEWAY_PATH, GATEWAY_PATH_PARTS};

/// Parts of names that say that the value is a secret.
const SECRET_NAMES: [&str; 6] = ["token", "password", "auth", "secret", "apikey", "api_key"];
/// What links to a gateway's dashboard have in their query, of no use to a client.
const DASHBOARD_NAMES: [&str; 2] = ["session", "sessionkey"];

/// An address without secrets, and the secret that was in it.
#[derive(Debug, Clone)]
pub struct GatewayAddress {
    /// The address as it is kept and shown.
    pub url: String,
    /// The token or password that it carried.
    pub secret: Option<SecretString>,
    /// What of it, beside a secret, is no part of a gateway's address.
    pub fault: Option<AddressFault>,
}

/// Why an address cannot be a gateway's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// There is a query.
    #[error("A gateway's address has no query (what follows the `?`).")]
    Query,
    /// The path is none that a gateway has.
    #[error("A gateway's address has no path, or the short one of a reverse proxy.")]
    Path,
}

/// Where credentials go: equal for two addresses if and only if they name the same place by the same means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    encrypted: bool,
    host: String,
    port: u16,
    path: String,
}

impl GatewayAddress {
    /// Takes an address apart. Text that is no address stays as it is, for whoever connects to complain of.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let as_is = || Self { url: text.to_owned(), secret: None, fault: None };
        let Some(url) = parse(text) else { return as_is() };
        let Some((_, rest)) = text.split_once("://") else { return as_is() };
        let tail = rest.find(['/', '?', '#', '\\']).and_then(|start| rest.get(start..)).unwrap_or_default();
        let mut parts = Parts::default();
        let (before_fragment, fragment) = tail.split_once('#').unwrap_or((tail, ""));
        let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
        parts.read_path(path);
        parts.read_pairs(query, true);
        parts.read_pairs(fragment, false);
        parts.read_credentials(&url);
        let path = parts.path.iter().map(|segment| format!("/{segment}")).collect::<String>();
        let is_short = parts.path.len() <= GATEWAY_PATH_PARTS && path.len() <= GATEWAY_PATH;
        let fault = match () {
            () if parts.has_query => Some(AddressFault::Query),
            () if !is_short || !parts.path.iter().all(|segment| is_plain(segment)) => {
                Some(AddressFault::Path)
            }
            () => None,
        };
        let is_clean =
            parts.secret.is_none() && fragment.is_empty() && query.is_empty() && !has_credentials(&url);
        if is_clean && !tail.contains(['?', '#', '\\']) {
            return Self { fault, ..as_is() };
        }
        let scheme = text.split_once("://").map_or("ws", |(scheme, _)| scheme).to_ascii_lowercase();
        let host = url.host_str().unwrap_or_default();
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let secret = parts.secret.map(SecretString::from);
        Self { url: format!("{scheme}://{host}{port}{path}"), secret, fault }
    }
}

/// The path of an address, with the slash before it and none at the end; empty for text that is no address.
pub fn path(text: &str) -> String {
    parse(text.trim()).map(|url| url.path().trim_end_matches('/').to_owned()).unwrap_or_default()
}

impl Destination {
    /// Where an address leads; `None` for text that is no address.
    pub fn of(text: &str) -> Option<Self> {
        let url = parse(text.trim())?;
        Some(Self {
            encrypted: url.scheme() == "wss",
            host: url.host_str()?.trim_end_matches('.').to_owned(),
            port: url.port_or_known_default()?,
            path: url.path().trim_end_matches('/').to_owned(),
        })
    }
}

/// The address with the scheme of a WebSocket; `None` for one of another kind.
fn parse(text: &str) -> Option<Url> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "ws" | "http" => "ws",
        "wss" | "https" => "wss",
        _ => return None,
    };
    Url::parse(&format!("{scheme}://{rest}"))
        .ok()
        .filter(|url| url.host_str().is_some_and(|host| !host.is_empty()))
}

fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_plain(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
        && !matches!(segment, "." | "..")
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    SECRET_NAMES.iter().any(|secret| name.contains(secret))
}

/// A name without the marks before it.
fn last_word(name: &str) -> &str {
    name.rsplit(['?', '#', '&', '/', ';']).next().unwrap_or_default()
}

/// What an address consists of after its host.
#[derive(Default)]
struct Parts {
    path: Vec<String>,
    has_query: bool,
    secret: Option<String>,
}

impl Parts {
    fn read_path(&mut self, path: &str) {
        let mut rest = path;
        while !rest.is_empty() {
            let (segment, after) = rest.split_once(['/', '\\', ';']).unwrap_or((rest, ""));
            let plain = decoded(segment);
            // What follows a secret belongs to it: tokens may have slashes.
            let (secret, has_it) = match plain.split_once('=') {
                Some((name, _)) if is_secret(last_word(name)) => (rest, true),
                Some(_) => {
                    self.has_query = true;
                    ("", false)
                }
                None => (after, matches!(plain.to_ascii_lowercase().as_str(), "token" | "password")),
            };
            if has_it {
                let value = decoded(secret);
                let value =
                    value.split_once('=').filter(|_| plain.contains('=')).map_or(&*value, |(_, it)| it);
                self.keep(value.trim_end_matches('/'));
                return;
            }
            if !segment.is_empty() && !plain.contains('=') {
                self.path.push(segment.to_owned());
            }
            rest = after;
        }
    }

    /// Pairs of a query or a fragment, which may again have a path and a query.
    fn read_pairs(&mut self, text: &str, in_query: bool) {
        for pair in text.split(['&', '?', '#']).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name);
            let name = last_word(&name);
            if is_secret(name) {
                self.keep(&decoded(value));
            } else if in_query && !DASHBOARD_NAMES.contains(&name.to_ascii_lowercase().as_str()) {
                self.has_query = true;
            }
        }
    }

    /// `user:password@`, or a token in the place of the user.
    fn read_credentials(&mut self, url: &Url) {
        let password = url.password().filter(|password| !password.is_empty());
        self.keep(&decoded(password.unwrap_or(url.username())));
    }

    /// The first secret that is found is the one that counts.
    fn keep(&mut self, secret: &str) {
        let secret = secret.trim();
        if self.secret.is_none() && !secret.is_empty() {
            self.secret = Some(secret.to_owned());
        }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::*;

    const TOKEN: &str = "t0k+en/of=gw";

    fn secret(address: &GatewayAddress) -> Option<&str> {
        address.secret.as_ref().map(ExposeSecret::expose_secret)
    }

    #[test]
    fn a_secret_is_found_in_every_part_and_nothing_of_it_is_left() {
        let encoded = "t0k%2Ben%2Fof%3Dgw";
        for scheme in ["ws", "wss", "http", "https", "WS"] {
            for host in ["h", "127.0.0.1:18789", "[::1]:18789", "Gw.Example.com"] {
                for (before, after) in [
                    ("", format!("?token={encoded}")),
                    ("", format!("/?token={encoded}")),
                    ("", format!("#token={encoded}")),
                    ("", format!("/#token={encoded}")),
                    ("", format!("/#/chat?session=main&token={encoded}")),
                    ("", format!("/chat?session=main&Token={encoded}")),
                    ("", format!("/?password={encoded}#x")),
                    ("", format!("/?access_token={encoded}")),
                    ("", format!("/?gatewayToken={encoded}")),
                    ("", format!("/%23token={encoded}")),
                    ("", format!("/%3Ftoken%3D{encoded}")),
                    ("", format!("/token={encoded}")),
                    ("", format!("/;token={encoded}")),
                    ("", format!("/token/{encoded}")),
                    ("", "/token=t0k+en/of=gw".to_owned()),
                    ("", "/#token=t0k+en/of=gw".to_owned()),
                    ("", "/?token=t0k+en/of=gw".to_owned()),
                    ("", format!("/gw/?auth={encoded}&token={encoded}")),
                    ("user:ENC@", String::new()),
                    (":ENC@", "/".to_owned()),
                    ("ENC@", "/?session=main".to_owned()),
                ] {
                    let text = format!("{scheme}://{}{host}{after}", before.replace("ENC", encoded));
                    let address = GatewayAddress::read(&format!(" {text} "));
                    assert_eq!(secret(&address), Some(TOKEN), "{text}");
                    assert_eq!(address.fault, None, "{text}: {address:?}");
                    for trace in ["t0k", "token", "user", "?", "#", "@", "session"] {
                        assert!(!address.url.contains(trace), "{text} left {}", address.url);
                    }
                    let bare = format!("{scheme}://{host}");
                    let has_path = after.starts_with("/gw") || after.starts_with("/chat");
                    assert_eq!(Destination::of(&address.url) == Destination::of(&bare), !has_path, "{text}");
                }
            }
        }
    }

    #[rstest]
    #[case("ws://127.0.0.1:18789")]
    #[case("wss://gw.example.com/")]
    #[case("http://[::1]:1/openclaw")]
    #[case("ws://gw.example.com/a/b")]
    #[case("nonsense")]
    #[case("ftp://h/?token=x")]
    #[case("")]
    fn an_address_without_secrets_stays_as_it_was_given(#[case] text: &str) {
        let address = GatewayAddress::read(text);
        assert_eq!((address.url.as_str(), secret(&address), address.fault), (text, None, None));
    }

    #[rstest]
    #[case("ws://h/admin/delete?x=1", AddressFault::Query)]
    #[case("ws://h?token=x&room=1", AddressFault::Query)]
    #[case("ws://h/a/b/c/d", AddressFault::Path)]
    #[case("ws://h/a/../b", AddressFault::Path)]
    #[case("ws://h/a%0d%0ab", AddressFault::Path)]
    #[case("ws://h/a%2fb", AddressFault::Path)]
    #[case("ws://h/a:b", AddressFault::Path)]
    #[case("ws://h/a=b", AddressFault::Query)]
    fn what_no_gateway_has_is_a_fault(#[case] text: &str, #[case] fault: AddressFault) {
        assert_eq!(GatewayAddress::read(text).fault, Some(fault));
    }

    #[rstest]
    #[case("ws://h:80", "http://H/", true)]
    #[case("wss://h", "https://h:443/", true)]
    #[case("ws://h./gw", "ws://h/gw/", true)]
    #[case("ws://2130706433:1", "ws://127.0.0.1:1", true)]
    #[case("ws://h", "wss://h", false)]
    #[case("ws://h:1", "ws://h:2", false)]
    #[case("ws://h", "ws://i", false)]
    #[case("ws://h/a", "ws://h/b", false)]
    #[case("ws://localhost:1", "ws://127.0.0.1:1", false)]
    fn destinations_are_told_apart_by_what_they_mean(
        #[case] one: &str,
        #[case] other: &str,
        #[case] same: bool,
    ) {
        assert_eq!(Destination::of(one) == Destination::of(other), same);
    }
}
