//! Why a gateway refused a connection.

use std::time::Duration;

use crate::wire::WireError;
use crate::{limits, peer};

/// The kinds of refusal this client tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalKind {
    /// The gateway wants its shared token and got none.
    TokenMissing,
    /// The shared token is not the gateway's.
    TokenMismatch,
    /// The gateway has no token configured to compare with.
    TokenNotConfigured,
    /// The gateway wants its shared password and got none.
    PasswordMissing,
    /// The shared password is not the gateway's.
    PasswordMismatch,
    /// The gateway has no password configured to compare with.
    PasswordNotConfigured,
    /// The device token was rotated or revoked.
    DeviceTokenMismatch,
    /// The device is not allowed the scopes asked for.
    ScopeMismatch,
    /// The device waits for an operator's approval.
    PairingRequired,
    /// The gateway wants a signed device identity.
    DeviceIdentityRequired,
    /// The signature does not fit the key, the text or the nonce.
    DeviceSignature,
    /// Signed too long ago: the clocks differ.
    DeviceSignatureExpired,
    /// The gateway speaks another version of the protocol.
    ProtocolMismatch,
    /// The `Origin` is not on the gateway's list.
    OriginNotAllowed,
    /// Too many failed attempts.
    RateLimited,
    /// The gateway is starting.
    Starting,
    /// The gateway does not accept the connect frame.
    InvalidConnect,
    /// Any other reason.
    Other,
}

impl RefusalKind {
    /// A stable machine code in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::TokenMissing => "token_missing",
            Self::TokenMismatch => "token_mismatch",
            Self::TokenNotConfigured => "token_not_configured",
            Self::PasswordMissing => "password_missing",
            Self::PasswordMismatch => "password_mismatch",
            Self::PasswordNotConfigured => "password_not_configured",
            Self::DeviceTokenMismatch => "device_token_mismatch",
            Self::ScopeMismatch => "scope_mismatch",
            Self::PairingRequired => "pairing_required",
            Self::DeviceIdentityRequired => "device_identity_required",
            Self::DeviceSignature => "device_signature_invalid",
            Self::DeviceSignatureExpired => "device_signature_expired",
            Self::ProtocolMismatch => "protocol_mismatch",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::RateLimited => "auth_rate_limited",
            Self::Starting => "gateway_starting",
            Self::InvalidConnect => "connect_invalid",
            Self::Other => "connect_refused",
        }
    }

    /// By detail code where the gateway sends one, else by what the message says: 2026.2
    /// sends no detail codes.
    fn classify(code: &str, detail: &str, message: &str) -> Self {
        let text = message.to_lowercase();
        let says = |part: &str| text.contains(part);
        match detail {
            "AUTH_TOKEN_MISSING" => Self::TokenMissing,
            "AUTH_TOKEN_MISMATCH" => Self::TokenMismatch,
            "AUTH_TOKEN_NOT_CONFIGURED" => Self::TokenNotConfigured,
            "AUTH_PASSWORD_MISSING" => Self::PasswordMissing,
            "AUTH_PASSWORD_MISMATCH" => Self::PasswordMismatch,
            "AUTH_PASSWORD_NOT_CONFIGURED" => Self::PasswordNotConfigured,
            "AUTH_DEVICE_TOKEN_MISMATCH" => Self::DeviceTokenMismatch,
            "AUTH_SCOPE_MISMATCH" => Self::ScopeMismatch,
            "AUTH_RATE_LIMITED" => Self::RateLimited,
            "PAIRING_REQUIRED" => Self::PairingRequired,
            "DEVICE_IDENTITY_REQUIRED" | "CONTROL_UI_DEVICE_IDENTITY_REQUIRED" => {
                Self::DeviceIdentityRequired
            }
            "CONTROL_UI_ORIGIN_NOT_ALLOWED" => Self::OriginNotAllowed,
            "PROTOCOL_MISMATCH" => Self::ProtocolMismatch,
            _ if says("signature expired") => Self::DeviceSignatureExpired,
            _ if detail.starts_with("DEVICE_AUTH_") => Self::DeviceSignature,
            _ if says("token missing") => Self::TokenMissing,
            _ if says("device token mismatch") => Self::DeviceTokenMismatch,
            _ if says("token mismatch") => Self::TokenMismatch,
            _ if says("password missing") => Self::PasswordMissing,
            _ if says("password mismatch") => Self::PasswordMismatch,
            _ if says("too many failed") || says("rate limit") => Self::RateLimited,
            _ if says("pairing required") => Self::PairingRequired,
            _ if says("device identity required") || says("control ui requires") => {
                Self::DeviceIdentityRequired
            }
            _ if says("device signature") || says("device nonce") || says("device identity mismatch") => {
                Self::DeviceSignature
            }
            _ if says("device public key") => Self::DeviceSignature,
            _ if says("origin not allowed") => Self::OriginNotAllowed,
            _ if says("protocol mismatch") => Self::ProtocolMismatch,
            _ if says("gateway starting") => Self::Starting,
            _ if says("invalid connect params") => Self::InvalidConnect,
            _ if code == "NOT_PAIRED" => Self::PairingRequired,
            _ => Self::Other,
        }
    }
}

/// A refused handshake, in the gateway's words and in ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// What it amounts to.
    pub kind: RefusalKind,
    /// The gateway's own code, as sent (`INVALID_REQUEST`, `NOT_PAIRED` …); empty when it only closed.
    pub code: String,
    /// The gateway's message.
    pub message: String,
    /// The pairing request to approve.
    pub request_id: Option<String>,
    /// Why pairing is needed: `not-paired`, `scope-upgrade`, `role-upgrade`, `metadata-upgrade`.
    pub reason: Option<String>,
    /// The protocol version the gateway expects.
    pub expected_protocol: Option<u64>,
    /// When the gateway said to try again.
    pub retry_after: Option<Duration>,
    /// Whether the gateway said that trying again may help.
    pub retryable: bool,
}

impl Refusal {
    pub(crate) fn from_wire(error: &WireError) -> Self {
        let details = error.details.as_ref();
        let text = |key: &str| {
            details
                .and_then(|d| d.get(key))
                .and_then(|v| v.as_str())
                .map(|text| peer::cut(text, limits::PEER_NAME).to_owned())
        };
        let number = |key: &str| details.and_then(|d| d.get(key)).and_then(serde_json::Value::as_u64);
        let detail = text("code").unwrap_or_default();
        let mut kind = RefusalKind::classify(&error.code, &detail, &error.message);
        if kind == RefusalKind::Other
            && (error.code == "UNAVAILABLE" || text("reason").as_deref() == Some("startup-sidecars"))
        {
            kind = RefusalKind::Starting;
        }
        Self {
            kind,
            code: error.code.clone(),
            message: error.message.clone(),
            request_id: text("requestId"),
            reason: text("reason"),
            expected_protocol: number("expectedProtocol"),
            retry_after: error.retry_after(),
            retryable: error.retryable.unwrap_or(false),
        }
    }

    /// A policy close without an answer: the reason repeats the message.
    pub(crate) fn from_close(reason: &str) -> Self {
        Self::from_wire(&WireError { message: peer::message(reason), ..WireError::default() })
    }

    /// Whether trying again soon, with nothing changed, can succeed.
    pub fn is_transient(&self) -> bool {
        // A nonce can be missed when the challenge comes later than this client waited for it.
        self.kind == RefusalKind::Starting
            || (self.kind == RefusalKind::DeviceSignature && self.message.contains("nonce"))
    }

    /// The command that approves the pairing, on the gateway's host.
    pub fn approve_command(&self) -> Option<String> {
        self.request_id.as_ref().map(|id| format!("openclaw devices approve {id}"))
    }

    /// One sentence on what to do.
    pub fn remedy(&self) -> String {
        let fixed = match self.kind {
            RefusalKind::TokenMissing => {
                "Set the gateway's shared token (`gateway.auth.token` in openclaw.json)."
            }
            RefusalKind::TokenMismatch => {
                "Replace the stored token by the gateway's current one (`gateway.auth.token` in openclaw.json)."
            }
            RefusalKind::TokenNotConfigured => {
                "Set `gateway.auth.token` on the gateway and use the same token here."
            }
            RefusalKind::PasswordMissing => {
                "Use the gateway's shared password (`gateway.auth.password` in openclaw.json) as the token here."
            }
            RefusalKind::PasswordMismatch => {
                "Replace the token here by the gateway's current password (`gateway.auth.password` in openclaw.json)."
            }
            RefusalKind::PasswordNotConfigured => {
                "Set `gateway.auth.password` on the gateway and use it as the token here."
            }
            RefusalKind::DeviceTokenMismatch => {
                "The device token was rotated or revoked: set the gateway's shared token once to get a new one."
            }
            RefusalKind::ScopeMismatch => {
                "On the gateway host run `openclaw devices list` and approve the scopes this device asks for."
            }
            RefusalKind::PairingRequired => return self.pairing_remedy(),
            RefusalKind::DeviceIdentityRequired => {
                "Set the gateway's shared token, or connect with a device identity (pairing on) and approve its request."
            }
            RefusalKind::DeviceSignature => {
                "Check that the device identity file is undamaged and that no proxy alters the connection."
            }
            RefusalKind::DeviceSignatureExpired => {
                "Synchronise the clocks of this machine and the gateway's."
            }
            RefusalKind::ProtocolMismatch => {
                "Update this program or the gateway: this client speaks protocol 3 and 4."
            }
            RefusalKind::OriginNotAllowed => {
                "Add this origin to `gateway.controlUi.allowedOrigins`, or switch pairing on for this gateway."
            }
            RefusalKind::RateLimited => {
                "Correct the token or password, then wait for the gateway's lockout (5 minutes) to pass."
            }
            RefusalKind::Starting => "Wait a few seconds: the gateway is starting.",
            RefusalKind::InvalidConnect => {
                "Update this program or the gateway: they disagree on the connect frame."
            }
            RefusalKind::Other => {
                "Look in the gateway's log (`openclaw logs`) for the reason of the refusal."
            }
        };
        fixed.to_owned()
    }

    fn pairing_remedy(&self) -> String {
        match self.approve_command() {
            Some(command) => {
                format!("On the gateway host run `{command}`; the connection then comes up by itself.")
            }
            None => "On the gateway host run `openclaw devices list` and approve this device's request."
                .to_owned(),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let message = if self.message.is_empty() { self.kind.code() } else { &self.message };
        f.write_str(message)?;
        match &self.request_id {
            Some(id) if !message.contains(id) => write!(f, " (pairing request {id})"),
            _ => Ok(()),
        }
    }
}
