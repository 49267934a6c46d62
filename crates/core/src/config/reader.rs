//! Reads variables by kind and collects what is wrong with them.

use std::{collections::BTreeMap, fmt::Display, ops::RangeInclusive, str::FromStr, time::Duration};

use secrecy::SecretString;
use url::Url;

use super::{ConfigErrors, variables::Variable};
use crate::limits::SET_TIME;

pub(super) struct Reader {
    values: BTreeMap<String, String>,
    pub(super) errors: ConfigErrors,
}

impl Reader {
    /// Finds fault with what is no address on the web.
    pub(super) fn require_http_url(&mut self, variable: &Variable, url: &str) {
        let valid =
            Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !valid {
            let rule = format!("`{url}` is not an absolute http(s) URL");
            self.errors.add(variable, rule, "Give scheme and host, such as `https://mc.example.com`");
        }
    }

    pub(super) fn new(values: BTreeMap<String, String>) -> Self {
        Reader { values, errors: ConfigErrors::default() }
    }

    /// The value found in the environment. A blank value counts as absent.
    pub(super) fn given(&self, variable: &Variable) -> Option<&str> {
        self.values.get(variable.name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Another program's variable, such as `HOME`.
    pub(super) fn foreign(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value, else the default, else the empty text.
    pub(super) fn text(&self, variable: &Variable) -> String {
        self.given(variable).unwrap_or(variable.default).to_owned()
    }

    /// Like `text`, but a variable set to blank is blank: it turns its feature off.
    pub(super) fn text_or_off(&self, variable: &Variable) -> String {
        self.values.get(variable.name).map_or(variable.default, |value| value.trim()).to_owned()
    }

    pub(super) fn secret(&self, variable: &Variable) -> Option<SecretString> {
        self.given(variable).map(SecretString::from)
    }

    /// The value as a whole number within `range`; a fault and the range's start otherwise.
    pub(super) fn number<N>(&mut self, variable: &Variable, range: RangeInclusive<N>) -> N
    where
        N: FromStr + PartialOrd + Display + Copy,
    {
        match self.text(variable).parse::<N>().ok().filter(|number| range.contains(number)) {
            Some(number) => number,
            None => {
                let (from, to) = (range.start(), range.end());
                let rule = format!("`{}` is not a whole number from {from} to {to}", self.text(variable));
                self.fault_with_default(variable, rule);
                *range.start()
            }
        }
    }

    /// The value in seconds, fractions allowed, as a duration.
    pub(super) fn seconds(&mut self, variable: &Variable) -> Duration {
        let value = self.text(variable);
        match value.parse::<f64>().ok().filter(|seconds| (0.0..=f64::from(SET_TIME)).contains(seconds)) {
            Some(seconds) => Duration::from_secs_f64(seconds),
            None => {
                let rule = format!("`{value}` is not a number of seconds from 0 to {SET_TIME}");
                self.fault_with_default(variable, rule);
                Duration::ZERO
            }
        }
    }

    /// The value as a truth value, in the spellings the reference accepts; `None` when there is neither a value nor
    /// a default.
    pub(super) fn flag(&mut self, variable: &Variable) -> Option<bool> {
        let value = self.text(variable);
        match value.to_ascii_lowercase().as_str() {
            "" => None,
            "1" | "true" | "t" | "yes" | "y" | "on" => Some(true),
            "0" | "false" | "f" | "no" | "n" | "off" => Some(false),
            _ => {
                let rule = format!("`{value}` is neither true nor false");
                self.errors.add(variable, rule, "Use `true` or `false`");
                None
            }
        }
    }

    /// The choice the value names, ignoring case; a fault and `fallback` otherwise.
    pub(super) fn choice<T: Copy>(&mut self, variable: &Variable, choices: &[(&str, T)], fallback: T) -> T {
        let value = self.text(variable);
        match choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(&value)) {
            Some((_, choice)) => *choice,
            None => {
                let names =
                    choices.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                self.errors.add(variable, format!("`{value}` is unknown"), format!("Use one of {names}"));
                fallback
            }
        }
    }

    /// The comma-separated entries of the value, parsed one by one; a fault for each that cannot be.
    pub(super) fn list<T>(
        &mut self,
        variable: &Variable,
        fix: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let value = self.text(variable);
        let entries = value.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries
            .filter_map(|entry| {
                parse(entry).map_err(|rule| self.errors.add(variable, format!("`{entry}` {rule}"), fix)).ok()
            })
            .collect()
    }

    fn fault_with_default(&mut self, variable: &Variable, rule: String) {
        let fix = format!("Remove the variable for the default, {}", variable.default);
        self.errors.add(variable, rule, fix);
    }
}
