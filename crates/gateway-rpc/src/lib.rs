//! A client for the OpenClaw gateway protocol, usable by any Rust program.
//!
//! An OpenClaw gateway hosts agents and talks JSON over a WebSocket: requests, answers
//! in any order, and events. This crate keeps **one connection** to a gateway alive and gives
//! typed access to it. It works with every gateway from 2026.2 to 2026.9 (protocol 3 and 4).
//!
//! ```no_run
//! use std::path::Path;
//! use std::sync::Arc;
//!
//! use mission_control_gateway_rpc::{
//!     ChatEvent, Client, ConnectOptions, DeviceIdentity, SendMessage, Signal,
//! };
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let identity = DeviceIdentity::load_or_create(Path::new("identity/device.json"))?;
//!     let options = ConnectOptions::new("ws://127.0.0.1:18789")?
//!         .token(std::env::var("OPENCLAW_TOKEN")?)
//!         .identity(Arc::new(identity));
//!     let client = match Client::connect(options).await {
//!         Ok(client) => client,
//!         Err(error) => {
//!             eprintln!("{error}. {}", error.remedy().unwrap_or_default());
//!             return Err(error.into());
//!         }
//!     };
//!
//!     let mut events = client.events();
//!     let message = SendMessage::new("agent:main:main", "What is on the board?");
//!     let run = message.run(client.ask(&message).await?);
//!     while let Some(signal) = events.next().await {
//!         let Signal::Event(event) = signal else { continue };
//!         let Some(chat) = event.told::<ChatEvent>() else { continue };
//!         if chat.run_id == run && chat.is_end() {
//!             println!("{}", chat.message.map(|m| m.text()).unwrap_or_default());
//!             break;
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # The connection
//!
//! [`Client::open`] starts connecting in the background, [`Client::connect`] waits for the first
//! attempt, [`probe()`] looks once and leaves. After that the client heals itself: it reconnects with
//! full-jitter backoff (1 s doubling to 30 s, or when the gateway says), takes 60 s of silence for a
//! dead line, and after a refusal that time does not cure (a wrong token, a pairing to approve)
//! tries again slowly while [`LinkState`] says why. [`Client::wait_stable`] tells when a gateway
//! is back after a restart and stays up.
//!
//! Calls have a deadline (30 s unless said otherwise), their number is bounded, and none is ever
//! repeated by the client: whether a call that broke off was carried out only its caller can find
//! out. [`SendMessage`] and [`AgentTurn`] carry idempotency keys, so those are safe to send
//! again as they are.
//!
//! # Who the client is
//!
//! * A shared token or password ([`ConnectOptions::token`], [`ConnectOptions::password`]); sent in
//!   the connect frame only, never in the URL, never logged.
//! * A device identity ([`DeviceIdentity`]), an Ed25519 key in OpenClaw's own file format. A gateway
//!   elsewhere asks for its approval once: [`Refusal::request_id`] and [`Refusal::approve_command`].
//! * A device token issued after pairing ([`Connected::device_token`]), which stands in for the
//!   shared token when that is absent or was rotated.
//! * None of these on loopback of a gateway that allows it; [`ConnectMode::WithoutPairing`] tries
//!   what each version accepts without pairing.
//!
//! # Versions
//!
//! Gateways refuse parameters they do not know and differ in what they answer. [`Request`]s
//! hold only what all versions take, unless a field says otherwise, and read old and new
//! answers; [`Features`] holds the differences a caller has to know (which workspace files exist,
//! where the configuration keeps agents, whether a change restarts the gateway). [`Client::call`] reaches
//! every method untyped.
//!
//! # Errors
//!
//! [`GatewayError`] tells apart what went wrong, whether trying again helps
//! ([`GatewayError::is_transient`]) and what to do ([`GatewayError::remedy`]).

mod agent_model;
mod client;
mod connected;
mod dial;
mod error;
mod events;
mod features;
mod handshake;
mod hear;
mod heartbeats;
mod identity;
pub mod limits;
mod link;
mod methods;
mod options;
mod peer;
mod probe;
mod progress;
mod refusal;
mod request;
pub mod roster;
mod rpc_error;
mod session;
mod signature;
mod support;
mod surface;
mod tls;
mod trace;
mod turns;
mod version;
mod wire;
pub mod workspace;

pub use client::Client;
pub use connected::{Connected, Persona, STATE_DIR};
pub use error::GatewayError;
pub use events::{Event, Events, Signal, Told};
pub use features::{DeletedFiles, Features, PatchRestart};
#[doc(hidden)]
pub use hear::hear;
pub use heartbeats::{HeartbeatsByDefault, agent_entries};
pub use identity::{DeviceIdentity, IdentityError};
pub use link::LinkState;
pub use methods::*;
pub use options::{ConnectMode, ConnectOptions, DEFAULT_SCOPES, Resolver, Timing};
pub use peer::{Measure, cut};
pub use probe::{Probe, probe};
pub use progress::{AgentEvent, AgentStep, AgentStream, ChatEvent, ChatState, StepPhase};
pub use refusal::{Refusal, RefusalKind};
pub use request::Request;
pub use rpc_error::{RpcError, RpcErrorKind};
pub use signature::{SignatureVersion, SignedFacts};
pub use surface::{EVENTS, METHODS, OLDEST_PROTOCOL};
pub use tls::TlsMode;
pub use trace::TRACE;
pub use turns::{CallTokens, ModelCall, ToolCall, ToolEnd, TurnEnding, TurnFact, TurnNews};
pub use version::GatewayVersion;
