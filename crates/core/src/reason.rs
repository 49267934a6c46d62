//! Why something failed, and what to do about it.

use std::fmt;

/// Why something failed, and what to do about it, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What went wrong.
    pub cause: String,
    /// What to do about it, where that is known.
    pub remedy: Option<String>,
}

impl Reason {
    /// A cause with what to do about it.
    pub fn new(cause: impl Into<String>, remedy: Option<impl Into<String>>) -> Self {
        Self { cause: cause.into(), remedy: remedy.map(Into::into) }
    }

    /// The same, with a cause that says more.
    pub fn because(self, cause: impl FnOnce(String) -> String) -> Self {
        Self { cause: cause(self.cause), remedy: self.remedy }
    }
}

impl From<String> for Reason {
    fn from(cause: String) -> Self {
        Self { cause, remedy: None }
    }
}

impl From<&str> for Reason {
    fn from(cause: &str) -> Self {
        cause.to_owned().into()
    }
}

/// Both in one line.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)?;
        match &self.remedy {
            Some(remedy) => write!(f, " — {remedy}"),
            None => Ok(()),
        }
    }
}
