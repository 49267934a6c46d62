//! Texts of other people on a terminal.

use serde_json::Value;

use crate::limits::CLIENT_CELL;

/// The text without what moves a cursor, changes a window's title or turns the direction of writing: whoever names a task must
/// not write over the terminal of who lists it. Ends of lines and tabs stay.
pub(crate) fn clean(text: &str) -> String {
    let harmful = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// The text as one line of a table.
pub(crate) fn cell(text: &str) -> String {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CLIENT_CELL) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// What a JSON pointer leads to, for a table: nothing for `null`, `yes` and `no` for truth.
pub(crate) fn field(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => cell(text),
        Some(Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        Some(other) => cell(&other.to_string()),
    }
}

/// A time of the API (`2026-11-23T10:00:00.123456`, UTC) to the minute: `2026-11-23 10:00`.
pub(crate) fn minute(value: &Value, pointer: &str) -> String {
    field(value, pointer).replacen('T', " ", 1).chars().take("2026-11-23 10:00".len()).collect()
}

/// The first part of an id, which is enough to name a thing by.
pub(crate) fn short(value: &Value, pointer: &str) -> String {
    field(value, pointer).split('-').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cell_is_one_line_and_has_an_end() {
        assert_eq!(cell(" two\n lines\t here "), "two lines here");
        let cut = cell(&"é".repeat(CLIENT_CELL + 1));
        assert_eq!(cut.chars().count(), CLIENT_CELL + 1);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn fields_read_as_people_read_them() {
        let value = json!({"a": null, "b": true, "c": {"d": 7}, "at": "2026-11-23T10:00:00.123456",
            "id": "7b5c1e0a-0000-4000-8000-000000000000"});
        assert_eq!(field(&value, "/a"), "");
        assert_eq!(field(&value, "/missing"), "");
        assert_eq!(field(&value, "/b"), "yes");
        assert_eq!(field(&value, "/c/d"), "7");
        assert_eq!(minute(&value, "/at"), "2026-11-23 10:00");
        assert_eq!(short(&value, "/id"), "7b5c1e0a");
    }

    #[test]
    fn nothing_that_moves_the_cursor_is_left() {
        assert_eq!(clean("a\u{1b}]0;x\u{7}b\u{202e}c"), "a\u{fffd}]0;x\u{fffd}b\u{fffd}c");
        assert_eq!(clean("two\nlines\tstay"), "two\nlines\tstay");
    }
}
