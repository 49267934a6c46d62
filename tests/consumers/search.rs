//! What lists are asked for: words, places, times, intervals.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mission_control_core::limits::{CURSOR, SEARCH, SEARCH_WORDS};
use mission_control_core::rules::durations::{format_every, parse_every};
use mission_control_core::rules::search::Sought;
use mission_control_core::time::Timestamp;
use mission_control_store::Cursor;

use super::input::{is_inexact, meant, text_meant};

/// A parameter of a list, and the content of a cursor.
pub fn search(input: &[u8]) {
    let text = text_meant(input);
    sought(&text);
    place(&text);
    place(&URL_SAFE_NO_PAD.encode(meant(input)));
    moment(&text);
    interval(&text);
}

fn sought(text: &str) {
    let Ok(sought) = Sought::new(text) else { return };
    assert!(sought.text().chars().count() <= SEARCH && sought.words().len() <= SEARCH_WORDS);
    let plain = |word: &String| !word.is_empty() && !word.contains(char::is_whitespace);
    assert!(sought.words().iter().all(plain), "{sought:?}");
    assert_eq!(Sought::new(sought.text()).as_ref(), Ok(&sought));
}

/// What a cursor says is the same after it went to a client and came back.
fn place(text: &str) {
    let Ok(cursor) = text.parse::<Cursor>() else { return };
    assert!(text.len() <= CURSOR);
    let written = cursor.to_string();
    let key = URL_SAFE_NO_PAD.decode(&written).ok().and_then(|key| serde_json::from_slice(&key).ok());
    if written.len() <= CURSOR && key.is_some_and(|key| !is_inexact(&key)) {
        assert_eq!(written.parse().as_ref(), Ok(&cursor));
    }
}

fn moment(text: &str) {
    let Ok(moment) = Timestamp::parse(text) else { return };
    assert_eq!(Timestamp::parse(&moment.to_string()).as_ref(), Ok(&moment));
}

fn interval(text: &str) {
    let Ok(Some(interval)) = parse_every(text) else { return };
    assert_eq!(parse_every(&format_every(interval)).as_ref(), Ok(&Some(interval)));
}
