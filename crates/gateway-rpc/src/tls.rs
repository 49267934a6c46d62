//! Which certificates to trust. The ring provider is named explicitly, so that the
//! process needs no default one.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};

use crate::GatewayError;

/// Which certificates to trust for `wss://`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TlsMode {
    /// The certificates the operating system trusts.
    #[default]
    System,
    /// Any certificate at all. Protects against nobody who can sit in between; prefer a
    /// pin or a CA.
    InsecureAcceptAny,
    /// The system's certificates and those of this PEM text: CAs, or a server's own certificate as it is
    /// (OpenClaw's generated one calls itself a CA, which no CA check would accept from a server).
    CustomCa(String),
    /// Only the certificate with this SHA-256 fingerprint, whatever name it carries and
    /// whoever issued it. See [`TlsMode::pinned`].
    PinnedSha256([u8; 32]),
}

impl TlsMode {
    /// A pin from its usual text form: 64 hex digits, in either case, with or without colons.
    ///
    /// # Errors
    /// [`GatewayError::Tls`] when the text is not such a fingerprint.
    pub fn pinned(fingerprint: &str) -> Result<Self, GatewayError> {
        let digits: String = fingerprint.chars().filter(|c| !matches!(c, ':' | ' ')).collect();
        let mut pin = [0u8; 32];
        hex::decode_to_slice(&digits, &mut pin).map_err(|_| GatewayError::Tls {
            message: "a SHA-256 fingerprint has 64 hex digits".to_owned(),
        })?;
        Ok(Self::PinnedSha256(pin))
    }

    pub(crate) fn client_config(&self) -> Result<Arc<ClientConfig>, GatewayError> {
        let fault = |message: String| GatewayError::Tls { message };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|e| fault(e.to_string()))?;
        let verifier: Arc<dyn ServerCertVerifier> = match self {
            Self::InsecureAcceptAny => Arc::new(Leaf { pin: None, provider }),
            Self::PinnedSha256(pin) => Arc::new(Leaf { pin: Some(*pin), provider }),
            Self::System => Arc::new(Issued::by(Vec::new(), provider)?),
            Self::CustomCa(pem) => Arc::new(Issued::by(read_pem(pem)?, provider)?),
        };
        let config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
        Ok(Arc::new(config))
    }
}

fn read_pem(pem: &str) -> Result<Vec<CertificateDer<'static>>, GatewayError> {
    let fault = |message: String| GatewayError::Tls { message };
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let certificates = read.map_err(|e| fault(format!("the CA is not valid PEM: {e}")))?;
    if certificates.is_empty() {
        return Err(fault("the CA text holds no certificate".to_owned()));
    }
    Ok(certificates)
}

/// Trusts what the system's roots or the given certificates issued, and the given certificates themselves.
#[derive(Debug)]
struct Issued {
    given: Vec<CertificateDer<'static>>,
    roots: Arc<WebPkiServerVerifier>,
}

impl Issued {
    fn by(given: Vec<CertificateDer<'static>>, provider: Arc<CryptoProvider>) -> Result<Self, GatewayError> {
        let fault = |message: String| GatewayError::Tls { message };
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        for certificate in &given {
            roots.add(certificate.clone()).map_err(|e| fault(format!("the CA is not usable: {e}")))?;
        }
        let roots = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|e| fault(format!("no usable root certificates: {e}")))?;
        Ok(Self { given, roots })
    }
}

impl ServerCertVerifier for Issued {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.given.iter().any(|given| given == end_entity) {
            return Ok(ServerCertVerified::assertion());
        }
        self.roots.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.roots.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.roots.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.roots.supported_verify_schemes()
    }
}

/// Looks at the server's own certificate only: by fingerprint, or not at all.
#[derive(Debug)]
struct Leaf {
    pin: Option<[u8; 32]>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Leaf {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let seen: [u8; 32] = Sha256::digest(end_entity.as_ref()).into();
        match self.pin {
            Some(pin) if pin != seen => {
                let message =
                    format!("the certificate's fingerprint is {}, not the pinned one", hex::encode(seen));
                Err(rustls::Error::General(message))
            }
            _ => Ok(ServerCertVerified::assertion()),
        }
    }

    // The peer must hold the key of the certificate it shows: without this a pin proves nothing.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
