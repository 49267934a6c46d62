//! The record of who did what: what it keeps of changes, and how its entries hang together.

use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::jobs::without_secrets;
use crate::limits::{AUDIT_CHANGE, AUDIT_TEXT, json_bytes};
use crate::models::{AuditChain, AuditEntry};

/// The hash before the first entry of a record.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What two states of a thing differ in. Without one of them the other is whole.
pub fn difference(before: Option<Value>, after: Option<Value>) -> (Option<Value>, Option<Value>) {
    let (Some(Value::Object(mut before)), Some(Value::Object(mut after))) = (before.clone(), after.clone())
    else {
        return (before, after);
    };
    let same: Vec<String> = before
        .iter()
        .filter(|(name, value)| after.get(*name) == Some(*value))
        .map(|(name, _)| name.clone())
        .collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    (Some(before.into()), Some(after.into()))
}

/// A state as the record keeps it: without secrets, with short texts, and not too large.
pub fn kept(state: Value) -> String {
    let state = shortened(without_secrets(state));
    let size = json_bytes(&state);
    if size <= AUDIT_CHANGE { state.to_string() } else { json!({ "too_large": size }).to_string() }
}

fn shortened(value: Value) -> Value {
    match value {
        Value::String(text) if text.chars().nth(AUDIT_TEXT).is_some() => {
            let start: String = text.chars().take(AUDIT_TEXT).collect();
            format!("{start}…").into()
        }
        Value::Array(items) => items.into_iter().map(shortened).collect(),
        Value::Object(fields) => Value::Object(
            fields.into_iter().map(|(name, value)| (name, shortened(value))).collect::<Map<_, _>>(),
        ),
        other => other,
    }
}

/// A line of comma-separated values, as RFC 4180 has them. What a spreadsheet would take for a formula begins with an
/// apostrophe.
pub fn csv_line(fields: &[String]) -> String {
    let cell = |field: &String| {
        let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    };
    let cells: Vec<String> = fields.iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// What a hash is taken of: every column but the hash itself, in this order.
#[derive(Serialize)]
struct Hashed<'e> {
    organization_id: String,
    seq: i64,
    at: i64,
    actor: &'e str,
    actor_id: Option<String>,
    actor_name: Option<&'e str>,
    token_id: Option<String>,
    address: Option<&'e str>,
    request_id: Option<&'e str>,
    action: &'e str,
    object_kind: Option<&'e str>,
    object_id: Option<&'e str>,
    board_id: Option<String>,
    before: Option<&'e str>,
    after: Option<&'e str>,
    previous_hash: &'e str,
}

/// The hash of an entry: SHA-256, in hex, of its columns as JSON.
pub fn hash(entry: &AuditEntry) -> String {
    let hashed = Hashed {
        organization_id: entry.organization_id.to_string(),
        seq: entry.seq,
        at: entry.at.micros(),
        actor: entry.actor.as_str(),
        actor_id: entry.actor_id.map(|id| id.to_string()),
        actor_name: entry.actor_name.as_deref(),
        token_id: entry.token_id.map(|id| id.to_string()),
        address: entry.address.as_deref(),
        request_id: entry.request_id.as_deref(),
        action: &entry.action,
        object_kind: entry.object_kind.as_deref(),
        object_id: entry.object_id.as_deref(),
        board_id: entry.board_id.map(|id| id.to_string()),
        before: entry.before_change.as_deref(),
        after: entry.after_change.as_deref(),
        previous_hash: &entry.previous_hash,
    };
    // A struct of texts and numbers always has a JSON form.
    hex::encode(Sha256::digest(serde_json::to_vec(&hashed).unwrap_or_default()))
}

/// What is wrong with a record, at its first broken link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A number is missing, or there twice.
    #[error("entry {expected} is missing: after {} comes {found}", expected - 1)]
    Missing {
        /// The number that should follow.
        expected: i64,
        /// The one that does.
        found: i64,
    },
    /// An entry does not follow from the one before it.
    #[error("entry {seq} does not follow from the entry before it")]
    Unlinked {
        /// Its number.
        seq: i64,
    },
    /// An entry is not what it was when it was written.
    #[error("entry {seq} was changed after it was written")]
    Changed {
        /// Its number.
        seq: i64,
    },
    /// The record ends too early, or too late.
    #[error("the record ends with entry {found}; its last entry was {expected}")]
    End {
        /// The number that it should end with.
        expected: i64,
        /// The one that it ends with.
        found: i64,
    },
    /// Its beginning was removed by somebody else than retention.
    #[error("the record begins after entry {seq}, and nothing proves that retention cut it there")]
    Beginning {
        /// The number before its first entry.
        seq: i64,
    },
}

/// A place in a record up to which it was found to be whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    seq: i64,
    hash: String,
}

impl Link {
    /// Where a record begins.
    pub fn beginning(chain: &AuditChain) -> Self {
        Self { seq: chain.cut_seq, hash: chain.cut_hash.clone() }
    }

    /// The number of the entry.
    pub const fn seq(&self) -> i64 {
        self.seq
    }

    /// Goes on to the next entry.
    ///
    /// # Errors
    /// The entry is not what was written after this one.
    pub fn next(&self, entry: &AuditEntry) -> Result<Self, Broken> {
        let expected = self.seq.saturating_add(1);
        if entry.seq != expected {
            return Err(Broken::Missing { expected, found: entry.seq });
        }
        if entry.previous_hash != self.hash {
            return Err(Broken::Unlinked { seq: entry.seq });
        }
        if hash(entry) != entry.hash {
            return Err(Broken::Changed { seq: entry.seq });
        }
        Ok(Self { seq: entry.seq, hash: entry.hash.clone() })
    }

    /// Compares with where the record was when something was last written to it.
    ///
    /// # Errors
    /// It ended elsewhere.
    pub fn end(&self, chain: &AuditChain) -> Result<(), Broken> {
        if (self.seq, &self.hash) == (chain.last_seq, &chain.last_hash) {
            Ok(())
        } else {
            Err(Broken::End { expected: chain.last_seq, found: self.seq })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::OrganizationId;
    use crate::models::ActorKind;
    use crate::time::Timestamp;

    fn entry(seq: i64, previous: &str) -> AuditEntry {
        let entry = AuditEntry {
            organization_id: OrganizationId::random(),
            seq,
            at: Timestamp::now(),
            actor: ActorKind::User,
            actor_id: None,
            actor_name: Some("Ada".to_owned()),
            token_id: None,
            address: None,
            request_id: None,
            action: "board.updated".to_owned(),
            object_kind: Some("board".to_owned()),
            object_id: None,
            board_id: None,
            before_change: Some("{}".to_owned()),
            after_change: None,
            previous_hash: previous.to_owned(),
            hash: String::new(),
        };
        AuditEntry { hash: hash(&entry), ..entry }
    }

    fn record(length: i64) -> Vec<AuditEntry> {
        let mut entries: Vec<AuditEntry> = Vec::new();
        for seq in 1..=length {
            let previous = entries.last().map_or(BEGINNING.to_owned(), |entry| entry.hash.clone());
            entries.push(entry(seq, &previous));
        }
        entries
    }

    fn look(entries: &[AuditEntry], last: &AuditEntry) -> Result<(), Broken> {
        let chain = AuditChain {
            organization_id: last.organization_id,
            cut_seq: 0,
            cut_hash: BEGINNING.to_owned(),
            cut_seal: None,
            last_seq: last.seq,
            last_hash: last.hash.clone(),
        };
        entries.iter().try_fold(Link::beginning(&chain), |link, entry| link.next(entry))?.end(&chain)
    }

    #[test]
    fn the_first_broken_link_is_named_whatever_was_done_to_the_record() {
        let whole = record(5);
        let last = whole.last().unwrap();
        assert_eq!(look(&whole, last), Ok(()));
        let with = |change: &dyn Fn(&mut Vec<AuditEntry>)| {
            let mut entries = whole.clone();
            change(&mut entries);
            look(&entries, last).unwrap_err()
        };
        assert_eq!(with(&|it| it[2].actor_name = Some("Eve".into())), Broken::Changed { seq: 3 });
        assert_eq!(with(&|it| it[2].after_change = Some("{}".into())), Broken::Changed { seq: 3 });
        assert_eq!(with(&|it| drop(it.remove(2))), Broken::Missing { expected: 3, found: 4 });
        assert_eq!(with(&|it| drop(it.pop())), Broken::End { expected: 5, found: 4 });
        assert_eq!(
            with(&|it| {
                it[2].actor_name = Some("Eve".into());
                it[2].hash = hash(&it[2]);
            }),
            Broken::Unlinked { seq: 4 }
        );
    }

    #[test]
    fn a_cell_of_a_table_is_a_text_whatever_is_in_it() {
        let line = csv_line(&["=1+1".to_owned(), "say \"hi\",\nyou".to_owned(), String::new()]);
        assert_eq!(line, "\"'=1+1\",\"say \"\"hi\"\",\nyou\",\"\"\r\n");
    }

    #[test]
    fn a_change_is_told_by_what_differs_without_secrets_and_in_short() {
        let (before, after) = difference(
            Some(json!({ "role": "member", "name": "Ada", "gone": 1 })),
            Some(json!({ "role": "admin", "name": "Ada" })),
        );
        assert_eq!(before, Some(json!({ "role": "member", "gone": 1 })));
        assert_eq!(after, Some(json!({ "role": "admin" })));
        let long = "x".repeat(AUDIT_TEXT + 1);
        let text = kept(json!({ "auth_token": "hunter2", "soul": long }));
        assert!(!text.contains("hunter2") && text.len() < AUDIT_TEXT + 100, "{text}");
        let huge = json!(vec!["y".repeat(100); 1000]);
        assert!(kept(huge).contains("too_large"));
    }
}
