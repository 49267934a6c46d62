//! JSON-RPC messages.

use serde_json::{Value, json};

/// A request, or a notification when it has no id.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) id: Option<Value>,
    pub(super) method: String,
    /// Always an object.
    pub(super) params: Value,
}

impl Incoming {
    /// Reads a body. A response of the client, which answers nothing that was asked, counts as a notification.
    pub(super) fn read(body: &[u8]) -> Result<Self, Failure> {
        let mut message: Value = serde_json::from_slice(body)
            .map_err(|error| Failure::new(-32700, format!("This is not JSON: {error}.")))?;
        let invalid = || Failure::new(-32600, "Expected one JSON-RPC 2.0 message.");
        if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(invalid());
        }
        let Some(method) = message.get("method") else {
            let is_response = message.get("result").is_some() || message.get("error").is_some();
            return match is_response {
                true => Ok(Self { id: None, method: String::new(), params: json!({}) }),
                false => Err(invalid()),
            };
        };
        let method = method.as_str().ok_or_else(invalid)?.to_owned();
        let id = match message.get("id") {
            None => None,
            Some(id @ (Value::String(_) | Value::Number(_))) => Some(id.clone()),
            Some(_) => return Err(invalid()),
        };
        let params = match message.get_mut("params").map(Value::take) {
            None => json!({}),
            Some(params @ Value::Object(_)) => params,
            Some(_) => return Err(Failure::invalid_params("Expected an object of parameters.")),
        };
        Ok(Self { id, method, params })
    }
}

/// The response to a request that was carried out.
pub(super) fn answer(id: Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// Why a request was not carried out.
#[derive(Debug)]
pub(super) struct Failure {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl Failure {
    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }

    pub(super) fn invalid_params(message: impl Into<String>) -> Self {
        Self::new(-32602, message)
    }

    pub(super) fn unknown_method(method: &str) -> Self {
        Self::new(-32601, format!("There is no method {method:?} here."))
    }

    pub(super) fn unsupported_version(requested: &str, supported: &[&str]) -> Self {
        let data = json!({ "requested": requested, "supported": supported });
        Self { data: Some(data), ..Self::new(-32022, "This protocol version is not spoken here.") }
    }

    pub(super) fn header_mismatch(header: &str) -> Self {
        Self::new(-32020, format!("The header {header} says something else than the body."))
    }

    /// Whether the HTTP request itself is at fault.
    pub(super) const fn is_about_the_request(&self) -> bool {
        matches!(self.code, -32700 | -32600 | -32020 | -32022)
    }

    pub(super) fn answer(self, id: Value) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let (Some(data), Some(fields)) = (self.data, error.as_object_mut()) {
            fields.insert("data".to_owned(), data);
        }
        json!({ "jsonrpc": "2.0", "id": id, "error": error })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_json("{", -32700)]
    #[case::a_batch("[]", -32600)]
    #[case::another_version(r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600)]
    #[case::an_id_that_is_none(r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600)]
    #[case::neither_request_nor_response(r#"{"jsonrpc":"2.0","id":1}"#, -32600)]
    #[case::a_list_of_parameters(r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32602)]
    fn what_is_no_message_is_refused(#[case] body: &str, #[case] code: i32) {
        assert_eq!(Incoming::read(body.as_bytes()).unwrap_err().code, code);
    }

    #[test]
    fn a_response_and_a_notification_want_no_answer() {
        for body in [
            r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
            r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        ] {
            assert_eq!(Incoming::read(body.as_bytes()).unwrap().id, None);
        }
    }
}
