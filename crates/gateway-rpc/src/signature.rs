//! The text a device signs when it connects.

/// Version of the signed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignatureVersion {
    /// Without nonce; for gateways that send no challenge (only 2026.2 accepts it).
    V1,
    /// With the challenge's nonce: accepted by every gateway.
    #[default]
    V2,
    /// V2 plus platform and device family: accepted from 2026.3 on.
    V3,
}

/// The facts a connect signature covers.
#[derive(Clone, Copy)]
pub struct SignedFacts<'a> {
    /// SHA-256 of the device's public key, hex.
    pub device_id: &'a str,
    /// The client id of the connect frame.
    pub client_id: &'a str,
    /// The client mode of the connect frame.
    pub client_mode: &'a str,
    /// The role of the connect frame.
    pub role: &'a str,
    /// The scopes, in the order sent.
    pub scopes: &'a [String],
    /// Milliseconds since 1970, the challenge's time where there is one.
    pub signed_at_ms: u64,
    /// The shared token, else the device token, else empty.
    pub token: &'a str,
    /// The challenge's nonce; left out of V1.
    pub nonce: &'a str,
    /// The platform of the connect frame; V3 only.
    pub platform: &'a str,
    /// The device family of the connect frame, empty when absent; V3 only.
    pub device_family: &'a str,
}

impl SignedFacts<'_> {
    /// The exact text to sign.
    pub fn text(&self, version: SignatureVersion) -> String {
        let label = match version {
            SignatureVersion::V1 => "v1",
            SignatureVersion::V2 => "v2",
            SignatureVersion::V3 => "v3",
        };
        let scopes = self.scopes.join(",");
        let signed_at = self.signed_at_ms.to_string();
        let mut parts = vec![
            label,
            self.device_id,
            self.client_id,
            self.client_mode,
            self.role,
            &scopes,
            &signed_at,
            self.token,
        ];
        let platform = self.platform.trim().to_lowercase();
        let family = self.device_family.trim().to_lowercase();
        if version != SignatureVersion::V1 {
            parts.push(self.nonce);
        }
        if version == SignatureVersion::V3 {
            parts.push(&platform);
            parts.push(&family);
        }
        parts.join("|")
    }
}
