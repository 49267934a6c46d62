//! How to reach PostgreSQL: libpq's connection parameters, from a URL or a string of keywords and values.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

use crate::limits::DATABASE_ADDRESS;

/// libpq's keywords, and the variable that gives each its value where the URL does not.
const KEYWORDS: &[(&str, &str)] = &[
    ("application_name", "PGAPPNAME"),
    ("channel_binding", "PGCHANNELBINDING"),
    ("client_encoding", "PGCLIENTENCODING"),
    ("connect_timeout", "PGCONNECT_TIMEOUT"),
    ("dbname", "PGDATABASE"),
    ("fallback_application_name", ""),
    ("gssdelegation", "PGGSSDELEGATION"),
    ("gssencmode", "PGGSSENCMODE"),
    ("gsslib", "PGGSSLIB"),
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("keepalives", ""),
    ("keepalives_count", ""),
    ("keepalives_idle", ""),
    ("keepalives_interval", ""),
    ("krbsrvname", "PGKRBSRVNAME"),
    ("load_balance_hosts", "PGLOADBALANCEHOSTS"),
    ("max_protocol_version", "PGMAXPROTOCOLVERSION"),
    ("min_protocol_version", "PGMINPROTOCOLVERSION"),
    ("options", "PGOPTIONS"),
    ("passfile", "PGPASSFILE"),
    ("password", "PGPASSWORD"),
    ("port", "PGPORT"),
    ("require_auth", "PGREQUIREAUTH"),
    ("requirepeer", "PGREQUIREPEER"),
    ("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
    ("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
    ("sslcert", "PGSSLCERT"),
    ("sslcertmode", "PGSSLCERTMODE"),
    ("sslcompression", "PGSSLCOMPRESSION"),
    ("sslcrl", "PGSSLCRL"),
    ("sslcrldir", "PGSSLCRLDIR"),
    ("sslkey", "PGSSLKEY"),
    ("sslmode", "PGSSLMODE"),
    ("sslnegotiation", "PGSSLNEGOTIATION"),
    ("sslpassword", ""),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("sslsni", "PGSSLSNI"),
    ("target_session_attrs", "PGTARGETSESSIONATTRS"),
    ("tcp_user_timeout", ""),
    ("user", "PGUSER"),
];

/// No value that libpq takes has one.
const ZERO_BYTE: &str = "contains a zero byte";

/// What a character that means something in a URL does to a password.
const ESCAPE_HINT: &str = "in a user name or password write `@` as `%40`, `/` as `%2F`, `:` as `%3A`, `?` as `%3F` and `%` as `%25`";

/// Whether and how the connection is encrypted, with libpq's meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SslMode {
    /// Never.
    Disable,
    /// Only if the server insists.
    Allow,
    /// If the server can.
    Prefer,
    /// Always; whose server it is, is only looked at when there is a file of authorities.
    Require,
    /// Always, with a certificate from a known authority.
    VerifyCa,
    /// Always, with a certificate from a known authority for this very host.
    VerifyFull,
}

/// One server of those that the parameters name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Name or address of the host, or the directory of a socket; none for the usual directory.
    pub host: Option<String>,
    /// Address to connect to in place of the host's.
    pub address: Option<String>,
    /// Port.
    pub port: u16,
}

impl Endpoint {
    /// Whether it is reached through a socket of this machine.
    pub fn is_local(&self) -> bool {
        self.address.is_none() && self.host.as_deref().is_none_or(|host| host.starts_with(['/', '@']))
    }
}

/// libpq is built without TLS, which is ours to do; its own variables must not say otherwise.
const WITHOUT_TLS: &[(&str, &str)] = &[
    ("channel_binding", "disable"),
    ("gssencmode", "disable"),
    ("sslcertmode", "disable"),
    ("sslmode", "disable"),
    ("sslnegotiation", "postgres"),
    ("sslrootcert", ""),
];

/// libpq's connection parameters by keyword. Neither `Debug` nor `Display` shows user, password or parameters.
#[derive(Clone)]
pub struct PostgresParameters {
    values: BTreeMap<&'static str, SecretString>,
    home: Option<PathBuf>,
}

impl PostgresParameters {
    /// Reads `postgresql://[user[:password]@][host[:port],…][/database][?keyword=value&…]` as libpq does. Of SQLAlchemy's
    /// spellings, the driver's name (`postgresql+psycopg://`) and several hosts as `?host=a:5432&host=b:5432` are read too.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence fragment that repeats nothing which may be part of a password.
    pub fn parse_url(url: &str) -> Result<Self, String> {
        let (_, rest) = checked(url)?.split_once("://").ok_or("is not a URL")?;
        let mut parameters = Self { values: BTreeMap::new(), home: None };
        let rest = match rest.find(['@', '/']).map(|at| rest.split_at(at)) {
            Some((credentials, after)) if after.starts_with('@') => {
                let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
                parameters.set("user", decoded(user)?)?;
                parameters.set("password", decoded(password)?)?;
                after.get(1..).unwrap_or_default()
            }
            _ => rest,
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        if place.contains('@') {
            return Err(format!("has an `@` where host, port and database are named; {ESCAPE_HINT}"));
        }
        let (servers, database) = place.split_once('/').unwrap_or((place, ""));
        let (hosts, ports) =
            servers.split(',').map(host_and_port).collect::<Result<(Vec<_>, Vec<_>), _>>()?;
        parameters.set_list("host", &hosts)?;
        parameters.set_list("port", &ports)?;
        parameters.set("dbname", decoded(database)?)?;
        parameters.read_query(query)?;
        parameters.check()?;
        Ok(parameters)
    }

    /// Reads `host=… port=… dbname=…`, libpq's other form.
    ///
    /// # Errors
    /// As [`parse_url`](Self::parse_url).
    pub fn parse_keywords(text: &str) -> Result<Self, String> {
        let mut parameters = Self { values: BTreeMap::new(), home: None };
        let mut rest = checked(text)?.trim_start();
        while !rest.is_empty() {
            let (keyword, value) = rest.split_once('=').ok_or("has a keyword without `=` and a value")?;
            let (value, after) = keyword_value(value.trim_start())?;
            parameters.set(keyword.trim_end(), value)?;
            rest = after.trim_start();
        }
        parameters.check()?;
        Ok(parameters)
    }

    /// Completes them with what libpq's variables (`PGSSLMODE`, `PGPASSWORD`, …) say.
    ///
    /// # Errors
    /// What is wrong with them then, as a sentence fragment.
    pub fn completed_by<'v>(mut self, variable: impl Fn(&str) -> Option<&'v str>) -> Result<Self, String> {
        for (keyword, name) in KEYWORDS.iter().filter(|(_, name)| !name.is_empty()) {
            if let (false, Some(value)) = (self.values.contains_key(keyword), variable(name)) {
                self.set(keyword, value.to_owned())?;
            }
        }
        self.home = variable("HOME").map(PathBuf::from);
        self.check()?;
        Ok(self)
    }

    /// The value of a keyword, unless it is absent or empty.
    pub fn get(&self, keyword: &str) -> Option<&str> {
        self.values.get(keyword).map(ExposeSecret::expose_secret).filter(|value| !value.is_empty())
    }

    /// The file that a keyword names, else libpq's usual one in the home directory, if that is there to be used.
    pub fn file(&self, keyword: &str, usual: &str) -> Option<PathBuf> {
        let in_home = || self.home.as_ref().map(|home| home.join(usual)).filter(|path| path.is_file());
        self.get(keyword).map(PathBuf::from).or_else(in_home)
    }

    /// The wanted encryption; libpq's default is to prefer it, and to insist where the system's authorities are to be
    /// believed.
    pub fn ssl_mode(&self) -> SslMode {
        match self.get("sslmode") {
            Some("disable") => SslMode::Disable,
            Some("allow") => SslMode::Allow,
            Some("require") => SslMode::Require,
            Some("verify-ca") => SslMode::VerifyCa,
            Some("verify-full") => SslMode::VerifyFull,
            None if self.get("sslrootcert") == Some("system") => SslMode::VerifyFull,
            _ => SslMode::Prefer,
        }
    }

    /// The servers to try, in order.
    pub fn endpoints(&self) -> Vec<Endpoint> {
        let list = |keyword| {
            self.get(keyword).map_or_else(Vec::new, |text: &str| text.split(',').map(str::trim).collect())
        };
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"));
        let given = |list: &[&str], index: usize| {
            list.get(index).filter(|text| !text.is_empty()).map(|text| (*text).to_owned())
        };
        (0..hosts.len().max(addresses.len()).max(1))
            .map(|index| Endpoint {
                host: given(&hosts, index),
                address: given(&addresses, index),
                port: given(&ports, if ports.len() == 1 { 0 } else { index })
                    .and_then(|port| port.parse().ok())
                    .unwrap_or(5432),
            })
            .collect()
    }

    /// The parameters as libpq's string of keywords and values, `overrides` in place of what is there.
    pub fn for_libpq(&self, overrides: &[(&str, String)]) -> SecretString {
        let fixed = WITHOUT_TLS.iter().copied();
        let fixed = fixed.chain(overrides.iter().map(|(keyword, value)| (*keyword, value.as_str())));
        let own = self.values.iter().map(|(keyword, value)| (*keyword, value.expose_secret()));
        let own = own.filter(|(keyword, _)| {
            let is_fixed = fixed.clone().any(|(fixed, _)| fixed == *keyword);
            !is_fixed && !keyword.starts_with("ssl")
        });
        let pairs = own.chain(fixed.clone()).map(|(keyword, value)| {
            format!("{keyword}='{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
        });
        pairs.collect::<Vec<_>>().join(" ").into()
    }

    fn read_query(&mut self, query: &str) -> Result<(), String> {
        let mut servers = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (keyword, value) =
                pair.split_once('=').ok_or("has a parameter without `=` and a value after the `?`")?;
            match (decoded(keyword)?.as_str(), decoded(value)?) {
                ("ssl", value) if value == "true" => self.set("sslmode", "require".to_owned())?,
                ("host", value) => servers.push(value),
                (keyword, value) => self.set(keyword, value)?,
            }
        }
        match servers.as_slice() {
            [] => Ok(()),
            [one] if one.starts_with('/') || one.contains(',') => self.set("host", one.clone()),
            several => {
                let several = several.iter().map(|server| host_and_port(server));
                let (hosts, ports) = several.collect::<Result<(Vec<_>, Vec<_>), _>>()?;
                self.set_list("host", &hosts)?;
                if ports.iter().any(|port| !port.is_empty()) { self.set_list("port", &ports) } else { Ok(()) }
            }
        }
    }

    fn set_list(&mut self, keyword: &str, values: &[String]) -> Result<(), String> {
        if values.iter().all(String::is_empty) { Ok(()) } else { self.set(keyword, values.join(",")) }
    }

    fn set(&mut self, keyword: &str, value: String) -> Result<(), String> {
        if value.is_empty() {
            return Ok(());
        }
        if value.contains('\0') {
            return Err(ZERO_BYTE.into());
        }
        let known = KEYWORDS.iter().find(|(known, _)| *known == keyword);
        let (known, _) = known.ok_or_else(|| {
            let plain = keyword.len() <= 40 && keyword.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            match (keyword, plain) {
                ("service", _) => {
                    "names a `service`, whose file is not read; write what it holds into the URL".into()
                }
                (name, true) => format!("has the parameter `{name}`, which is none of PostgreSQL's"),
                _ => format!("has a parameter that is none of PostgreSQL's; {ESCAPE_HINT}"),
            }
        })?;
        self.values.insert(known, value.into());
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let one_of = |keyword: &str, words: &[&str]| match self.get(keyword) {
            Some(word) if !words.contains(&word) => {
                Err(format!("has a `{keyword}` that is none of `{}`", words.join("`, `")))
            }
            _ => Ok(()),
        };
        one_of("sslmode", &["disable", "allow", "prefer", "require", "verify-ca", "verify-full"])?;
        one_of("sslnegotiation", &["postgres", "direct"])?;
        one_of("sslcertmode", &["disable", "allow", "require"])?;
        one_of("ssl_min_protocol_version", &["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])?;
        one_of("ssl_max_protocol_version", &["TLSv1.2", "TLSv1.3"])?;
        let sessions = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"];
        one_of("target_session_attrs", &sessions)?;
        one_of("load_balance_hosts", &["disable", "random"])?;
        if self.get("channel_binding") == Some("require") {
            return Err("has `channel_binding=require`, and passwords are not bound to the TLS connection here; leave \
                        it out and use `sslmode=verify-full`, which proves the server's identity"
                .into());
        }
        if self.get("sslrootcert") == Some("system") && self.ssl_mode() != SslMode::VerifyFull {
            return Err("has `sslrootcert=system` with a weak `sslmode`; use `sslmode=verify-full`".into());
        }
        let insists = !matches!(self.ssl_mode(), SslMode::Disable | SslMode::Allow | SslMode::Prefer);
        if self.get("sslnegotiation") == Some("direct") && !insists {
            return Err(
                "has `sslnegotiation=direct` with a weak `sslmode`; use `sslmode=require` or stronger".into(),
            );
        }
        if self.get("sslcrl").or(self.get("sslcrldir")).is_some() {
            return Err(
                "names a list of revoked certificates, which is not looked at; leave out `sslcrl`".into()
            );
        }
        self.check_servers()
    }

    fn check_servers(&self) -> Result<(), String> {
        let list = |keyword| self.get(keyword).map_or_else(Vec::new, |text: &str| text.split(',').collect());
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"));
        let is_port = |port: &&str| port.trim().parse::<u16>().is_ok_and(|port| port > 0);
        if !ports.iter().filter(|port| !port.trim().is_empty()).all(is_port) {
            return Err(format!("has a port that is no number from 1 to 65535; {ESCAPE_HINT}"));
        }
        let servers = hosts.len().max(addresses.len()).max(1);
        if !hosts.is_empty() && !addresses.is_empty() && hosts.len() != addresses.len() {
            return Err("names another number of hosts than of addresses".into());
        }
        if ports.len() > 1 && ports.len() != servers {
            return Err("names another number of ports than of hosts".into());
        }
        Ok(())
    }
}

/// The servers and the database, without anything that may be a secret.
impl fmt::Display for PostgresParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_port = self.get("port").is_some();
        let servers = self.endpoints().into_iter().filter(|endpoint| !endpoint.is_local()).map(|endpoint| {
            let host = endpoint.host.or(endpoint.address).unwrap_or_default();
            let host = if host.contains(':') { format!("[{host}]") } else { host };
            if has_port { format!("{host}:{}", endpoint.port) } else { host }
        });
        let servers = servers.collect::<Vec<_>>().join(",");
        match self.get("dbname").filter(|name| !name.contains(['=', ':'])) {
            Some(name) => write!(f, "postgresql://{servers}/{name}"),
            None => write!(f, "postgresql://{servers}"),
        }
    }
}

impl fmt::Debug for PostgresParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn checked(text: &str) -> Result<&str, String> {
    match text {
        text if text.len() > DATABASE_ADDRESS => Err(format!("has more than {DATABASE_ADDRESS} bytes")),
        text if text.contains('\0') => Err(ZERO_BYTE.into()),
        text => Ok(text),
    }
}

/// `host`, `host:port`, `[v6]` or `[v6]:port`, decoded.
fn host_and_port(server: &str) -> Result<(String, String), String> {
    let (host, port) = match server.strip_prefix('[') {
        Some(bracketed) => {
            let (host, after) = bracketed.split_once(']').ok_or("opens a `[` that is never closed")?;
            let port = after.strip_prefix(':').or(after.is_empty().then_some(""));
            (host, port.ok_or("has something other than a port after the `]`")?)
        }
        None => server.split_once(':').unwrap_or((server, "")),
    };
    Ok((decoded(host)?, decoded(port)?))
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let code = digit().zip(digit()).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match code {
            Some(code) => bytes.push(code),
            None => return Err(format!("has a `%` without two hexadecimal digits after it; {ESCAPE_HINT}")),
        }
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8 text once its `%` codes are undone".into())
}

/// The value at the start of `text`, in single quotes or up to the next blank, and what follows it. A backslash takes the
/// next character as it is.
fn keyword_value(text: &str) -> Result<(String, &str), String> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut chars = text.char_indices().skip(usize::from(quoted));
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            '\'' if quoted => return Ok((value, text.get(at + 1..).unwrap_or_default())),
            c if !quoted && c.is_ascii_whitespace() => {
                return Ok((value, text.get(at..).unwrap_or_default()));
            }
            c => value.push(c),
        }
    }
    if quoted { Err("opens a quote that is never closed".into()) } else { Ok((value, "")) }
}

#[cfg(test)]
mod tests;
