//! What is wrong with a configuration, all of it at once.

use std::fmt;

use super::variables::Variable;

/// One variable that breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the variable.
    pub variable: &'static str,
    /// The rule, as a sentence about the value found. Never contains a secret.
    pub rule: String,
    /// What to do about it.
    pub fix: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}.", self.variable, self.rule, self.fix)
    }
}

/// Every fault of a configuration. `Display` prints one per line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfigErrors(Vec<Fault>);

impl ConfigErrors {
    /// The faults, in the order in which the variables are documented.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }

    pub(super) fn add(&mut self, variable: &Variable, rule: impl Into<String>, fix: impl Into<String>) {
        self.0.push(Fault { variable: variable.name, rule: rule.into(), fix: fix.into() });
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "the configuration has {} fault{plural}:", self.0.len())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for ConfigErrors {}
