//! Whose page a request comes from, as the browser says.

use actix_web::http::header::{self, HeaderMap, HeaderName};
use mission_control_core::config::HttpSettings;
use url::{Host, Url};

/// Set by browsers alone; pages cannot forge it.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// An origin as browsers write it: in lower case, without the port that its scheme has anyway, without a slash.
pub(crate) fn normalized(text: &str) -> Option<String> {
    let origin = Url::parse(text.trim()).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// The origin of the page that made the request: `Origin`, else, since browsers send none when they only read, that of
/// `Referer`.
pub(crate) fn of_page(headers: &HeaderMap) -> Option<String> {
    match text(headers, &header::ORIGIN) {
        Some(origin) => normalized(origin),
        None => text(headers, &header::REFERER).and_then(normalized),
    }
}

/// Whether a browser says that the request was made by a page of this server or of a trusted origin.
pub(crate) fn is_own_page(headers: &HeaderMap, http: &HttpSettings) -> bool {
    let origin = of_page(headers);
    if origin.as_ref().is_some_and(|origin| is_trusted(origin, http)) {
        return true;
    }
    // A name that somebody else pointed at this server is not its own, whatever page and host agree on.
    let Some(host) = text(headers, &header::HOST).filter(|host| is_allowed_host(host, http)) else {
        return false;
    };
    let says_so = text(headers, &SEC_FETCH_SITE) == Some("same-origin");
    says_so || origin.is_some_and(|origin| is_at(&origin, host))
}

/// Whether the origin is that of `BASE_URL` or in `CORS_ORIGINS`.
pub(crate) fn is_trusted(origin: &str, http: &HttpSettings) -> bool {
    origin == http.base_url || http.cors_origins.iter().any(|trusted| trusted == origin)
}

/// Whether page and request are at the same host, by whatever name the browser knows it.
pub(crate) fn is_at_own_host(headers: &HeaderMap) -> bool {
    let host = text(headers, &header::HOST);
    host.zip(of_page(headers)).is_some_and(|(host, origin)| is_at(&origin, host))
}

/// Whether the origin is at the host that a request names.
fn is_at(origin: &str, host: &str) -> bool {
    let scheme = origin.split_once("://").map_or("http", |(scheme, _)| scheme);
    normalized(&format!("{scheme}://{host}")).as_deref() == Some(origin)
}

/// Whether the server goes by this name: that of `BASE_URL`, one of `ALLOWED_HOSTS`, this machine's own, or a bare address,
/// which nobody can point anywhere else.
fn is_allowed_host(host: &str, http: &HttpSettings) -> bool {
    let Ok(url) = Url::parse(&format!("http://{host}")) else { return false };
    let named = match url.host() {
        None => return false,
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => return true,
        Some(Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
    };
    let base = Url::parse(&http.base_url).ok();
    let own = base.as_ref().and_then(Url::host_str) == Some(&*named);
    own || is_this_machine(&named) || http.allowed_hosts.contains(&named)
}

fn is_this_machine(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use mission_control_core::config::Settings;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_browser_says_so(&[("host", "mc.example.com"), ("sec-fetch-site", "same-origin")], true)]
    #[case::a_page_of_this_address(&[("host", "10.0.0.2:8000"), ("origin", "http://10.0.0.2:8000")], true)]
    #[case::a_page_of_this_machine(&[("host", "localhost:8000"), ("origin", "http://localhost:8000")], true)]
    #[case::a_page_of_an_allowed_host(&[("host", "MC.local:8000"), ("origin", "http://mc.local:8000")], true)]
    #[case::with_the_usual_port(&[("host", "mc.local:80"), ("origin", "http://mc.local")], true)]
    #[case::behind_a_proxy_that_changes_the_host(&[("host", "backend"), ("origin", "https://mc.example.com")], true)]
    #[case::written_otherwise(&[("origin", "https://MC.example.com:443")], true)]
    #[case::a_page_that_reads(&[("referer", "https://mc.example.com/gateways/1")], true)]
    #[case::a_trusted_origin(&[("origin", "http://ui.example.com"), ("sec-fetch-site", "same-site")], true)]
    #[case::another_site(&[("host", "mc.local"), ("origin", "https://evil.example.com")], false)]
    #[case::another_site_that_reads(&[("host", "mc.local"), ("referer", "https://evil.example.com/")], false)]
    #[case::another_site_with_our_address_in_its_path(&[("referer", "https://evil.example.com/https://mc.example.com")], false)]
    #[case::another_site_says_the_browser(&[("host", "mc.local"), ("sec-fetch-site", "cross-site")], false)]
    #[case::a_name_pointed_at_us(&[("host", "evil.example.com"), ("origin", "http://evil.example.com")], false)]
    #[case::a_name_pointed_at_us_says_the_browser(&[("host", "evil.example.com"), ("sec-fetch-site", "same-origin")], false)]
    #[case::another_port_of_ours(&[("host", "mc.local:8000"), ("origin", "http://mc.local:9000")], false)]
    #[case::a_sandboxed_page(&[("host", "mc.local"), ("origin", "null")], false)]
    #[case::a_sandboxed_page_with_a_referrer(&[("origin", "null"), ("referer", "https://mc.example.com/")], false)]
    #[case::no_sign_of_a_page(&[("host", "mc.local")], false)]
    fn only_own_pages_may_change_something(
        #[case] given: &[(&'static str, &'static str)],
        #[case] own: bool,
    ) {
        let settings = Settings::from_env([
            ("BASE_URL", "https://Mc.Example.com:443/"),
            ("CORS_ORIGINS", "http://UI.example.com:80/"),
            ("ALLOWED_HOSTS", "mc.local"),
            ("HOME", "/nowhere"),
        ])
        .unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        assert_eq!(is_own_page(&headers, &settings.http), own);
    }
}
