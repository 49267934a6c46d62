//! A stand-in of a provider that says what a test wants, with keys that ring makes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A key of the provider, and how it is published.
pub(crate) enum Signer {
    Ed(Ed25519KeyPair),
    Es(EcdsaKeyPair),
}

impl Signer {
    pub(crate) fn ed() -> Self {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed(Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap())
    }

    pub(crate) fn es() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random);
        Self::Es(pair.unwrap())
    }

    pub(crate) fn public(&self) -> &[u8] {
        match self {
            Self::Ed(pair) => pair.public_key().as_ref(),
            Self::Es(pair) => pair.public_key().as_ref(),
        }
    }

    pub(crate) fn jwk(&self, kid: &str) -> Value {
        let public = self.public();
        match self {
            Self::Ed(_) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(public), "kid": kid, "use": "sig" })
            }
            Self::Es(_) => json!({
                "kty": "EC", "crv": "P-256", "kid": kid, "alg": "ES256", "x": base64(&public[1..33]), "y": base64(&public[33..]),
            }),
        }
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Ed(_) => "EdDSA",
            Self::Es(_) => "ES256",
        }
    }

    pub(crate) fn token(&self, kid: &str, claims: &Value) -> String {
        signed(&json!({ "alg": self.algorithm(), "kid": kid }), claims, |message| match self {
            Self::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Es(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
        })
    }
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn signed(head: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let message =
        format!("{}.{}", base64(head.to_string().as_bytes()), base64(claims.to_string().as_bytes()));
    let signature = base64(&sign(message.as_bytes()));
    format!("{message}.{signature}")
}

pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

/// A provider: what it answers at each path, and how often it was asked.
#[derive(Clone)]
pub(crate) struct Stand {
    pub(crate) issuer: String,
    pages: Arc<Mutex<HashMap<String, Value>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Stand {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let stand = Self { issuer, pages: Arc::default(), asked: Arc::default() };
        stand.answer("/.well-known/openid-configuration", stand.particulars());
        let served = stand.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 16 * 1024];
                let length = stream.read(&mut request).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
                served.asked.lock().unwrap().push(path.clone());
                let page = served.pages.lock().unwrap().get(&path).cloned();
                let (status, body) = page.map_or((404, "{}".to_owned()), |page| (200, page.to_string()));
                let answer = format!(
                    "HTTP/1.1 {status} -\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                drop(stream.write_all(answer.as_bytes()).await);
            }
        });
        stand
    }

    pub(crate) fn particulars(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
            "jwks_uri": at("/keys"), "end_session_endpoint": at("/end"),
        })
    }

    pub(crate) fn answer(&self, path: &str, page: Value) {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    pub(crate) fn asked_for(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }
}
