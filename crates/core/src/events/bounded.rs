//! How large an event may be.

use serde_json::Value;

use crate::limits::{EVENT_BYTES, json_bytes};

/// How much is left of texts (characters) and of lists and objects (elements), until the payload fits.
const CUTS: [usize; 3] = [16_384, 1_024, 64];

/// The payload, cut and marked `truncated` when it is larger than an event may be.
pub fn bounded(mut payload: Value) -> Value {
    for most in CUTS {
        if json_bytes(&payload) <= EVENT_BYTES {
            break;
        }
        cut(&mut payload, most);
        if let Some(fields) = payload.as_object_mut() {
            fields.insert("truncated".to_owned(), Value::Bool(true));
        }
    }
    payload
}

fn cut(value: &mut Value, most: usize) {
    match value {
        Value::String(text) => {
            if let Some((end, _)) = text.char_indices().nth(most) {
                text.truncate(end);
            }
        }
        Value::Array(elements) => {
            elements.truncate(most);
            elements.iter_mut().for_each(|element| cut(element, most));
        }
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().skip(most).cloned().collect();
            for name in names {
                fields.remove(&name);
            }
            fields.values_mut().for_each(|field| cut(field, most));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::limits::PROSE;

    #[test]
    fn what_is_within_the_limits_of_requests_is_not_cut() {
        let comment = "🦀".repeat(PROSE);
        let payload =
            json!({ "activity": { "message": comment }, "comment": { "message": comment }, "item": comment });
        assert_eq!(bounded(payload.clone()), payload);
    }

    #[test]
    fn what_is_older_than_the_limits_is_cut_and_says_so() {
        let id = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
        for task in [
            json!({ "id": id, "description": "水".repeat(EVENT_BYTES) }),
            json!({ "id": id, "tags": vec!["tag"; EVENT_BYTES] }),
            json!({ "id": id, "tags": vec![vec!["t".repeat(1000); 100]; 100] }),
        ] {
            let cut = bounded(json!({ "task": task }));
            assert!(json_bytes(&cut) <= EVENT_BYTES);
            assert_eq!((&cut["task"]["id"], &cut["truncated"]), (&json!(id), &json!(true)));
        }
    }
}
