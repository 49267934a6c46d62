//! Server-sent events: bytes in, events out.

use crate::failure::{Exit, Failure};
use crate::limits::CLIENT_EVENT;

/// An event of the stream.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct StreamEvent {
    /// Where to go on after it.
    pub(crate) id: Option<String>,
    /// Its kind.
    pub(crate) kind: String,
    /// What it carries, as JSON.
    pub(crate) data: String,
}

/// Puts events together from the parts in which they arrive.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    rest: Vec<u8>,
    event: StreamEvent,
}

impl Reader {
    /// Takes what arrived; returns the events that are complete.
    ///
    /// # Errors
    /// An event that is too long.
    pub(crate) fn feed(&mut self, part: &[u8]) -> Result<Vec<StreamEvent>, Failure> {
        let mut events = Vec::new();
        for byte in part {
            if *byte == b'\n' {
                let line = std::mem::take(&mut self.rest);
                self.line(&String::from_utf8_lossy(&line), &mut events);
            } else {
                self.rest.push(*byte);
            }
            if self.rest.len() + self.event.data.len() > CLIENT_EVENT {
                return Err(Failure::new(
                    Exit::Failed,
                    format!("an event is longer than {CLIENT_EVENT} bytes"),
                ));
            }
        }
        Ok(events)
    }

    fn line(&mut self, line: &str, events: &mut Vec<StreamEvent>) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            if !event.kind.is_empty() || !event.data.is_empty() {
                events.push(event);
            }
            return;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "id" => self.event.id = Some(value.to_owned()),
            "event" => value.clone_into(&mut self.event.kind),
            "data" => {
                if !self.event.data.is_empty() {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            // A comment, which keeps the connection alive, or a field that we do not know.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STREAM: &str = ": here\n\nid: 7\nevent: task.created\ndata: {\"seq\":7}\n\n: still\n\nid: 8\r\nevent: reset\r\ndata: a\r\ndata: b\r\n\r\n";

    fn expected() -> Vec<StreamEvent> {
        let event = |id: &str, kind: &str, data: &str| StreamEvent {
            id: Some(id.to_owned()),
            kind: kind.to_owned(),
            data: data.to_owned(),
        };
        vec![event("7", "task.created", "{\"seq\":7}"), event("8", "reset", "a\nb")]
    }

    proptest! {
        #[test]
        fn events_are_the_same_however_they_are_cut(cuts in proptest::collection::vec(1..9_usize, 0..40)) {
            let mut reader = Reader::default();
            let mut rest = STREAM.as_bytes();
            let mut events = Vec::new();
            for cut in cuts {
                let (part, after) = rest.split_at(cut.min(rest.len()));
                events.extend(reader.feed(part).unwrap());
                rest = after;
            }
            events.extend(reader.feed(rest).unwrap());
            prop_assert_eq!(events, expected());
        }
    }

    #[test]
    fn an_event_without_an_end_is_refused() {
        let mut reader = Reader::default();
        let part = vec![b'x'; CLIENT_EVENT / 4];
        let refused = (0..5).any(|_| reader.feed(&part).is_err());
        assert!(refused);
        let mut reader = Reader::default();
        let line = [b"data: ".as_slice(), &part, b"\n"].concat();
        assert!((0..5).any(|_| reader.feed(&line).is_err()));
    }
}
