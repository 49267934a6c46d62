//! Why somebody is not who they are said to be, or nobody knows.

use jsonwebtoken::errors::{Error, ErrorKind};

/// Why a person cannot be had of the provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No answer.
    #[error("the identity provider cannot be reached: {0}")]
    Away(String),
    /// A refusal; what the provider called it.
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// An answer that cannot be used.
    #[error("the identity provider's answer cannot be used: {0}")]
    Unusable(&'static str),
    /// A token that is not valid.
    #[error("the token is not valid: {0}")]
    Token(#[from] TokenFault),
}

impl IdentityError {
    /// Whether the provider says that what it granted is over: the person was locked out there, or signed out, or took it back
    /// (RFC 6749, 5.2). Every other refusal is about this installation, or about the moment.
    pub fn refuses_grant(&self) -> bool {
        matches!(self, Self::Refused(word) if word == "invalid_grant")
    }
}

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is no token, or lacks what one has.
    #[error("it lacks something, or is no token")]
    Malformed,
    /// It is signed in a way that is not taken.
    #[error("it is signed in a way that is not taken")]
    Algorithm,
    /// The provider has no such key.
    #[error("the provider has no key for it")]
    UnknownKey,
    /// The signature is another one.
    #[error("its signature is wrong")]
    Signature,
    /// It has expired.
    #[error("it has expired")]
    Expired,
    /// It is not valid yet.
    #[error("it is not valid yet: compare the clocks")]
    NotYet,
    /// Somebody else issued it.
    #[error("somebody else issued it")]
    Issuer,
    /// It is for somebody else.
    #[error("it is for somebody else")]
    Audience,
    /// It belongs to another attempt to sign in, or to another person.
    #[error("it belongs to another attempt to sign in")]
    Attempt,
}

impl From<Error> for TokenFault {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidSignature => Self::Signature,
            ErrorKind::ExpiredSignature => Self::Expired,
            ErrorKind::ImmatureSignature => Self::NotYet,
            ErrorKind::InvalidIssuer => Self::Issuer,
            ErrorKind::InvalidAudience => Self::Audience,
            ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm => Self::Algorithm,
            _ => Self::Malformed,
        }
    }
}
