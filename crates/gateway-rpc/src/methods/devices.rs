//! `device.pair.*`: who may connect.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::nullable;
use crate::{Client, GatewayError};

/// The devices of a gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DeviceList {
    /// Those waiting for approval.
    #[serde(deserialize_with = "nullable")]
    pub pending: Vec<PendingDevice>,
    /// Those approved.
    #[serde(deserialize_with = "nullable")]
    pub paired: Vec<PairedDevice>,
}

/// A device waiting for approval.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PendingDevice {
    /// The request to approve.
    pub request_id: String,
    /// The device.
    pub device_id: String,
    /// The name it gave itself.
    pub display_name: Option<String>,
    /// The client it says it is.
    pub client_id: Option<String>,
    /// The scopes it asks for.
    #[serde(deserialize_with = "nullable")]
    pub scopes: Vec<String>,
    /// Where it comes from.
    pub remote_ip: Option<String>,
    /// Asked at, milliseconds since 1970.
    pub ts: Option<f64>,
}

/// An approved device.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PairedDevice {
    /// The device.
    pub device_id: String,
    /// The name it gave itself.
    pub display_name: Option<String>,
    /// The client it says it is.
    pub client_id: Option<String>,
    /// The scopes it has.
    #[serde(deserialize_with = "nullable")]
    pub scopes: Vec<String>,
    /// Approved at, milliseconds since 1970.
    pub approved_at_ms: Option<f64>,
}

#[derive(Deserialize)]
struct Approved {
    #[serde(default)]
    device: PairedDevice,
}

/// `device.pair.*`
impl Client {
    /// `device.pair.list`: devices approved and waiting.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn device_pair_list(&self) -> Result<DeviceList, GatewayError> {
        self.ask("device.pair.list", json!({})).await
    }

    /// `device.pair.approve`: lets a device in.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn device_pair_approve(&self, request_id: &str) -> Result<PairedDevice, GatewayError> {
        let answer: Approved = self.ask("device.pair.approve", json!({"requestId": request_id})).await?;
        Ok(answer.device)
    }

    /// `device.pair.remove`: forgets a device, which then has to be paired again.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn device_pair_remove(&self, device_id: &str) -> Result<(), GatewayError> {
        self.ask::<IgnoredAny>("device.pair.remove", json!({"deviceId": device_id})).await.map(|_| ())
    }
}
