//! Why a command ends: a sentence and what to do for people, an exit code for scripts.

use std::fmt;
use std::process::ExitCode;

use serde_json::Value;

use crate::json::{at, list_at};
use crate::text::clean;

/// Exit codes. Part of the interface; `--help` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Anything that has no code of its own.
    Failed = 1,
    /// Wrong arguments, or a wrong file.
    Usage = 2,
    /// No credential, a wrong one, or one that may not do this.
    NotAllowed = 3,
    /// Nothing of this name, or nothing that the caller may see.
    NotFound = 4,
    /// In conflict with what is there, or it was changed meanwhile.
    Conflict = 5,
    /// The server does not answer, or not in time.
    Unreachable = 6,
}

impl Exit {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 6] =
        [Self::Failed, Self::Usage, Self::NotAllowed, Self::NotFound, Self::Conflict, Self::Unreachable];

    /// The code for an answer with this status.
    const fn of_status(status: u16) -> Self {
        match status {
            400 | 413 | 414 | 422 => Self::Usage,
            401 | 403 => Self::NotAllowed,
            404 | 410 => Self::NotFound,
            409 | 412 => Self::Conflict,
            408 | 503 | 504 => Self::Unreachable,
            _ => Self::Failed,
        }
    }
}

/// Why a command could not be done.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
    next: Option<String>,
}

impl Failure {
    /// `message` says what is wrong.
    pub(crate) fn new(exit: Exit, message: impl fmt::Display) -> Self {
        Self { exit, message: message.to_string(), next: None }
    }

    /// Arguments that cannot be used.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// The same with what to do about it.
    #[must_use]
    pub(crate) fn with_next(self, next: impl fmt::Display) -> Self {
        Self { next: Some(next.to_string()), ..self }
    }

    /// The same with what to do, where nothing better is known.
    #[must_use]
    pub(crate) fn with_next_unless_known(self, next: impl fmt::Display) -> Self {
        Self { next: self.next.or_else(|| Some(next.to_string())), ..self }
    }

    /// The same about `subject`.
    #[must_use]
    pub(crate) fn about(self, subject: impl fmt::Display) -> Self {
        Self { message: format!("{subject}: {}", self.message), ..self }
    }

    /// The code for scripts.
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// What the server says in an answer that is no success, in its own words.
    pub(crate) fn of_answer(status: u16, body: &Value) -> Self {
        let message = match at(body, "detail") {
            Value::String(detail) => clean(detail),
            Value::Array(faults) if !faults.is_empty() => {
                faults.iter().map(fault).collect::<Vec<_>>().join("\n")
            }
            _ => format!("the server answered with status {status}"),
        };
        let known = at(body, "next_step").as_str().or(at(at(body, "params"), "remedy").as_str()).map(clean);
        let next = match status {
            // The server speaks of headers.
            409 if at(body, "code") == "changed_meanwhile" => {
                Some("look at it as it is now, and decide again".to_owned())
            }
            401 => Some("log in with a token that is valid: mc login URL".to_owned()),
            429 => known.or_else(|| Some("wait a minute, then try again".to_owned())),
            _ => known,
        };
        let request = at(body, "request_id").as_str().filter(|_| status >= 500).map(clean);
        let message = match request {
            Some(id) => format!("{message} (request {id})"),
            None => message,
        };
        Self { exit: Exit::of_status(status), message, next }
    }

    /// Tells on standard error; returns the code.
    pub(crate) fn report(&self) -> ExitCode {
        eprintln!("mc: {self}");
        ExitCode::from(self.exit as u8)
    }
}

/// `name: Field required`, of a fault of the input.
fn fault(fault: &Value) -> String {
    let place = list_at(fault, "loc").iter().skip(1);
    let place: Vec<_> =
        place.map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect();
    let message = at(fault, "msg").as_str().unwrap_or("invalid");
    clean(&if place.is_empty() { message.to_owned() } else { format!("{}: {message}", place.join(".")) })
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.next {
            Some(next) => write!(f, "\nNext: {next}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Failed, error)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(401, Exit::NotAllowed)]
    #[case(403, Exit::NotAllowed)]
    #[case(404, Exit::NotFound)]
    #[case(409, Exit::Conflict)]
    #[case(422, Exit::Usage)]
    #[case(503, Exit::Unreachable)]
    #[case(500, Exit::Failed)]
    fn a_status_has_its_exit_code(#[case] status: u16, #[case] exit: Exit) {
        assert_eq!(Failure::of_answer(status, &Value::Null).exit(), exit);
    }

    #[test]
    fn the_sentence_of_the_server_and_what_to_do_are_told() {
        let body = json!({"detail": "Gateway refused the token.", "next_step": "Set the token."});
        let told = Failure::of_answer(502, &body).to_string();
        assert_eq!(told, "Gateway refused the token.\nNext: Set the token.");
    }

    #[test]
    fn every_fault_of_the_input_is_told_with_its_place() {
        let body = json!({"detail": [
            {"loc": ["body", "name"], "msg": "Field required"},
            {"loc": ["body", "tag_ids", 1], "msg": "Expected an id"},
            {"loc": ["body"], "msg": "description is required."},
        ]});
        let told = Failure::of_answer(422, &body).to_string();
        assert_eq!(told, "name: Field required\ntag_ids.1: Expected an id\ndescription is required.");
    }

    #[test]
    fn what_a_server_says_does_not_write_over_the_terminal() {
        let told = Failure::of_answer(404, &json!({"detail": "gone\u{1b}[2J\u{9b}2J"})).to_string();
        assert!(!told.chars().any(|c| c.is_control()), "{told:?}");
    }
}
