//! `device.pair.*`: who may connect.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::nullable;
use crate::Request;

/// `device.pair.list`: asks for the devices that are approved and those that wait for it.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ListDevices {}

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

/// `device.pair.approve`: lets a device in.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApproveDevice<'a> {
    /// The [`PendingDevice::request_id`].
    pub request_id: &'a str,
}

/// `device.pair.remove`: forgets a device, which then has to be paired again.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoveDevice<'a> {
    /// The device.
    pub device_id: &'a str,
}

impl Request for ListDevices {
    const METHOD: &'static str = "device.pair.list";
    type Answer = DeviceList;
}

impl Request for ApproveDevice<'_> {
    const METHOD: &'static str = "device.pair.approve";
    type Answer = IgnoredAny;
}

impl Request for RemoveDevice<'_> {
    const METHOD: &'static str = "device.pair.remove";
    type Answer = IgnoredAny;
}
