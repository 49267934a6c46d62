//! Tokens that the provider signed.

use jsonwebtoken::{DecodingKey, Header, Validation, decode, decode_header};
use mission_control_core::limits::{PROVIDER_GROUPS, PROVIDER_TOKEN};
use serde_json::{Map, Value};

use crate::error::TokenFault;

/// How far the provider's clock may be from ours, in seconds.
const TOLERANCE: u64 = 30;

/// What a token says, or the provider itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claims(Map<String, Value>);

/// Whom a token has to be from and for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) audience: &'a str,
}

/// The head of a token, of which nothing has been checked yet but its length.
///
/// # Errors
/// What is no token, or is too long.
pub(crate) fn head(token: &str) -> Result<Header, TokenFault> {
    if token.len() > PROVIDER_TOKEN {
        return Err(TokenFault::Malformed);
    }
    // `none` is not among the names that can be read.
    decode_header(token).map_err(|_| TokenFault::Malformed)
}

/// What a token says, once its signature, issuer, audience and times have been checked.
///
/// # Errors
/// The first of these that is wrong.
pub(crate) fn verify(
    token: &str,
    head: &Header,
    key: &DecodingKey,
    expected: Expected<'_>,
) -> Result<Claims, TokenFault> {
    let mut validation = Validation::new(head.alg);
    validation.leeway = TOLERANCE;
    validation.validate_nbf = true;
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let claims = Claims(decode(token, key, &validation)?.claims);
    // A list of issuers is taken by the library, and by no standard.
    if claims.text("iss") != Some(expected.issuer) {
        return Err(TokenFault::Issuer);
    }
    Ok(claims)
}

impl Claims {
    /// What the provider answered.
    pub(crate) fn read(json: Value) -> Option<Self> {
        match json {
            Value::Object(claims) => Some(Self(claims)),
            _ => None,
        }
    }

    /// What a token says that was checked.
    pub(crate) fn of(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// Whatever it is.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A text that is not blank.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// Whether something is said to be so; some providers say it as a text.
    pub(crate) fn says(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Bool(true))) || self.text(name) == Some("true")
    }

    /// A number of seconds.
    pub(crate) fn seconds(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
    }

    /// A list of texts; one text is a list of one.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(several)) => several
                .iter()
                .filter_map(|entry| entry.as_str().map(str::to_owned))
                .take(PROVIDER_GROUPS)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// These claims, and of others what these do not have.
    pub(crate) fn completed_by(mut self, others: Self) -> Self {
        for (name, value) in others.0 {
            self.0.entry(name).or_insert(value);
        }
        self
    }
}
