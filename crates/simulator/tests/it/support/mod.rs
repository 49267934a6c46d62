//! A raw gateway client and an API that agents check in to.

mod api;
mod client;

pub(crate) use api::Api;
pub(crate) use client::{Client, connect_params};

use mission_control_simulator::{GatewayProfile, Simulator, SimulatorConfig};

/// A simulator of a profile with default settings.
pub(crate) async fn simulator(profile: GatewayProfile) -> Simulator {
    Simulator::start(SimulatorConfig { profile, ..SimulatorConfig::default() }).await.unwrap()
}

/// The message of an error answer.
pub(crate) fn message(error: &serde_json::Value) -> &str {
    error["message"].as_str().unwrap()
}
