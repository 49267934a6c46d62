//! A request to be answered, and its answer.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::agents::Fate;
use crate::frame::{Event, RpcError};
use crate::gateway::Gateway;
use crate::state::devices_allow;

/// Who is at the other end of a connection.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) connection_id: String,
    pub(crate) device_id: Option<String>,
    pub(crate) scopes: Vec<String>,
    /// Is told of commands that wait for an approval.
    pub(crate) takes_approvals: bool,
    /// Wants `sessions.changed`.
    pub(crate) follows_sessions: AtomicBool,
    /// Sessions whose messages it wants.
    pub(crate) followed: Mutex<BTreeSet<String>>,
}

impl Client {
    /// Whether this client is told of an event.
    pub(crate) fn hears(&self, event: &Event) -> bool {
        event.scope.is_none_or(|scope| self.may(scope))
            && (event.name != "sessions.changed" || self.follows_sessions.load(Ordering::Relaxed))
            && (event.name != "session.message" || self.follows(event))
            && (!event.name.starts_with("exec.approval.") || self.takes_approvals)
    }

    /// Wants the messages of a session.
    pub(crate) fn follow(&self, session: &str) {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.insert(session.to_owned());
    }

    fn follows(&self, event: &Event) -> bool {
        let session = event.payload.get("sessionKey").and_then(Value::as_str).unwrap_or_default();
        self.followed.lock().unwrap_or_else(PoisonError::into_inner).contains(session)
    }

    pub(crate) fn may(&self, scope: &str) -> bool {
        devices_allow(&self.scopes, scope)
    }

    /// Whom the write limits count: the device, or everybody without one.
    pub(super) fn limit_key(&self) -> &str {
        self.device_id.as_deref().unwrap_or("no-device")
    }
}

/// A request whose parameters and scope are in order.
pub(crate) struct Call<'a> {
    pub(crate) gateway: &'a Arc<Gateway>,
    pub(crate) client: &'a Client,
    pub(crate) method: &'a str,
    pub(crate) params: &'a Map<String, Value>,
    /// What becomes of a turn that this request starts.
    pub(crate) fate: Fate,
}

impl Call<'_> {
    /// A required string.
    pub(super) fn text(&self, name: &str) -> Result<&str, RpcError> {
        self.optional_text(name)?.ok_or_else(|| {
            RpcError::invalid(format!("invalid {} params: must have required property '{name}'", self.method))
        })
    }

    /// A string that may be absent.
    pub(super) fn optional_text(&self, name: &str) -> Result<Option<&str>, RpcError> {
        match self.params.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => {
                Err(RpcError::invalid(format!("invalid {} params: at /{name}: must be string", self.method)))
            }
        }
    }

    /// A count that may be absent.
    pub(super) fn optional_count(&self, name: &str) -> Option<usize> {
        self.params.get(name)?.as_u64().and_then(|count| usize::try_from(count).ok())
    }

    pub(super) fn modern(&self) -> bool {
        self.gateway.config.profile.is_modern()
    }
}

/// What a method leads to.
pub(crate) struct Reply {
    pub(crate) payload: Value,
    pub(crate) restart: Restart,
}

impl From<Value> for Reply {
    fn from(payload: Value) -> Self {
        Self { payload, restart: Restart::No }
    }
}

/// Whether the gateway restarts because of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restart {
    No,
    AfterTheAnswer,
    InsteadOfTheAnswer,
}

pub(crate) type Answer = Result<Reply, RpcError>;
