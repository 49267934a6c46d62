//! Texts that people give: as an argument, in a file, or on standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::failure::Failure;
use crate::limits::CLIENT_BODY;

/// What an argument means: `-` is standard input, anything else the text itself.
///
/// # Errors
/// Standard input cannot be read, or has too much.
pub(crate) fn text(argument: &str) -> Result<String, Failure> {
    match argument {
        "-" => {
            bounded(io::stdin().lock()).map_err(|error| Failure::usage(format!("standard input: {error}")))
        }
        text => Ok(text.to_owned()),
    }
}

/// The text of a file; `-` is standard input.
///
/// # Errors
/// It cannot be read, or has too much.
pub(crate) fn file(path: &Path) -> Result<String, Failure> {
    if path.as_os_str() == "-" {
        return text("-");
    }
    let read = || bounded(File::open(path)?);
    read().map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

fn bounded(from: impl Read) -> io::Result<String> {
    let mut text = String::new();
    // One byte more than is taken tells that there is more.
    from.take(CLIENT_BODY as u64 + 1).read_to_string(&mut text)?;
    if text.len() > CLIENT_BODY {
        return Err(io::Error::other(format!("more than {CLIENT_BODY} bytes")));
    }
    Ok(text)
}
