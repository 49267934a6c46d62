//! Which credentials to try, in which order, and what to remember of what worked.

use std::sync::Arc;

use rustls::ClientConfig;
use secrecy::SecretString;

use crate::connected::{Connected, Persona};
use crate::error::GatewayError;
use crate::handshake::{self, Credentials, Socket};
use crate::refusal::RefusalKind;
use crate::{ConnectMode, ConnectOptions, SignatureVersion};

/// Opens connections for one gateway. Keeps the persona, signature version and device token
/// that worked, so that reconnecting does not repeat refused attempts.
pub(crate) struct Dialer {
    options: Arc<ConnectOptions>,
    tls: Option<Arc<ClientConfig>>,
    device_token: Option<SecretString>,
    signature: SignatureVersion,
    worked: Option<Persona>,
    /// The gateway wants its shared secret as a password.
    wants_password: bool,
}

impl Dialer {
    pub(crate) fn new(options: Arc<ConnectOptions>) -> Self {
        Self {
            device_token: options.device_token.clone(),
            signature: options.signature,
            tls: None,
            worked: None,
            wants_password: false,
            options,
        }
    }

    /// Connects by the first persona the gateway takes. The error is that of the last one tried.
    pub(crate) async fn dial(&mut self) -> Result<(Socket, Connected), GatewayError> {
        if self.tls.is_none() && self.options.url.scheme() == "wss" {
            self.tls = Some(self.options.tls.client_config()?);
        }
        let personas = self.personas();
        let first = self.worked.take().and_then(|worked| personas.iter().position(|p| *p == worked));
        let mut remaining = personas.iter().copied().skip(first.unwrap_or(0)).peekable();
        while let Some(persona) = remaining.next() {
            let result = self.connect_as(persona).await;
            let is_last = remaining.peek().is_none();
            match result {
                // A device-less client from elsewhere is let in with no rights at all: of no use
                // when a device can ask for pairing.
                Ok((_, connected)) if !is_last && !connected.has_scope("operator.read") => {}
                Err(GatewayError::Refused(refusal)) if !is_last && concerns_persona(refusal.kind) => {
                    tracing::debug!(
                        endpoint = self.options.endpoint(),
                        ?persona,
                        reason = refusal.kind.code(),
                        "gateway refused a persona"
                    );
                }
                Ok((socket, connected)) => {
                    self.worked = Some(persona);
                    if connected.device_token.is_some() {
                        self.device_token.clone_from(&connected.device_token);
                    }
                    return Ok((socket, connected));
                }
                Err(error) => return Err(error),
            }
        }
        Err(GatewayError::Stopped)
    }

    fn personas(&self) -> Vec<Persona> {
        let device = self.options.identity.as_ref().map(|_| Persona::Device);
        match self.options.mode {
            ConnectMode::Device => vec![device.unwrap_or(Persona::Deviceless)],
            ConnectMode::WithoutPairing => {
                [Some(Persona::ControlUi), Some(Persona::Deviceless), device].into_iter().flatten().collect()
            }
        }
    }

    async fn connect_as(&mut self, persona: Persona) -> Result<(Socket, Connected), GatewayError> {
        // A device token belongs to a device: it is worth nothing without the signature.
        let device_token = self.device_token.clone().filter(|_| persona == Persona::Device);
        let shared = self.options.token.is_some() || self.options.password.is_some();
        if !shared && device_token.is_some() {
            return self.connect_with(persona, device_token, None).await.map_err(of_device_token);
        }
        let result = self.connect_with_shared_secret(persona).await;
        match (&result, device_token) {
            (Err(GatewayError::Refused(refusal)), Some(token)) if concerns_shared_secret(refusal.kind) => {
                // The shared secret was rotated; the device may still be welcome on its own.
                self.connect_with(persona, Some(token), None).await.or(result)
            }
            _ => result,
        }
    }

    /// A gateway in password mode wants to get the secret as such; what people have for it here is one field, the token.
    async fn connect_with_shared_secret(
        &mut self,
        persona: Persona,
    ) -> Result<(Socket, Connected), GatewayError> {
        let (token, password) = (self.options.token.clone(), self.options.password.clone());
        let as_password = password.clone().or_else(|| token.clone());
        if self.wants_password {
            return self.connect_with(persona, token, as_password).await;
        }
        let result = self.connect_with(persona, token.clone(), password.clone()).await;
        let (Err(GatewayError::Refused(refusal)), None, Some(_)) = (&result, password, &token) else {
            return result;
        };
        if refusal.kind != RefusalKind::PasswordMissing {
            return result;
        }
        self.wants_password = true;
        self.connect_with(persona, token, as_password).await
    }

    async fn connect_with(
        &mut self,
        persona: Persona,
        token: Option<SecretString>,
        password: Option<SecretString>,
    ) -> Result<(Socket, Connected), GatewayError> {
        let mut credentials = Credentials { persona, signature: self.signature, token, password };
        let result = handshake::connect(&self.options, self.tls.clone(), &credentials).await;
        match &result {
            Err(GatewayError::Refused(refusal))
                if self.signature == SignatureVersion::V3
                    && persona == Persona::Device
                    && refusal.kind == RefusalKind::DeviceSignature =>
            {
                self.signature = SignatureVersion::V2;
                credentials.signature = SignatureVersion::V2;
                handshake::connect(&self.options, self.tls.clone(), &credentials).await
            }
            _ => result,
        }
    }
}

/// Refusals another persona may not meet.
fn concerns_persona(kind: RefusalKind) -> bool {
    matches!(
        kind,
        RefusalKind::OriginNotAllowed
            | RefusalKind::DeviceIdentityRequired
            | RefusalKind::PairingRequired
            | RefusalKind::ProtocolMismatch
            | RefusalKind::InvalidConnect
            | RefusalKind::Other
    )
}

fn concerns_shared_secret(kind: RefusalKind) -> bool {
    matches!(
        kind,
        RefusalKind::TokenMissing
            | RefusalKind::TokenMismatch
            | RefusalKind::PasswordMissing
            | RefusalKind::PasswordMismatch
    )
}

fn of_device_token(error: GatewayError) -> GatewayError {
    match error {
        GatewayError::Refused(mut refusal) if refusal.kind == RefusalKind::TokenMismatch => {
            refusal.kind = RefusalKind::DeviceTokenMismatch;
            GatewayError::Refused(refusal)
        }
        other => other,
    }
}
