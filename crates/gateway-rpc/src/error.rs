//! Everything that can go wrong between this client and a gateway.

use std::time::Duration;

use crate::refusal::Refusal;
use crate::rpc_error::RpcError;
use crate::{limits, peer};

/// Why a connection or a call failed.
///
/// The text is for people and never holds a secret; [`GatewayError::code`] is for programs,
/// [`GatewayError::remedy`] says what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GatewayError {
    /// The gateway's address or a header cannot be used.
    #[error("the gateway URL is not usable: {reason}")]
    InvalidUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// The gateway's name leads only where connections are not allowed to go.
    #[error("connections to {host} are not allowed")]
    Forbidden {
        /// The name or address.
        host: String,
    },
    /// The gateway could not be reached, or the line broke.
    #[error("{message}")]
    Transport {
        /// What happened.
        message: String,
    },
    /// The TLS connection was not acceptable to this side or the other.
    #[error("TLS: {message}")]
    Tls {
        /// What happened.
        message: String,
    },
    /// Something answered the upgrade with plain HTTP.
    #[error("the server answered HTTP {status} instead of opening a WebSocket{}", .reason.as_deref().map(|r| format!(" ({r})")).unwrap_or_default())]
    UpgradeRefused {
        /// The HTTP status.
        status: u16,
        /// The reason in the body, where it is a known one.
        reason: Option<String>,
    },
    /// The gateway refused the handshake.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The gateway answered the call with an error.
    #[error("{0}")]
    Rpc(RpcError),
    /// No answer in time. A call may have been carried out all the same.
    #[error("{what} got no answer within {} s", .after.as_secs_f32())]
    Timeout {
        /// The method, or the phase of connecting.
        what: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// The connection closed before the answer. The call may have been carried out.
    #[error("the gateway closed the connection ({code}{}{reason})", if .reason.is_empty() { "" } else { ": " })]
    Closed {
        /// The WebSocket close code; 1006 when the line just broke.
        code: u16,
        /// The gateway's reason.
        reason: String,
    },
    /// There is no connection and none came in time. The call was not sent.
    #[error("not connected to the gateway{}", .cause.as_deref().map(|c| format!(": {c}")).unwrap_or_default())]
    NotConnected {
        /// Why the last attempt failed.
        cause: Option<Box<GatewayError>>,
    },
    /// Too many calls wait for an answer already. The call was not sent.
    #[error("{limit} calls to the gateway are waiting for an answer already")]
    Overloaded {
        /// How many may wait.
        limit: usize,
    },
    /// The request is bigger than the gateway accepts. It was not sent.
    #[error("the request has {size} bytes, the gateway accepts {limit}")]
    TooLarge {
        /// Size of the frame in bytes.
        size: usize,
        /// The gateway's limit in bytes.
        limit: usize,
    },
    /// The answer does not have the expected shape.
    #[error("the gateway's answer to {method} is not understood: {message}")]
    Decode {
        /// The method called.
        method: String,
        /// What does not fit.
        message: String,
    },
    /// The client was closed by this side.
    #[error("the gateway client is closed")]
    Stopped,
}

impl GatewayError {
    /// An answer, or an event, of another shape. What is wrong with it repeats what the gateway sent.
    pub(crate) fn unexpected(method: &str, error: &serde_json::Error) -> Self {
        Self::Decode {
            method: peer::cut(method, limits::PEER_NAME).to_owned(),
            message: peer::message(&error.to_string()),
        }
    }

    /// A stable machine code in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidUrl { .. } => "gateway_url_invalid",
            Self::Forbidden { .. } => "gateway_address_refused",
            Self::Transport { .. } => "gateway_unreachable",
            Self::Tls { .. } => "gateway_tls",
            Self::UpgradeRefused { .. } => "gateway_upgrade_refused",
            Self::Refused(refusal) => refusal.kind.code(),
            Self::Rpc(_) => "gateway_rpc_error",
            Self::Timeout { .. } => "gateway_timeout",
            Self::Closed { .. } => "gateway_closed",
            Self::NotConnected { cause } => cause.as_ref().map_or("gateway_not_connected", |c| c.code()),
            Self::Overloaded { .. } => "gateway_overloaded",
            Self::TooLarge { .. } => "gateway_request_too_large",
            Self::Decode { .. } => "gateway_answer_unexpected",
            Self::Stopped => "gateway_client_closed",
        }
    }

    /// Whether trying again soon, with nothing changed, can succeed.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Transport { .. } | Self::Timeout { .. } | Self::Overloaded { .. } => true,
            // 1008 is a policy, 1009 a frame that stays too big, 1002 another protocol.
            Self::Closed { code, .. } => !matches!(code, 1002 | 1008 | 1009),
            Self::UpgradeRefused { status, .. } => matches!(status, 408 | 429 | 500..=599),
            Self::Refused(refusal) => refusal.is_transient(),
            Self::Rpc(error) => error.is_transient(),
            Self::NotConnected { cause } => cause.as_ref().is_none_or(|c| c.is_transient()),
            Self::InvalidUrl { .. }
            | Self::Forbidden { .. }
            | Self::Tls { .. }
            | Self::TooLarge { .. }
            | Self::Decode { .. }
            | Self::Stopped => false,
        }
    }

    /// When the gateway said to try again.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            Self::Rpc(error) => error.retry_after,
            Self::NotConnected { cause } => cause.as_ref().and_then(|c| c.retry_after()),
            _ => None,
        }
    }

    /// The refusal behind this error, also when a call failed because of it.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::NotConnected { cause: Some(cause) } => cause.refusal(),
            _ => None,
        }
    }

    /// The error answer, when the gateway gave one.
    pub fn rpc(&self) -> Option<&RpcError> {
        match self {
            Self::Rpc(error) => Some(error),
            _ => None,
        }
    }

    /// One sentence on what to do, where there is something to do.
    pub fn remedy(&self) -> Option<String> {
        let text = match self {
            Self::InvalidUrl { .. } => "Use the gateway's WebSocket address, such as ws://127.0.0.1:18789.".to_owned(),
            Self::Forbidden { .. } => {
                "Use another address of the gateway, or have the operator allow its network.".to_owned()
            }
            Self::Transport { .. } => {
                "Check that the gateway runs (`openclaw gateway status`) and that host, port and firewall are right."
                    .to_owned()
            }
            Self::Tls { message } if message.contains("fingerprint") => {
                "Compare the fingerprint with the gateway's certificate and replace the pin if it was renewed."
                    .to_owned()
            }
            Self::Tls { .. } => {
                "Give the gateway's CA or certificate fingerprint, or allow insecure TLS for this gateway; use ws:// if it has no TLS."
                    .to_owned()
            }
            Self::UpgradeRefused { reason: Some(reason), .. } if reason.contains("proxy") => {
                "List the proxy's address in `gateway.trustedProxies` on the gateway.".to_owned()
            }
            Self::UpgradeRefused { status: 500..=599, .. } => {
                "Wait a few seconds: the gateway or the proxy before it is starting.".to_owned()
            }
            Self::UpgradeRefused { .. } => {
                "Check the address: what answers there is not a gateway's WebSocket.".to_owned()
            }
            Self::Refused(refusal) => refusal.remedy(),
            Self::Rpc(error) => return error.remedy(),
            Self::Timeout { .. } => {
                "Try again; if it persists, look at the gateway's load and log (`openclaw logs`).".to_owned()
            }
            Self::Closed { code: 1012 | 1013, .. } => "Wait a few seconds: the gateway is restarting.".to_owned(),
            Self::Closed { code: 1009, .. } => "Send less at once: the frame is over the gateway's limit.".to_owned(),
            Self::Closed { .. } => "Try again; the connection is rebuilt by itself.".to_owned(),
            Self::NotConnected { cause } => return cause.as_ref().and_then(|c| c.remedy()),
            Self::Overloaded { .. } => "Try again in a moment, or send fewer calls at once.".to_owned(),
            Self::TooLarge { .. } => "Send less at once: the request is over the gateway's limit.".to_owned(),
            Self::Decode { .. } => {
                "Update this program: it does not understand this gateway version's answer.".to_owned()
            }
            Self::Stopped => return None,
        };
        Some(text)
    }
}
