//! A simulated OpenClaw gateway with agents that check in over HTTP, and a fault script.
//!
//! [`Simulator::start`] opens a WebSocket server that behaves on the wire as the real gateways do:
//! challenge and handshake, strict parameters, config fence and shapes, write limits, restarts,
//! runs that end with events. A [`GatewayProfile`] picks the generation. Its agents read their
//! credentials from the workspace files that were set over the wire and check in with them.
//!
//! ```no_run
//! # async fn example() -> Result<(), mission_control_simulator::SimulatorError> {
//! use mission_control_simulator::{GatewayProfile, Simulator, SimulatorConfig};
//!
//! let simulator = Simulator::start(SimulatorConfig {
//!     profile: GatewayProfile::old(),
//!     ..SimulatorConfig::default()
//! })
//! .await?;
//! println!("{} {:?}", simulator.url(), simulator.token());
//! simulator.wait_for(|log| log.iter().any(|request| request.method == "chat.send")).await?;
//! simulator.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod agents;
mod clock;
mod config;
mod config_shape;
mod faults;
mod frame;
mod gateway;
mod handshake;
mod methods;
mod profile;
mod request_log;
mod server;
mod signature;
mod simulator;
mod state;
mod variables;

pub use config::{AgentBehaviour, AuthMode, Pairing, SimulatorConfig, SimulatorError};
pub use faults::{Fault, FaultRule, FaultScript, Trigger};
pub use profile::{ConfigReload, ConfigShape, GatewayProfile, IdentityWrites, UnknownProfile};
pub use request_log::{Outcome, RecordedRequest};
pub use simulator::{AgentView, Simulator};
pub use state::{Session, Turn, TurnCause, TurnOutcome};
