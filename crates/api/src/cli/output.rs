//! What commands print: tables for people, JSON for programs.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use comfy_table::{Table, presets};
use mission_control_process::{Exit, Failure};
use serde::Serialize;

/// Prints a line. A reader that closes early, such as `head`, is no failure.
pub(super) fn print(text: impl Display) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Prints a value for programs.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(Exit::Failed, error))?;
    print(text);
    Ok(())
}

/// Columns without borders: to be read by people and by `awk`.
pub(super) fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    table
}

/// Prints `value` as JSON where that is wanted, else as people read it.
pub(super) fn show<T: Serialize>(json: bool, value: &T, for_people: impl FnOnce(&T)) -> Result<(), Failure> {
    if json {
        return print_json(value);
    }
    for_people(value);
    Ok(())
}

/// Colours of a terminal.
#[derive(Debug, Clone, Copy)]
pub(super) enum Colour {
    Red = 31,
    Green = 32,
    Yellow = 33,
}

/// `text` in a colour, where standard output is a terminal and nobody asked for none (`NO_COLOR`).
pub(super) fn coloured(text: impl Display, colour: Colour) -> String {
    let wanted =
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    if wanted { format!("\x1b[{}m{text}\x1b[0m", colour as u8) } else { text.to_string() }
}

/// Asks on the terminal; no without one.
pub(super) fn confirmed(question: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok_and(|_| matches!(answer.trim(), "y" | "Y" | "yes"))
}
