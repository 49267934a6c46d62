//! The version of a thing: what a client saw of it, so that a change that was decided on something else can be refused.
//!
//! A version is a short digest of each field that people and agents change, in a fixed order. So it tells which fields
//! differ, and what changes by itself (a check-in, a count) makes no other version of it. Clients know it as one text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Characters of the digest of one field, which are three bytes.
const DIGEST: usize = 4;

/// The version of a thing as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    names: Vec<&'static str>,
    text: String,
}

impl Version {
    /// Takes a field in. Names are those of the API.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &impl Serialize) -> Self {
        // What cannot be written as JSON is in no answer, and so was seen by nobody.
        let digest = Sha256::digest(serde_json::to_vec(value).unwrap_or_default());
        let short = URL_SAFE_NO_PAD.encode(digest);
        self.text.push_str(short.get(..DIGEST).unwrap_or_default());
        self.names.push(name);
        self
    }

    /// Refuses a change that was decided on another version.
    ///
    /// # Errors
    /// [`Changed`], with what differs.
    pub fn require(&self, seen: &Seen) -> Result<(), Changed> {
        let Seen(Some(seen)) = seen else { return Ok(()) };
        if seen.contains(&self.text) {
            return Ok(());
        }
        let fields = seen.first().map(|version| self.differing(version)).unwrap_or_default();
        Err(Changed { fields, version: self.text.clone(), by: None })
    }

    /// The fields that are not as in `other`; none where that has another form, such as one of an earlier release.
    fn differing(&self, other: &str) -> Vec<&'static str> {
        if other.len() != self.text.len() {
            return Vec::new();
        }
        let digests =
            |text: &str| -> Vec<Vec<u8>> { text.as_bytes().chunks(DIGEST).map(<[u8]>::to_vec).collect() };
        let pairs = self.names.iter().zip(digests(&self.text).into_iter().zip(digests(other)));
        pairs.filter(|(_, (now, then))| now != then).map(|(name, _)| *name).collect()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.text
    }
}

/// Which versions a client has decided on: any of these will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen(Option<Vec<String>>);

impl Seen {
    /// Whatever there is, is meant.
    pub const WHATEVER: Self = Self(None);

    /// What `If-Match` says: versions in quotes, with commas between them, or `*`.
    pub fn listed(header: &str) -> Self {
        let entries: Vec<&str> = header.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect();
        if entries.contains(&"*") {
            return Self::WHATEVER;
        }
        Self(Some(entries.into_iter().map(|entry| entry.trim_matches('"').to_owned()).collect()))
    }
}

/// It is not any more what the client saw.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("It has changed meanwhile{}{}.", changed(.fields), .by.as_ref().map(|by| format!(" (last by {by})")).unwrap_or_default())]
pub struct Changed {
    /// What is different now, as far as is known.
    pub fields: Vec<&'static str>,
    /// The version that it has now.
    pub version: String,
    /// Who changed it last, where that is known.
    pub by: Option<String>,
}

fn changed(fields: &[&str]) -> String {
    if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(title: &str, status: &str) -> Version {
        Version::default().with("title", &title).with("status", &status)
    }

    #[test]
    fn who_saw_what_there_is_may_go_on_and_others_hear_which_fields_differ() {
        let (before, after) = (of("a", "inbox"), of("a", "done"));
        let seen = Seen::listed(&format!("\"{}\"", String::from(before.clone())));
        assert_eq!(before.require(&seen), Ok(()));
        let changed = after.require(&seen).unwrap_err();
        assert_eq!((&changed.fields, &changed.version), (&vec!["status"], &String::from(after.clone())));
        assert_eq!(changed.to_string(), "It has changed meanwhile: status.");
        let by = Changed { by: Some("Ada".to_owned()), ..changed };
        assert_eq!(by.to_string(), "It has changed meanwhile: status (last by Ada).");
    }

    #[rstest]
    #[case("*", true)]
    #[case("\"x\", *", true)]
    #[case("", false)]
    #[case("\"x\"", false)]
    #[case(",,\"", false)]
    fn what_is_no_version_of_it_fits_nothing(#[case] header: &str, #[case] fits: bool) {
        let version = of("a", "inbox");
        let refused = version.require(&Seen::listed(header)).err();
        assert_eq!(refused.is_none(), fits);
        assert!(refused.is_none_or(|changed| changed.fields.is_empty()));
        assert_eq!(version.require(&Seen::WHATEVER), Ok(()));
    }

    #[test]
    fn any_of_several_versions_will_do() {
        let version = of("a", "inbox");
        let header = format!("\"other\", {}", String::from(version.clone()));
        assert_eq!(version.require(&Seen::listed(&header)), Ok(()));
    }

    #[test]
    fn a_value_that_moves_from_one_field_to_another_is_a_change_of_both() {
        let seen = Seen::listed(&String::from(of("x", "y")));
        assert_eq!(of("y", "x").require(&seen).unwrap_err().fields, ["title", "status"]);
    }
}
