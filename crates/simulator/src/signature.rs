//! The proof that a client holds the key of the device it names.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::frame::RpcError;

/// How far `signedAt` may be from the gateway's clock, in milliseconds.
const SKEW_MS: u64 = 120_000;

/// What the signature must cover.
pub(crate) struct Signed<'a> {
    pub(crate) connect: &'a Value,
    pub(crate) nonce: &'a str,
    pub(crate) now_ms: u64,
}

impl Signed<'_> {
    /// Checks the `device` part; the errors come in the order in which real gateways look.
    pub(crate) fn verify(&self) -> Result<(), RpcError> {
        let key = URL_SAFE_NO_PAD
            .decode(self.text("/device/publicKey"))
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .ok_or_else(|| refused("device public key invalid", "PUBLIC_KEY_INVALID", "device-public-key"))?;
        if hex::encode(Sha256::digest(key)) != self.text("/device/id") {
            return Err(refused("device identity mismatch", "DEVICE_ID_MISMATCH", "device-id-mismatch"));
        }
        let signed_at = self.connect.pointer("/device/signedAt").and_then(Value::as_u64).unwrap_or(0);
        if signed_at.abs_diff(self.now_ms) > SKEW_MS {
            return Err(refused("device signature expired", "SIGNATURE_EXPIRED", "device-signature-stale"));
        }
        if self.text("/device/nonce") != self.nonce {
            return Err(refused("device nonce mismatch", "NONCE_MISMATCH", "device-nonce-mismatch"));
        }
        let invalid = || refused("device signature invalid", "SIGNATURE_INVALID", "device-signature");
        let key = VerifyingKey::from_bytes(&key).map_err(|_| invalid())?;
        let signature = URL_SAFE_NO_PAD
            .decode(self.text("/device/signature"))
            .ok()
            .and_then(|bytes| Signature::from_slice(&bytes).ok())
            .ok_or_else(invalid)?;
        let verifies = |text: String| key.verify_strict(text.as_bytes(), &signature).is_ok();
        if verifies(self.payload_v3(signed_at)) || verifies(self.payload("v2", signed_at)) {
            Ok(())
        } else {
            Err(invalid())
        }
    }

    fn payload(&self, version: &str, signed_at: u64) -> String {
        let scopes: Vec<&str> = self
            .connect
            .get("scopes")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let token = match self.text("/auth/token") {
            "" => self.text("/auth/deviceToken"),
            token => token,
        };
        [
            version,
            self.text("/device/id"),
            self.text("/client/id"),
            self.text("/client/mode"),
            self.text("/role"),
            &scopes.join(","),
            &signed_at.to_string(),
            token,
            self.nonce,
        ]
        .join("|")
    }

    fn payload_v3(&self, signed_at: u64) -> String {
        let platform = self.text("/client/platform").trim().to_lowercase();
        let family = self.text("/client/deviceFamily").trim().to_lowercase();
        format!("{}|{platform}|{family}", self.payload("v3", signed_at))
    }

    fn text(&self, pointer: &str) -> &str {
        self.connect.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }
}

fn refused(message: &str, code: &str, reason: &str) -> RpcError {
    RpcError::invalid(message).with_details(json!({"code": format!("DEVICE_AUTH_{code}"), "reason": reason}))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED_AT: u64 = 1_700_000_000_000;

    fn connect(platform: &str, family: &str, signature: &str) -> Value {
        json!({
            "client": {"id": "gateway-client", "mode": "backend", "platform": platform, "deviceFamily": family},
            "role": "operator",
            "scopes": [
                "operator.read", "operator.write", "operator.admin", "operator.approvals", "operator.pairing",
            ],
            "auth": {"token": "secret-token"},
            "device": {
                "id": "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c",
                "publicKey": "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg",
                "signature": signature, "signedAt": SIGNED_AT, "nonce": "nonce-123",
            },
        })
    }

    fn verdict(connect: &Value, now_ms: u64) -> Result<(), String> {
        Signed { connect, nonce: "nonce-123", now_ms }.verify().map_err(|error| error.message)
    }

    #[test]
    fn signatures_made_for_real_gateways_verify() {
        let v2 = "RgesfV8w-9lw3AhYHPHaTY7sWFohIRKHWvI0BXNQ0K4afUJk5DulKd05MYR_8BsSCuFPWF0xmAuJxLFVGO4FDg";
        let linux = "z6qpujqlDBjSaZ6HkQ2xb7J4ITzhcwbw9JGkQWS0AaQXmTirZPX9_8_2DabcfRzf-YMKYHuvNbdYr38_MJWLDA";
        let mac = "WgYFGd5PnHMqpX7I6w5uq9qna-GufJh2g9ZsQdyLMGWNDbj1_yQtQEi2aQSYUreHmxPlCc9t_k5vCixfLPiKAQ";
        assert_eq!(verdict(&connect("linux", "", v2), SIGNED_AT), Ok(()));
        assert_eq!(verdict(&connect("Linux", "", linux), SIGNED_AT), Ok(()));
        assert_eq!(verdict(&connect("darwin", "Mac", mac), SIGNED_AT + 60_000), Ok(()));
        assert_eq!(verdict(&connect("linux", "", mac), SIGNED_AT), Err("device signature invalid".into()));
        let late = SIGNED_AT + SKEW_MS + 1;
        assert_eq!(verdict(&connect("linux", "", v2), late), Err("device signature expired".into()));
    }
}
