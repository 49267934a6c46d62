//! Certificates: by CA, by pin, not at all, and refused.

use std::sync::Arc;

use mission_control_gateway_rpc::{Client, GatewayError, TlsMode};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::support::{Gateway, Stream, Wrap};

/// A gateway with a self-signed certificate, the certificate's PEM and its fingerprint. Like the one
/// OpenClaw generates, the certificate says it is a CA.
async fn self_signed() -> (Gateway, String, String) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = params.self_signed(&key).expect("a certificate");
    let gateway = gateway_with(&certificate, &key).await;
    (gateway, certificate.pem(), hex::encode_upper(Sha256::digest(certificate.der())))
}

async fn gateway_with(certificate: &Certificate, key: &KeyPair) -> Gateway {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("a usable certificate");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let wrap: Wrap = Arc::new(move |tcp| {
        let acceptor = acceptor.clone();
        Box::pin(async move { acceptor.accept(tcp).await.ok().map(|tls| Box::new(tls) as Box<dyn Stream>) })
    });
    Gateway::start_on("wss", wrap, |mut peer| async move {
        peer.accept().await;
        peer.until_gone().await;
    })
    .await
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused_unless_something_vouches_for_it() {
    let (gateway, _, _) = self_signed().await;
    let error = Client::connect(gateway.options()).await.expect_err("untrusted");
    assert!(matches!(error, GatewayError::Tls { .. }), "{error:?}");
    assert!(!error.is_transient());
    assert!(error.remedy().expect("a remedy").contains("fingerprint"));
    assert!(gateway.connects().is_empty(), "the token must not be sent");
}

#[tokio::test]
async fn a_custom_ca_vouches_for_what_it_issued_under_its_name() {
    let ca_key = KeyPair::generate().expect("a key");
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let trust = TlsMode::CustomCa(ca.self_signed(&ca_key).expect("a CA").pem());
    let issuer = Issuer::new(ca, ca_key);
    for (name, trusted) in [("127.0.0.1", true), ("another.example", false)] {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        let gateway = gateway_with(&params.signed_by(&key, &issuer).expect("issued"), &key).await;
        let result = Client::connect(gateway.options().tls(trust.clone())).await;
        assert_eq!(result.is_ok(), trusted, "{name}: {result:?}");
    }
}

#[tokio::test]
async fn a_servers_own_certificate_vouches_for_itself_only() {
    let (gateway, pem, _) = self_signed().await;
    let (other, _, _) = self_signed().await;
    let trust = TlsMode::CustomCa(pem);
    Client::connect(gateway.options().tls(trust.clone())).await.expect("trusted");
    let error = Client::connect(other.options().tls(trust)).await.expect_err("another's certificate");
    assert!(matches!(error, GatewayError::Tls { .. }), "{error:?}");
}

#[tokio::test]
async fn a_pin_accepts_its_certificate_and_no_other() {
    let (gateway, _, fingerprint) = self_signed().await;
    let pairs: Vec<&str> =
        fingerprint.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("ascii")).collect();
    let pin = TlsMode::pinned(&pairs.join(":")).expect("a fingerprint");
    assert_eq!(pin, TlsMode::pinned(&fingerprint.to_lowercase()).expect("a fingerprint"));
    Client::connect(gateway.options().tls(pin)).await.expect("the pinned certificate");

    let wrong = TlsMode::PinnedSha256([1; 32]);
    let error = Client::connect(gateway.options().tls(wrong)).await.expect_err("not the pinned one");
    let shown = error.to_string();
    assert!(shown.contains(&fingerprint.to_lowercase()), "{shown}");
    assert!(TlsMode::pinned("12:34").is_err());
}

#[tokio::test]
async fn any_certificate_will_do_when_explicitly_said() {
    let (gateway, _, _) = self_signed().await;
    Client::connect(gateway.options().tls(TlsMode::InsecureAcceptAny)).await.expect("accepted");
}

#[tokio::test]
async fn a_ca_that_is_no_certificate_is_reported() {
    let (gateway, _, _) = self_signed().await;
    let error = Client::connect(gateway.options().tls(TlsMode::CustomCa("nonsense".to_owned()))).await;
    assert!(matches!(error, Err(GatewayError::Tls { message }) if message.contains("no certificate")));
}
