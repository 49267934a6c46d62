//! The mail server.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::{Host, Url};

use super::{reader::Reader, variables as var};

/// A server that takes mail for people.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What keeps others from reading along.
    pub privacy: MailPrivacy,
    /// Who signs in there, and with what; `None` where nobody has to.
    pub credentials: Option<(String, SecretString)>,
    /// Whom mail is from: `name@example.com` or `Name <name@example.com>`.
    pub from: String,
}

/// What keeps others from reading along on the way to a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPrivacy {
    /// TLS from the first byte on.
    Tls,
    /// TLS after STARTTLS, without which nothing is sent.
    StartTls,
    /// Nothing: it is on this machine.
    ThisMachine,
}

impl MailSettings {
    /// The server, without who signs in there.
    pub fn address(&self) -> String {
        let scheme = if self.privacy == MailPrivacy::Tls { "smtps" } else { "smtp" };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        format!("{scheme}://{host}:{}", self.port)
    }
}

/// Reads the settings of the mail server; `None` where there is none.
pub(super) fn read(r: &mut Reader) -> Option<MailSettings> {
    let Some(given) = r.given(&var::SMTP_URL) else {
        if r.given(&var::MAIL_FROM).is_some() {
            r.errors.add(&var::MAIL_FROM, "there is no mail server", "Set SMTP_URL as well");
        }
        return None;
    };
    let from = r.text(&var::MAIL_FROM);
    let Some(server) = server(given, &from) else {
        let fix = "Use `smtps://user:password@mail.example.com`, or `smtp://…` for STARTTLS; special characters of the password are written as in addresses, `%40` for `@`";
        r.errors.add(&var::SMTP_URL, "the value is not the URL of a mail server", fix);
        return None;
    };
    if !is_mailbox(&from) {
        let fix =
            "Give an address that the mail server sends from, such as `Mission Control <mc@example.com>`";
        r.errors.add(&var::MAIL_FROM, "it is required where SMTP_URL is set, and is an address", fix);
    }
    Some(server)
}

fn server(url: &str, from: &str) -> Option<MailSettings> {
    let url = Url::parse(url).ok()?;
    // Of addresses that are none of the web's the host stays as it was written.
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_owned();
    let is_plain = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let (privacy, usual_port) = match url.scheme() {
        "smtps" => (MailPrivacy::Tls, 465),
        "smtp" if is_this_machine(&host) => (MailPrivacy::ThisMachine, 25),
        "smtp" => (MailPrivacy::StartTls, 587),
        _ => return None,
    };
    let text = |encoded: &str| percent_decode_str(encoded).decode_utf8().map(|text| text.into_owned()).ok();
    let credentials = match (url.username(), url.password()) {
        ("", None) => None,
        (user, password) => Some((text(user)?, SecretString::from(text(password?)?))),
    };
    (is_plain && !host.is_empty()).then(|| MailSettings {
        host,
        port: url.port().unwrap_or(usual_port),
        privacy,
        credentials,
        from: from.to_owned(),
    })
}

fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        // An IPv6 address without its brackets.
        Err(_) => host.parse::<std::net::Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
    }
}

/// Whether it is an address, with or without a name before it. What the mail server makes of it is its affair.
fn is_mailbox(text: &str) -> bool {
    let address = match text.split_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or_default(),
        None => text,
    };
    let is_part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>@,;".contains(c))
    };
    !text.chars().any(char::is_control)
        && address.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::*;

    #[rstest]
    #[case("smtps://mail.example.com", MailPrivacy::Tls, 465)]
    #[case("smtp://mail.example.com", MailPrivacy::StartTls, 587)]
    #[case("smtp://mail.example.com:2525/", MailPrivacy::StartTls, 2525)]
    #[case("smtp://localhost", MailPrivacy::ThisMachine, 25)]
    #[case("smtp://127.0.0.1:1025", MailPrivacy::ThisMachine, 1025)]
    #[case("smtp://[::1]:1025", MailPrivacy::ThisMachine, 1025)]
    #[case("smtps://localhost", MailPrivacy::Tls, 465)]
    fn only_on_this_machine_anybody_could_read_along(
        #[case] url: &str,
        #[case] privacy: MailPrivacy,
        #[case] port: u16,
    ) {
        let server = server(url, "").unwrap();
        assert_eq!((server.privacy, server.port), (privacy, port));
        assert!(server.credentials.is_none());
    }

    #[test]
    fn a_password_has_whatever_characters_it_has() {
        let server = server("smtps://mc%40example.com:p%40s%3As%2Fw%25@mail.example.com", "").unwrap();
        let (user, password) = server.credentials.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("mc@example.com", "p@s:s/w%"));
    }

    #[rstest]
    #[case("mail.example.com")]
    #[case("http://mail.example.com")]
    #[case("smtp://")]
    #[case("smtps://mail.example.com/path")]
    #[case("smtps://mail.example.com?tls=none")]
    #[case("smtps://user@mail.example.com")]
    #[case("smtps://user:%ff@mail.example.com")]
    fn what_is_no_mail_server_is_refused(#[case] url: &str) {
        assert!(server(url, "").is_none());
    }

    #[rstest]
    #[case("mc@example.com", true)]
    #[case("Mission Control <mc@example.com>", true)]
    #[case("", false)]
    #[case("Mission Control", false)]
    #[case("a@example.com, b@example.com", false)]
    #[case("mc@example.com\r\nBcc: b@example.com", false)]
    #[case("Name <mc@example.com", false)]
    #[case("a@b@c", false)]
    fn mail_is_from_one_address(#[case] text: &str, #[case] is: bool) {
        assert_eq!(is_mailbox(text), is);
    }
}
