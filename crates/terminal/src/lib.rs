//! What the programs have in common at a terminal: tables, colours, questions, and what packages ship beside a program
//! (completions and man pages).
//!
//! It knows nothing of Mission Control, so that the remote client, which has nothing of the server in it, uses it as well.
//!
//! ```
//! let mut table = mission_control_terminal::table(["key", "title"]);
//! table.add_row(["REL-1", "Count the crates"]);
//! assert!(table.to_string().contains("REL-1  Count the crates"));
//! ```

mod reference;

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};

pub use reference::Reference;

/// Prints a line. A reader that closes early, such as `head`, is no failure.
pub fn print(text: impl Display) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Columns without borders: to be read by people and by `awk`. A terminal's width is kept to; elsewhere a row is a line.
pub fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    if std::io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    table
}

/// Colours of a terminal.
#[derive(Debug, Clone, Copy)]
pub enum Colour {
    /// What is wrong, or goes.
    Red = 31,
    /// What is well, or comes.
    Green = 32,
    /// What somebody should look at, or changes.
    Yellow = 33,
}

/// `text` in a colour, where standard output is a terminal and nobody asked for none (`NO_COLOR`).
pub fn coloured(text: impl Display, colour: Colour) -> String {
    let wanted =
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    if wanted { format!("\x1b[{}m{text}\x1b[0m", colour as u8) } else { text.to_string() }
}

/// Whether somebody is there to be asked.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal()
}

/// Asks on the terminal; no without one.
pub fn confirmed(question: &str) -> bool {
    if !can_ask() {
        return false;
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok_and(|_| matches!(answer.trim(), "y" | "Y" | "yes"))
}
