//! TLS to a PostgreSQL server, with libpq's meanings of its parameters.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use mission_control_core::config::{Endpoint, PostgresParameters, SslMode};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme, version};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

/// The name of the protocol, for servers that listen for several.
const ALPN: &[u8] = b"postgresql";

/// How to speak TLS to one server.
pub(super) struct Tls {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
    /// The handshake comes first, without the server having been asked whether it can.
    pub(super) direct: bool,
}

impl Tls {
    /// What the parameters ask for, with the files that they name.
    ///
    /// # Errors
    /// Which file or parameter cannot be used, and what to do.
    pub(super) fn new(parameters: &PostgresParameters, endpoint: &Endpoint) -> Result<Self, String> {
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier { trust: trust(parameters)?, provider: Arc::clone(&provider) };
        let is_1_3_only = parameters.get("ssl_min_protocol_version") == Some("TLSv1.3");
        let is_1_2_only = parameters.get("ssl_max_protocol_version") == Some("TLSv1.2");
        let versions: &[_] = match (is_1_3_only, is_1_2_only) {
            (true, true) => {
                return Err("ssl_min_protocol_version is above ssl_max_protocol_version; drop one".into());
            }
            (true, false) => &[&version::TLS13],
            (false, true) => &[&version::TLS12],
            (false, false) => &[&version::TLS13, &version::TLS12],
        };
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .map_err(|error| format!("TLS cannot be set up: {error}"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match client_certificate(parameters)? {
            Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(|error| {
                format!(
                    "sslcert and sslkey cannot be used together: {error}; give the key of this certificate"
                )
            })?,
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.enable_sni = parameters.get("sslsni") != Some("0");
        let host = endpoint.host.as_deref().or(endpoint.address.as_deref()).unwrap_or_default();
        let name = ServerName::try_from(host.to_owned()).map_err(|_| {
            format!("`{host}` is no name that a certificate can be made for; use the host's DNS name")
        })?;
        let direct = parameters.get("sslnegotiation") == Some("direct");
        Ok(Self { config: Arc::new(config), name, direct })
    }
}

/// Whose certificates are believed.
#[derive(Debug)]
enum Trust {
    /// Any.
    Anybody,
    /// Those of these authorities, or these very certificates.
    Authorities { certificates: Vec<CertificateDer<'static>>, name_too: bool },
}

fn trust(parameters: &PostgresParameters) -> Result<Trust, String> {
    let mode = parameters.ssl_mode();
    let name_too = mode == SslMode::VerifyFull;
    if parameters.get("sslrootcert") == Some("system") {
        let found = rustls_native_certs::load_native_certs();
        return match found.certs {
            certificates if certificates.is_empty() => {
                Err("this machine has no certificates of authorities; install the package ca-certificates"
                    .into())
            }
            certificates => Ok(Trust::Authorities { certificates, name_too }),
        };
    }
    match parameters.file("sslrootcert", ".postgresql/root.crt") {
        Some(path) => Ok(Trust::Authorities { certificates: certificates("sslrootcert", &path)?, name_too }),
        None if matches!(mode, SslMode::VerifyCa | SslMode::VerifyFull) => Err(
            "sslmode asks to verify the server, and no authority is named; set sslrootcert to the file with the \
             authority's certificate, or to `system`"
                .into(),
        ),
        None => Ok(Trust::Anybody),
    }
}

type ClientCertificate = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn client_certificate(parameters: &PostgresParameters) -> Result<Option<ClientCertificate>, String> {
    let certificate = parameters.file("sslcert", ".postgresql/postgresql.crt");
    let path = match (parameters.get("sslcertmode"), certificate) {
        (Some("disable"), _) | (None | Some("allow"), None) => return Ok(None),
        (_, Some(path)) => path,
        (_, None) => return Err("sslcertmode=require needs a certificate; set sslcert and sslkey".into()),
    };
    let key = parameters
        .file("sslkey", ".postgresql/postgresql.key")
        .ok_or("sslcert names a certificate and there is no key for it; set sslkey")?;
    Ok(Some((certificates("sslcert", &path)?, private_key(&key)?)))
}

fn read(keyword: &str, path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{keyword}: {}: {error}", path.display()))
}

fn certificates(keyword: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let bytes = read(keyword, path)?;
    let certificates = CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
    certificates.ok().filter(|certificates| !certificates.is_empty()).ok_or_else(|| {
        format!(
            "{keyword}: {} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
            path.display()
        )
    })
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, String> {
    let shown = path.display();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let about = fs::metadata(path).map_err(|error| format!("sslkey: {shown}: {error}"))?;
        let too_open = if about.uid() == 0 { 0o037 } else { 0o077 };
        if about.mode() & too_open != 0 {
            return Err(format!("sslkey: others may read {shown}; run `chmod 600` on it"));
        }
    }
    let bytes = read("sslkey", path)?;
    PrivateKeyDer::from_pem_slice(&bytes).map_err(|_| {
        if String::from_utf8_lossy(&bytes).contains("ENCRYPTED") {
            format!("sslkey: {shown} is protected by a passphrase; decrypt it with `openssl pkey`")
        } else {
            format!("sslkey: {shown} holds no private key in PEM form")
        }
    })
}

#[derive(Debug)]
struct Verifier {
    trust: Trust,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Trust::Authorities { certificates, name_too } = &self.trust else {
            return Ok(ServerCertVerified::assertion());
        };
        let refused = |error| rustls::Error::General(explained(&error, name));
        let anchors: Vec<_> =
            certificates.iter().filter_map(|trusted| anchor_from_trusted_cert(trusted).ok()).collect();
        let server = EndEntityCert::try_from(certificate).map_err(refused)?;
        let algorithms = self.provider.signature_verification_algorithms.all;
        let chain = server.verify_for_usage(
            algorithms,
            &anchors,
            intermediates,
            now,
            KeyUsage::server_auth(),
            None,
            None,
        );
        match chain {
            Ok(_) => {}
            // A self-signed certificate is made as an authority's by default. It is trusted if it is named itself; by then
            // its dates have been looked at.
            Err(webpki::Error::CaUsedAsEndEntity) if certificates.contains(certificate) => {}
            Err(error) => return Err(refused(error)),
        }
        if *name_too {
            server.verify_is_valid_for_subject_name(name).map_err(refused)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match self.trust {
            // Who may be anybody need not prove to have the key of a certificate that nobody looked at.
            Trust::Anybody => Ok(HandshakeSignatureValid::assertion()),
            Trust::Authorities { .. } => rustls::crypto::verify_tls12_signature(
                message,
                certificate,
                signed,
                &self.provider.signature_verification_algorithms,
            ),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match self.trust {
            Trust::Anybody => Ok(HandshakeSignatureValid::assertion()),
            Trust::Authorities { .. } => rustls::crypto::verify_tls13_signature(
                message,
                certificate,
                signed,
                &self.provider.signature_verification_algorithms,
            ),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Why the server's certificate is not believed, and what to do.
fn explained(error: &webpki::Error, name: &ServerName<'_>) -> String {
    let host = name.to_str();
    match error {
        webpki::Error::CertExpired { .. } => "the server's certificate has expired; renew it on the server".into(),
        webpki::Error::CertNotValidYet { .. } => {
            "the server's certificate is not valid yet; check the clocks of both machines".into()
        }
        webpki::Error::UnknownIssuer | webpki::Error::InvalidSignatureForPublicKey => {
            "the server's certificate is from an authority that sslrootcert does not name; put the certificate of the \
             server's authority into that file"
                .into()
        }
        webpki::Error::CaUsedAsEndEntity => "the server's certificate is that of an authority (CA:TRUE) and not in \
             sslrootcert itself; put it there, or give the server one of its own"
            .into(),
        webpki::Error::CertNotValidForName(context) if context.presented.is_empty() => format!(
            "the server's certificate names no host in its subjectAltName (a CN does not count); make one with \
             `-addext subjectAltName=DNS:{host}`, or use sslmode=verify-ca"
        ),
        webpki::Error::CertNotValidForName(context) => format!(
            "the server's certificate is for {}, not for {host}; connect by that name, or use sslmode=verify-ca",
            context.presented.join(", ")
        ),
        webpki::Error::UnsupportedCertVersion => {
            "the server's certificate is of X.509 version 1; make a version 3 one, with a subjectAltName".into()
        }
        webpki::Error::RequiredEkuNotFoundContext(_) => {
            "the server's certificate is not made for servers (extendedKeyUsage); make one with serverAuth".into()
        }
        other => format!("the server's certificate cannot be used ({other:?}); make a new one for the server"),
    }
}
