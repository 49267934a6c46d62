//! From a word that people use (a key, a slug, a name, the beginning of an id) to a thing of the server.

use reqwest::Method;
use serde_json::Value;

use crate::client::Client;
use crate::failure::{Exit, Failure};
use crate::json::{at, text_at};
use crate::limits::CLIENT_CANDIDATES;
use crate::text::{cell, short};

/// Shorter beginnings of ids are words.
const SHORTEST: usize = 4;

/// What is looked for, and by which fields it is known besides its id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sought {
    what: &'static str,
    names: &'static [&'static str],
    command: &'static str,
}

/// A board, by its slug, its name or the beginning of its tasks' keys.
const BOARD: Sought =
    Sought { what: "board", names: &["slug", "name", "task_prefix"], command: "mc boards list" };
/// An agent, by its name.
const AGENT: Sought = Sought { what: "agent", names: &["name"], command: "mc agents list" };
/// A gateway, by its name.
const GATEWAY: Sought = Sought { what: "gateway", names: &["name"], command: "mc api GET gateways" };
/// A tag, by its slug or name.
const TAG: Sought = Sought { what: "tag", names: &["slug", "name"], command: "mc api GET tags" };
/// An approval, by the beginning of its id.
pub(crate) const APPROVAL: Sought = Sought { what: "approval", names: &[], command: "mc approvals list" };
/// A run, by the beginning of its id.
pub(crate) const RUN: Sought = Sought { what: "run", names: &[], command: "mc runs list" };

impl Sought {
    /// The one thing that `word` names: by its whole id, by a name in either case, else by the beginning of its id.
    ///
    /// # Errors
    /// None, or several.
    pub(crate) fn among<'a>(self, word: &str, things: &'a [Value]) -> Result<&'a Value, Failure> {
        let lower = word.to_lowercase();
        let id = |thing: &Value| text_at(thing, "id").to_owned();
        let named = |thing: &&Value| {
            let is = |name: &&str| at(thing, name).as_str().is_some_and(|text| text.to_lowercase() == lower);
            self.names.iter().any(is)
        };
        let by_id = |thing: &&Value| id(thing) == lower;
        let by_part = |thing: &&Value| lower.len() >= SHORTEST && id(thing).starts_with(&lower);
        for found in [
            things.iter().filter(by_id).collect::<Vec<_>>(),
            things.iter().filter(named).collect(),
            things.iter().filter(by_part).collect(),
        ] {
            match found.as_slice() {
                [] => {}
                [one] => return Ok(one),
                several => return Err(self.ambiguous(word, several)),
            }
        }
        Err(Failure::new(
            Exit::NotFound,
            format!("there is no {} {word}, or it is not yours to see", self.what),
        )
        .with_next(format!("`{}` shows what there is", self.command)))
    }

    fn ambiguous(self, word: &str, several: &[&Value]) -> Failure {
        let shown = several.iter().take(CLIENT_CANDIDATES).map(|thing| {
            let name = self.names.first().map(|name| cell(text_at(thing, name)));
            format!("{} {}", short(thing, "/id"), name.unwrap_or_default()).trim_end().to_owned()
        });
        let shown = shown.collect::<Vec<_>>().join(", ");
        Failure::usage(format!("{word} is the {} of several: {shown}", self.what)).with_next("give an id")
    }
}

fn id_of(thing: &Value) -> String {
    text_at(thing, "id").to_owned()
}

/// A board.
///
/// # Errors
/// No such board; the server's.
pub(crate) async fn board(client: &Client, word: &str) -> Result<Value, Failure> {
    Ok(BOARD.among(word, &client.all("/api/v1/boards", &[]).await?)?.clone())
}

/// The id of a board.
///
/// # Errors
/// Those of [`board`].
pub(crate) async fn board_id(client: &Client, word: &str) -> Result<String, Failure> {
    Ok(id_of(&board(client, word).await?))
}

/// An agent.
///
/// # Errors
/// No such agent; the server's.
pub(crate) async fn agent(client: &Client, word: &str) -> Result<Value, Failure> {
    Ok(AGENT.among(word, &client.all("/api/v1/agents", &[]).await?)?.clone())
}

/// The id of an agent.
///
/// # Errors
/// Those of [`agent`].
pub(crate) async fn agent_id(client: &Client, word: &str) -> Result<String, Failure> {
    Ok(id_of(&agent(client, word).await?))
}

/// The id of a gateway.
///
/// # Errors
/// No such gateway; the server's.
pub(crate) async fn gateway_id(client: &Client, word: &str) -> Result<String, Failure> {
    Ok(id_of(GATEWAY.among(word, &client.all("/api/v1/gateways", &[]).await?)?))
}

/// The ids of tags.
///
/// # Errors
/// No such tag; the server's.
pub(crate) async fn tag_ids(client: &Client, words: &[String]) -> Result<Vec<String>, Failure> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let tags = client.all("/api/v1/tags", &[]).await?;
    words.iter().map(|word| Ok(id_of(TAG.among(word, &tags)?))).collect()
}

/// A task, by its key (`REL-12`) or its id; a board narrows down where it is looked for.
///
/// # Errors
/// No such task; the server's.
pub(crate) async fn task(client: &Client, word: &str, board: Option<&str>) -> Result<Value, Failure> {
    let boards = client.all("/api/v1/boards", &[]).await?;
    let prefix = word.rsplit_once('-').map(|(prefix, _)| prefix.to_uppercase());
    let of_key = |board: &&Value| at(board, "task_prefix").as_str() == prefix.as_deref();
    let candidates: Vec<&Value> = match board {
        Some(board) => vec![BOARD.among(board, &boards)?],
        // A key names its board. An id does not: each board is asked.
        None => match boards.iter().find(of_key) {
            Some(board) => vec![board],
            None if word.len() == UUID.len() => boards.iter().collect(),
            None => Vec::new(),
        },
    };
    for board in candidates {
        let path = format!("/api/v1/boards/{}/tasks/{}", id_of(board), escaped(word));
        match client.send(client.request(Method::GET, &path)?).await {
            Err(failure) if failure.exit() == Exit::NotFound => {}
            other => return Ok(other?.body),
        }
    }
    Err(Failure::new(Exit::NotFound, format!("there is no task {word}, or it is not yours to see"))
        .with_next("`mc tasks list` shows what there is"))
}

const UUID: &str = "7b5c1e0a-0000-4000-8000-000000000000";

/// A part of a path: what is no letter, digit or `-._~` is written as its bytes.
pub(crate) fn escaped(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let write = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    part.bytes().map(write).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn boards() -> Vec<Value> {
        vec![
            json!({"id": "aaaa1111-0000-4000-8000-000000000000", "slug": "release", "name": "Release", "task_prefix": "REL"}),
            json!({"id": "aaaa2222-0000-4000-8000-000000000000", "slug": "harbour", "name": "Twin", "task_prefix": "HAR"}),
            json!({"id": "bbbb3333-0000-4000-8000-000000000000", "slug": "dock", "name": "Twin", "task_prefix": "DOC"}),
        ]
    }

    #[rstest]
    #[case("release", "release")]
    #[case("RELEASE", "release")]
    #[case("har", "harbour")]
    #[case("bbbb", "dock")]
    #[case("aaaa2", "harbour")]
    #[case("aaaa1111-0000-4000-8000-000000000000", "release")]
    fn a_thing_is_known_by_its_names_and_the_beginning_of_its_id(#[case] word: &str, #[case] slug: &str) {
        assert_eq!(BOARD.among(word, &boards()).unwrap()["slug"], slug);
    }

    #[rstest]
    #[case("twin", Exit::Usage)]
    #[case("aaaa", Exit::Usage)]
    #[case("bbb", Exit::NotFound)]
    #[case("nothing", Exit::NotFound)]
    fn a_word_for_none_or_for_several_is_refused(#[case] word: &str, #[case] exit: Exit) {
        let failure = BOARD.among(word, &boards()).unwrap_err();
        assert_eq!(failure.exit(), exit, "{failure}");
    }

    #[test]
    fn several_are_told_apart() {
        let told = BOARD.among("twin", &boards()).unwrap_err().to_string();
        assert!(told.contains("aaaa2222 harbour, bbbb3333 dock"), "{told}");
    }

    #[test]
    fn a_part_of_a_path_stays_one() {
        assert_eq!(escaped("a/../b?c#é"), "a%2F..%2Fb%3Fc%23%C3%A9");
    }
}
