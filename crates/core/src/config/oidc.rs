//! Signing in by an identity provider.

use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

use super::{
    reader::Reader,
    variables::{self as var, Variable},
};

/// An identity provider that speaks OpenID Connect, and who of its people gets in.
#[derive(Debug, Clone)]
pub struct OidcSettings {
    /// What the provider calls itself in its tokens, and where its particulars are.
    pub issuer: String,
    /// What the provider calls this installation.
    pub client_id: String,
    /// What this installation shows the provider; `None` for a client without one.
    pub client_secret: Option<SecretString>,
    /// What the provider is asked for, separated by spaces.
    pub scopes: String,
    /// What people call the provider.
    pub name: String,
    /// For whom access tokens are that the API takes; `None` for none.
    pub api_audience: Option<String>,
    /// The claim that names a person's groups.
    pub groups_claim: String,
    /// Who becomes a member without an invitation.
    pub admission: Admission,
    /// How long a browser that is not used stays signed in; `None` for as long as any.
    pub idle: Option<Duration>,
}

/// Who becomes a member of one organization by what the provider says of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admission {
    /// The organization's name; `None` where nobody does.
    pub organization: Option<String>,
    /// Whoever has a verified address of these domains, in lower case.
    pub domains: Vec<String>,
    /// Whoever is in one of these groups, as an admin.
    pub admin_groups: Vec<String>,
    /// Whoever is in one of these groups.
    pub member_groups: Vec<String>,
}

/// Reads the settings of the provider; `idle` is that of all who have a session of their own.
pub(super) fn read(r: &mut Reader, idle: Option<Duration>) -> OidcSettings {
    let issuer = issuer(r);
    let client_id = required(r, &var::OIDC_CLIENT_ID, "Copy the client's id from the provider");
    let api_audience = r.given(&var::OIDC_API_AUDIENCE).map(str::to_owned);
    if api_audience.as_ref() == Some(&client_id) {
        let rule = "it is the same as OIDC_CLIENT_ID, so that what says who somebody is would open the API";
        let fix = "Give the API an identifier of its own at the provider";
        r.errors.add(&var::OIDC_API_AUDIENCE, rule, fix);
    }
    let scopes = r.text(&var::OIDC_SCOPES);
    if !scopes.split_whitespace().any(|scope| scope == "openid") {
        r.errors.add(&var::OIDC_SCOPES, "`openid` is not among the scopes", "Add it");
    }
    let host = Url::parse(&issuer).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = r.given(&var::OIDC_NAME).map(str::to_owned).or(host).unwrap_or_default();
    OidcSettings {
        client_secret: r.secret(&var::OIDC_CLIENT_SECRET),
        groups_claim: r.text(&var::OIDC_GROUPS_CLAIM),
        admission: admission(r),
        issuer,
        client_id,
        scopes,
        name,
        api_audience,
        idle,
    }
}

fn admission(r: &mut Reader) -> Admission {
    let fix = "Give domains such as `example.com, example.org`";
    let domains = r.list(&var::OIDC_ALLOWED_DOMAINS, fix, |entry| match Host::parse(entry) {
        Ok(Host::Domain(domain)) if domain.contains('.') => Ok(domain),
        _ => Err("is no domain".to_owned()),
    });
    let mut groups = |variable| r.list(variable, "", |entry| Ok(entry.to_owned()));
    let (admin_groups, member_groups) = (groups(&var::OIDC_ADMIN_GROUPS), groups(&var::OIDC_MEMBER_GROUPS));
    let organization = r.given(&var::OIDC_ORGANIZATION).map(str::to_owned);
    let admits = !(domains.is_empty() && admin_groups.is_empty() && member_groups.is_empty());
    if admits && organization.is_none() {
        let rule = "it is required where domains or groups let people in";
        r.errors.add(&var::OIDC_ORGANIZATION, rule, "Set it to the name of the organization that they join");
    }
    Admission { organization, domains, admin_groups, member_groups }
}

fn issuer(r: &mut Reader) -> String {
    let text =
        required(r, &var::OIDC_ISSUER, "Copy the issuer from the provider, such as `https://id.example.com`");
    if !text.is_empty() && !Url::parse(&text).is_ok_and(|url| is_private_way(&url)) {
        let fix = "Give an https address; plain http is for a provider on this machine alone";
        r.errors.add(&var::OIDC_ISSUER, "the value is no address that nobody can listen in on", fix);
    }
    text
}

/// Whether nobody listens in on what is sent to an address: https, or this machine.
pub fn is_private_way(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Domain(name))) => name == "localhost",
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

fn required(r: &mut Reader, variable: &'static Variable, fix: &str) -> String {
    match r.given(variable) {
        Some(value) => value.to_owned(),
        None => {
            r.errors.add(variable, "it is required when AUTH_MODE has `oidc`", fix);
            String::new()
        }
    }
}
