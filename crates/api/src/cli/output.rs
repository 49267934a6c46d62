//! What commands print: tables for people, JSON for programs.

use mission_control_process::{Exit, Failure};
use serde::Serialize;

pub(super) use mission_control_terminal::{Colour, coloured, confirmed, print, table};

/// Prints a value for programs.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(Exit::Failed, error))?;
    print(text);
    Ok(())
}

/// Prints `value` as JSON where that is wanted, else as people read it.
pub(super) fn show<T: Serialize>(json: bool, value: &T, for_people: impl FnOnce(&T)) -> Result<(), Failure> {
    if json {
        return print_json(value);
    }
    for_people(value);
    Ok(())
}
