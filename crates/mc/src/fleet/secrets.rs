//! Secrets of a fleet: a file says where they are, and never what they are.

use std::env;
use std::fs::File;
use std::io::{self, Read};

use secrecy::SecretString;

use crate::failure::Failure;
use crate::limits::CLIENT_TOKEN;

/// Where a secret is.
#[derive(Debug, PartialEq, Eq)]
enum Reference<'a> {
    /// In a variable of the environment, `${NAME}`.
    Variable(&'a str),
    /// In a file, `file:PATH`.
    File(&'a str),
}

fn parse(text: &str) -> Option<Reference<'_>> {
    if let Some(path) = text.strip_prefix("file:") {
        return (!path.is_empty()).then_some(Reference::File(path));
    }
    let name = text.strip_prefix("${")?.strip_suffix('}')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then_some(Reference::Variable(name))
}

/// Whether the text says where a secret is.
pub(crate) fn is_reference(text: &str) -> bool {
    parse(text).is_some()
}

/// The secret that a reference leads to.
///
/// # Errors
/// It leads to nothing, or to nothing that can be read.
pub(crate) fn resolve(reference: &str) -> Result<SecretString, Failure> {
    let missing = |why: String| Failure::usage(format!("{reference} leads to no secret: {why}"));
    let text = match parse(reference) {
        Some(Reference::Variable(name)) => {
            env::var(name).map_err(|_| missing(format!("set {name} in the environment")))?
        }
        Some(Reference::File(path)) => read(path).map_err(|error| missing(error.to_string()))?,
        None => return Err(missing("it is neither ${NAME} nor file:PATH".to_owned())),
    };
    match text.trim() {
        "" => Err(missing("there is nothing in it".to_owned())),
        secret => Ok(secret.to_owned().into()),
    }
}

fn read(path: &str) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(CLIENT_TOKEN as u64).read_to_string(&mut text)?;
    Ok(text)
}

/// The reference that an export writes for a secret: a variable that is named for the thing.
pub(crate) fn reference_for(section: &str, key: &str, field: &str) -> String {
    let words = format!("MC_{section}_{key}_{field}").to_uppercase();
    let name: String = words.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("${{{name}}}")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::*;

    #[rstest]
    #[case("${HOME_TOKEN}", Some(Reference::Variable("HOME_TOKEN")))]
    #[case("file:/run/secrets/home", Some(Reference::File("/run/secrets/home")))]
    #[case("file:", None)]
    #[case("${}", None)]
    #[case("${1}", None)]
    #[case("${A B}", None)]
    #[case("$HOME_TOKEN", None)]
    #[case("mct_0123456789", None)]
    fn a_reference_is_no_secret(#[case] text: &str, #[case] reference: Option<Reference<'_>>) {
        assert_eq!(parse(text), reference);
    }

    #[test]
    fn a_secret_is_read_from_its_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"  the secret\n").unwrap();
        let reference = format!("file:{}", file.path().display());
        assert_eq!(resolve(&reference).unwrap().expose_secret(), "the secret");
    }

    #[rstest]
    #[case("${MC_TEST_OF_A_VARIABLE_THAT_NOBODY_SETS}", "set MC_TEST_OF_A_VARIABLE_THAT_NOBODY_SETS")]
    #[case("file:/nowhere/at/all", "No such file")]
    fn what_leads_to_nothing_says_what_to_do(#[case] reference: &str, #[case] told: &str) {
        let failure = resolve(reference).unwrap_err().to_string();
        assert!(failure.contains(told), "{failure}");
    }

    #[test]
    fn an_exported_reference_is_one() {
        let reference = reference_for("gateways", "Home (old)", "token");
        assert_eq!(reference, "${MC_GATEWAYS_HOME__OLD__TOKEN}");
        assert!(is_reference(&reference));
    }
}
