//! `DATABASE_URL`, and libpq's variables that complete it.

use std::collections::BTreeMap;

use mission_control_core::config::{DatabaseLocation, PostgresParameters};
use secrecy::ExposeSecret;

use super::input::text_meant;

/// Most that is told of one that cannot be used, in bytes.
const COMPLAINT: usize = 512;
/// Keywords whose values must survive the way to libpq; encryption is not libpq's.
const KEPT: [&str; 7] = ["dbname", "host", "hostaddr", "options", "password", "port", "user"];
/// What is never shown.
const SECRETS: [&str; 3] = ["password", "sslpassword", "passfile"];

/// The first line is a `DATABASE_URL`, each further one a variable: `PGPASSWORD=…`.
pub fn database_url(input: &[u8]) {
    let text = text_meant(input);
    let (url, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let variables: BTreeMap<&str, &str> = rest.lines().filter_map(|line| line.split_once('=')).collect();
    match DatabaseLocation::parse(url) {
        Ok(DatabaseLocation::Postgres(parameters)) => {
            used(&parameters);
            let variable = |name: &str| variables.get(name).copied().filter(|_| name != "HOME");
            match parameters.completed_by(variable) {
                Ok(parameters) => used(&parameters),
                Err(why) => told(&why),
            }
        }
        Ok(DatabaseLocation::Sqlite(_)) => {}
        Err(why) => told(&why),
    }
    if let Err(why) = PostgresParameters::parse_keywords(url) {
        told(&why);
    }
}

fn told(why: &str) {
    assert!(why.len() <= COMPLAINT, "an unusable DATABASE_URL is told in {} bytes", why.len());
}

/// What libpq is told means the same, and what people are told has no secret in it.
fn used(parameters: &PostgresParameters) {
    let endpoints = parameters.endpoints();
    assert!(!endpoints.is_empty() && endpoints.iter().all(|endpoint| endpoint.port > 0));
    let written = parameters.for_libpq(&[]);
    let written = written.expose_secret();
    match PostgresParameters::parse_keywords(written) {
        Ok(read) => {
            for keyword in KEPT {
                assert_eq!(read.get(keyword), parameters.get(keyword), "{keyword} of {written}");
            }
            assert_eq!((read.endpoints(), read.to_string()), (endpoints, parameters.to_string()));
        }
        Err(why) => assert!(written.len() > LONGEST, "libpq could not read {written}: it {why}"),
    }
    let shown = |parameters: &PostgresParameters| format!("{parameters} {parameters:?}");
    let without = parameters.for_libpq(&SECRETS.map(|name| (name, String::new())));
    if let Ok(without) = PostgresParameters::parse_keywords(without.expose_secret()) {
        assert_eq!(shown(parameters), shown(&without), "a secret is shown");
    }
}

/// Longest text that is read, in bytes.
const LONGEST: usize = 64 * 1024;
