//! A device with a passkey, as a browser shows it: ES256, without attestation.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test kit reports failures by panicking"
)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// Somebody is there, and has shown who they are.
const VERIFIED: u8 = 0b0000_0101;
/// A new key follows.
const NEW_KEY: u8 = 0b0100_0000;

/// A device with one passkey.
pub struct Device {
    key: EcdsaKeyPair,
    random: SystemRandom,
    id: Vec<u8>,
    /// The address of the page that asks.
    pub origin: String,
    /// How often it was used.
    pub counter: u32,
    user_handle: Value,
}

impl Device {
    /// A new device, in front of which a page of `origin` is shown.
    ///
    /// # Panics
    /// The system has no random numbers.
    pub fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("make a key");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random)
            .expect("read the key");
        let mut id = vec![0; 32];
        random.fill(&mut id).expect("random numbers");
        Self { key, random, id, origin: origin.to_owned(), counter: 0, user_handle: Value::Null }
    }

    /// What it calls the passkey.
    pub fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.id)
    }

    /// What `navigator.credentials.create` makes of these options.
    ///
    /// # Panics
    /// The options are none.
    pub fn create(&mut self, options: &Value) -> Value {
        self.user_handle = options["user"]["id"].clone();
        let place = options["rp"]["id"].as_str().expect("a relying party");
        let mut data = self.data(place, VERIFIED | NEW_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        data.extend(&self.id);
        let point = self.key.public_key().as_ref();
        let (x, y) = point.get(1..).expect("a point").split_at(32);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
        let mut object = vec![0xa3];
        for (text, value) in [("fmt", &b"\x64none"[..]), ("attStmt", &[0xa0])] {
            object.push(0x60 | u8::try_from(text.len()).expect("a short name"));
            object.extend(text.as_bytes());
            object.extend(value);
        }
        object.extend(b"\x68authData\x58");
        object.push(u8::try_from(data.len()).expect("short data"));
        object.extend(data);
        let response = json!({
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.client_data("webauthn.create", options)),
        });
        self.credential(response)
    }

    /// What `navigator.credentials.get` makes of these options.
    ///
    /// # Panics
    /// The options are none.
    pub fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let data = self.data(options["rpId"].as_str().expect("a relying party"), VERIFIED);
        let client_data = self.client_data("webauthn.get", options);
        let message = [&data, digest(&SHA256, &client_data).as_ref()].concat();
        let signature = self.key.sign(&self.random, &message).expect("sign");
        let response = json!({
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": self.user_handle,
        });
        self.credential(response)
    }

    fn data(&self, place: &str, flags: u8) -> Vec<u8> {
        let place = digest(&SHA256, place.as_bytes());
        [place.as_ref(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn credential(&self, response: Value) -> Value {
        let id = self.name();
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        })
    }
}
