//! The `.env` file.

use mission_control_core::config::Settings;
use mission_control_process::parse_env_file;

use super::input::text_meant;

/// Most that is told of a line that cannot be read, in bytes.
const COMPLAINT: usize = 512;

/// A `.env` file, and the settings that it makes.
pub fn env_file(input: &[u8]) {
    let text = text_meant(input);
    let variables = match parse_env_file(&text) {
        Ok(variables) => variables,
        Err(unreadable) => {
            let told = unreadable.to_string();
            assert!(told.len() <= COMPLAINT, "a line that cannot be read is told in {} bytes", told.len());
            assert!(unreadable.line <= 1 + text.matches(['\n', '\r']).count());
            return;
        }
    };
    let bytes: usize = variables.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(bytes <= text.len());
    assert!(!variables.contains_key(""));
    let writable = variables.iter().filter(|(name, _)| !name.contains(['\'', '\r']));
    for (name, value) in writable {
        let line = format!("'{name}'=\"{}\"", escaped(value));
        let read = parse_env_file(&line);
        assert_eq!(read.as_ref().ok().and_then(|read| read.get(name)), Some(value), "{line:?}");
    }
    if let Err(faults) = Settings::from_env(variables) {
        assert!(!faults.to_string().is_empty());
    }
}

/// The text as it stands between double quotes.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r")
}
