//! Paired devices and those that wait for an approval.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::now_ms;

/// A device as it introduced itself in the handshake.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) public_key: String,
    pub(crate) client_id: String,
    pub(crate) platform: String,
    pub(crate) role: String,
    pub(crate) scopes: Vec<String>,
}

impl Device {
    fn to_json(&self) -> Value {
        json!({
            "deviceId": self.id, "publicKey": self.public_key, "platform": self.platform,
            "clientId": self.client_id, "role": self.role, "roles": [self.role], "scopes": self.scopes,
        })
    }
}

#[derive(Debug)]
struct Pending {
    request_id: String,
    device: Device,
    at_ms: u64,
}

#[derive(Debug)]
struct Paired {
    device: Device,
    token: String,
    approved_at_ms: u64,
}

impl Paired {
    fn to_json(&self) -> Value {
        let mut entry = self.device.to_json();
        if let Some(object) = entry.as_object_mut() {
            let token = json!({"role": self.device.role, "scopes": self.device.scopes, "createdAtMs": self.approved_at_ms});
            object.insert("tokens".to_owned(), json!([token]));
            object.insert("approvedAtMs".to_owned(), json!(self.approved_at_ms));
        }
        entry
    }
}

#[derive(Debug, Default)]
pub(crate) struct Devices {
    pending: Vec<Pending>,
    paired: Vec<Paired>,
}

/// Where a device stands.
pub(crate) enum Standing {
    /// Paired; its token.
    Paired(String),
    /// Paired with fewer scopes than it asks for.
    NeedsScopes,
    Unknown,
}

impl Devices {
    pub(crate) fn standing(&self, device: &Device) -> Standing {
        match self.paired.iter().find(|paired| paired.device.id == device.id) {
            None => Standing::Unknown,
            Some(paired) if covers(&paired.device.scopes, &device.scopes) => {
                Standing::Paired(paired.token.clone())
            }
            Some(_) => Standing::NeedsScopes,
        }
    }

    /// Whether this token was issued to this device.
    pub(crate) fn knows_token(&self, device_id: &str, token: &str) -> bool {
        self.paired.iter().any(|paired| paired.device.id == device_id && paired.token == token)
    }

    /// The request of a waiting device; the same one on each try. True when it is new.
    pub(crate) fn request(&mut self, device: Device) -> (String, bool) {
        if let Some(pending) = self.pending.iter().find(|pending| pending.device.id == device.id) {
            return (pending.request_id.clone(), false);
        }
        let request_id = Uuid::new_v4().to_string();
        self.pending.push(Pending { request_id: request_id.clone(), device, at_ms: now_ms() });
        (request_id, true)
    }

    /// Pairs a waiting device; returns it as the methods show it.
    pub(crate) fn approve(&mut self, request_id: &str) -> Option<Value> {
        let device = self.take_pending(request_id)?;
        self.paired.retain(|paired| paired.device.id != device.id);
        let paired = Paired { device, token: Uuid::new_v4().simple().to_string(), approved_at_ms: now_ms() };
        let shown = paired.to_json();
        self.paired.push(paired);
        Some(shown)
    }

    /// Turns a waiting device away; returns its id.
    pub(crate) fn reject(&mut self, request_id: &str) -> Option<String> {
        self.take_pending(request_id).map(|device| device.id)
    }

    pub(crate) fn remove(&mut self, device_id: &str) -> bool {
        let before = self.paired.len();
        self.paired.retain(|paired| paired.device.id != device_id);
        self.paired.len() < before
    }

    pub(crate) fn pending_ids(&self) -> Vec<String> {
        self.pending.iter().map(|pending| pending.request_id.clone()).collect()
    }

    pub(crate) fn to_json(&self) -> Value {
        let pending: Vec<Value> = self.pending.iter().map(Pending::to_json).collect();
        let paired: Vec<Value> = self.paired.iter().map(Paired::to_json).collect();
        json!({"pending": pending, "paired": paired})
    }

    fn take_pending(&mut self, request_id: &str) -> Option<Device> {
        let position = self.pending.iter().position(|pending| pending.request_id == request_id)?;
        Some(self.pending.remove(position).device)
    }
}

impl Pending {
    fn to_json(&self) -> Value {
        let mut entry = self.device.to_json();
        if let Some(object) = entry.as_object_mut() {
            object.insert("requestId".to_owned(), json!(self.request_id));
            object.insert("ts".to_owned(), json!(self.at_ms));
        }
        entry
    }
}

/// Whether the approved scopes allow what is asked: admin covers all, write covers read.
pub(crate) fn covers(approved: &[String], asked: &[String]) -> bool {
    asked.iter().all(|scope| allows(approved, scope))
}

/// Whether one scope is among those held, directly or by a wider one.
pub(crate) fn allows(held: &[String], scope: &str) -> bool {
    held.iter().any(|candidate| {
        candidate == scope
            || candidate == "operator.admin"
            || (candidate == "operator.write" && scope == "operator.read")
    })
}
