//! What commands print: tables and lines for people, the server's own JSON for programs.

use mission_control_terminal::{print, table};
use serde::Serialize;
use serde_json::Value;

use crate::failure::{Exit, Failure};
use crate::text::{clean, field};

/// Prints a value for programs.
///
/// # Errors
/// It cannot be written as JSON.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(Exit::Failed, error))?;
    print(text);
    Ok(())
}

/// Prints `value` as JSON where that is wanted, else as people read it.
///
/// # Errors
/// Those of [`print_json`].
pub(crate) fn show<T: Serialize + ?Sized>(
    json: bool,
    value: &T,
    for_people: impl FnOnce(&T),
) -> Result<(), Failure> {
    if json {
        return print_json(&value);
    }
    for_people(value);
    Ok(())
}

/// Prints things as a table; `none` where there are none.
///
/// # Errors
/// Those of [`print_json`].
pub(crate) fn show_rows<const N: usize>(
    json: bool,
    things: &[Value],
    none: &str,
    header: [&str; N],
    row: impl Fn(&Value) -> [String; N],
) -> Result<(), Failure> {
    show(json, things, |things| {
        if things.is_empty() {
            // Not on standard output: a program that reads rows finds none.
            eprintln!("{none}");
            return;
        }
        let mut rows = table(header);
        for thing in things {
            rows.add_row(row(thing));
        }
        print(rows);
    })
}

/// Prints some fields of a thing, one a line, and its longer texts below them. What is empty is left out.
pub(crate) fn print_fields(thing: &Value, fields: &[(&str, &str)], texts: &[(&str, &str)]) {
    let width = fields.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    for (label, pointer) in fields {
        let value = field(thing, pointer);
        if !value.is_empty() {
            print(format_args!("{label:width$}  {value}"));
        }
    }
    for (label, pointer) in texts {
        let text = match thing.pointer(pointer) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => clean(text),
            Some(other) => clean(&serde_json::to_string_pretty(other).unwrap_or_default()),
        };
        if !text.trim().is_empty() {
            print(format_args!("\n{label}:\n{}", text.trim_end()));
        }
    }
}
