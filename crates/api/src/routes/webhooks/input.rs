//! What callers send of a webhook.

use mission_control_core::id::AgentId;
use mission_control_core::limits::{CREDENTIAL, NAME, PROSE};
use mission_control_core::rules::webhooks::is_header_name;
use serde_json::Value;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use crate::input::{Change, FromInput, Patch, Reader, Text, text};

/// Trimmed text; blank is none.
#[derive(Debug, Clone)]
pub struct Secret(Option<String>);

/// The name of a header, trimmed; blank is none.
#[derive(Debug, Clone)]
pub struct SignatureHeader(Option<String>);

fn trimmed(value: &Value, reader: &mut Reader, max: usize) -> Option<Option<String>> {
    let text = text(value, reader, max)?.trim();
    Some((!text.is_empty()).then(|| text.to_owned()))
}

impl FromInput for Secret {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        trimmed(value, reader, CREDENTIAL).map(Self)
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(CREDENTIAL)).into()
    }
}

impl FromInput for SignatureHeader {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let name = trimmed(value, reader, NAME)?;
        if name.as_deref().is_none_or(is_header_name) {
            Some(Self(name))
        } else {
            reader.fail("value_error", "Expected the name of an HTTP header.")
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(NAME)).into()
    }
}

impl From<Secret> for Option<String> {
    fn from(secret: Secret) -> Self {
        secret.0
    }
}

impl From<SignatureHeader> for Option<String> {
    fn from(header: SignatureHeader) -> Self {
        header.0
    }
}

crate::input! {
    /// A webhook to create.
    pub struct BoardWebhookCreate {
        /// What agents are to do with what arrives.
        pub description: Text<PROSE>,
        /// Whether it takes anything at all.
        pub enabled: bool = true,
        /// Who is told: an agent of the board; without one, the board's lead.
        pub agent_id: Option<AgentId>,
        /// Key of the signatures. Without one, anybody who knows the address may post.
        pub secret: Option<Secret>,
        /// Header of the signatures; without one, those of common senders.
        pub signature_header: Option<SignatureHeader>,
    }
}

crate::input! {
    /// Changes to a webhook. What is absent stays.
    pub struct BoardWebhookUpdate {
        /// What agents are to do with what arrives.
        pub description: Change<Text<PROSE>>,
        /// Whether it takes anything at all.
        pub enabled: Change<bool>,
        /// Who is told: an agent of the board; `null` for the board's lead.
        pub agent_id: Patch<AgentId>,
        /// Key of the signatures; `null` or blank removes it.
        pub secret: Patch<Secret>,
        /// Header of the signatures; `null` or blank for the usual ones.
        pub signature_header: Patch<SignatureHeader>,
    }
}
