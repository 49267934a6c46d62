//! `watch`: the stream of events, resumed where it was cut.

use std::time::Duration;

use clap::Args;
use mission_control_terminal::{Colour, coloured, print};
use reqwest::Method;
use serde_json::Value;

use crate::failure::{Exit, Failure};
use crate::find;
use crate::json::at;
use crate::session::Session;
use crate::sse::{Reader, StreamEvent};
use crate::text::{clean, field};

pub(crate) const MANUAL: &str = "\
Follow what happens, as far as you may see it: a line per event, with --json the event as it is sent.

A connection that is cut is taken up again where it was, nothing left out and nothing twice. It ends with Ctrl-C, after --count \
events, or when the server refuses.";

/// Servers send something every 15 seconds.
const SILENCE: Duration = Duration::from_secs(50);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// On this board: its slug, name or id
    #[arg(long)]
    board: Option<String>,
    /// Of these kinds: task.created, or task for every kind that begins with it; separated by commas
    #[arg(long, value_name = "KINDS")]
    kind: Option<String>,
    /// After the event of this number, which may be past
    #[arg(long, value_name = "SEQ")]
    since: Option<u64>,
    /// End after so many events
    #[arg(long, value_name = "EVENTS")]
    count: Option<u64>,
}

/// Where a stream is, over its connections.
struct Position {
    last: Option<String>,
    left: Option<u64>,
    pause: Duration,
}

/// Why a connection is no more.
enum End {
    /// As many events as were wanted.
    Enough,
    /// It was cut, or fell silent.
    Cut(String),
}

pub(crate) async fn run(session: &Session, arguments: &Arguments) -> Result<(), Failure> {
    let mut query = Vec::new();
    if let Some(board) = &arguments.board {
        query.push(("board_id", find::board_id(&session.client, board).await?));
    }
    if let Some(kind) = &arguments.kind {
        query.push(("kind", kind.clone()));
    }
    let mut position = Position {
        last: arguments.since.map(|seq| seq.to_string()),
        left: arguments.count,
        pause: FIRST_PAUSE,
    };
    loop {
        let why = match follow(session, &query, &mut position).await {
            Ok(End::Enough) => return Ok(()),
            Ok(End::Cut(why)) => why,
            Err(failure) if failure.exit() == Exit::Unreachable => failure.to_string(),
            Err(failure) => return Err(failure),
        };
        eprintln!("mc: {why}; connecting again");
        tokio::time::sleep(position.pause).await;
        position.pause = (position.pause * 2).min(LONGEST_PAUSE);
    }
}

async fn follow(
    Session { client, json }: &Session,
    query: &[(&str, String)],
    position: &mut Position,
) -> Result<End, Failure> {
    // The stream has no end: what is bounded is how long it may be silent.
    let mut request = client.request(Method::GET, "/api/v1/events")?.query(query).timeout(Duration::MAX);
    if let Some(last) = &position.last {
        request = request.header("Last-Event-ID", last);
    }
    let opened = tokio::time::timeout(SILENCE, client.open(request)).await;
    let Ok(opened) = opened else { return Ok(End::Cut("the server does not answer".to_owned())) };
    let mut response = opened?;
    let mut reader = Reader::default();
    loop {
        let part = match tokio::time::timeout(SILENCE, response.chunk()).await {
            Ok(Ok(Some(part))) => part,
            Ok(Ok(None)) => return Ok(End::Cut("the stream ended".to_owned())),
            Ok(Err(error)) => return Ok(End::Cut(format!("the connection was cut ({error})"))),
            Err(_) => return Ok(End::Cut("the server fell silent".to_owned())),
        };
        for event in reader.feed(&part)? {
            position.pause = FIRST_PAUSE;
            if event.id.is_some() {
                position.last.clone_from(&event.id);
            }
            match event.kind.as_str() {
                "resume" => return Ok(End::Cut("the stream was too fast".to_owned())),
                "reset" => eprintln!("mc: events are missing that the server no longer has"),
                _ => tell(&event, *json),
            }
            if event.kind != "reset" && count_down(&mut position.left) {
                return Ok(End::Enough);
            }
        }
    }
}

/// Whether that was the last one.
fn count_down(left: &mut Option<u64>) -> bool {
    if let Some(left) = left {
        *left = left.saturating_sub(1);
    }
    *left == Some(0)
}

fn tell(event: &StreamEvent, json: bool) {
    if json {
        // As it came, but without what a terminal would act on: JSON has only C1 controls unescaped.
        print(clean(&event.data));
        return;
    }
    let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
    let time: String = field(&data, "/created_at").replacen('T', " ", 1).chars().take(19).collect();
    print(format_args!(
        "{time}  {}  {}",
        coloured(clean(&event.kind), Colour::Green),
        subject(at(&data, "payload"))
    ));
}

/// What the event is about: the first of what it carries that has a name. The line of the feed that comes with it says less.
fn subject(payload: &Value) -> String {
    let things = payload.as_object().into_iter().flatten();
    let things = things.filter(|(name, thing)| *name != "activity" && thing.is_object());
    let mut named = things.filter_map(|(_, thing)| {
        let key = field(thing, "/key");
        let names = ["/title", "/name", "/message", "/content", "/status", "/state"];
        let name = names.iter().map(|name| field(thing, name)).find(|name| !name.is_empty())?;
        Some(format!("{key} {name}").trim_start().to_owned())
    });
    named.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_says_what_an_event_is_about() {
        let task = json!({"type": "task.created", "activity": {"message": "Created"},
            "task": {"key": "REL-1", "title": "Count", "id": "x"}});
        assert_eq!(subject(&task), "REL-1 Count");
        let agent = json!({"type": "agent.updated", "agent": {"name": "Ada", "state": "online"}});
        assert_eq!(subject(&agent), "Ada");
        assert_eq!(subject(&json!({"type": "other"})), "");
    }

    #[test]
    fn a_count_ends_the_stream_and_none_does_not() {
        let mut two = Some(2);
        assert!(!count_down(&mut two) && count_down(&mut two));
        assert!(!count_down(&mut None));
    }
}
