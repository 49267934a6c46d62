//! What callers send of a webhook.

use mission_control_core::id::AgentId;
use mission_control_core::rules::webhooks::is_header_name;
use serde_json::Value;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use crate::input::{Change, FromInput, Patch, Reader, Text};

/// Trimmed text; blank is none.
#[derive(Debug, Clone)]
pub struct Secret(Option<String>);

/// The name of a header, trimmed; blank is none.
#[derive(Debug, Clone)]
pub struct SignatureHeader(Option<String>);

fn trimmed(value: &Value, reader: &mut Reader) -> Option<Option<String>> {
    let text = String::from_input(value, reader)?.trim().to_owned();
    Some((!text.is_empty()).then_some(text))
}

impl FromInput for Secret {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        trimmed(value, reader).map(Self)
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).into()
    }
}

impl FromInput for SignatureHeader {
    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        let name = trimmed(value, reader)?;
        if name.as_deref().is_none_or(is_header_name) {
            Some(Self(name))
        } else {
            reader.fail("value_error", "Expected the name of an HTTP header.")
        }
    }

    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).into()
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
        pub description: Text,
        /// Whether it takes anything at all.
        pub enabled: bool = true,
        /// Who is told: an agent of the board; without one, the board's lead.
        pub agent_id: Option<AgentId>,
        /// Key of the signatures. Without one, anybody who knows the address may post.
        pub secret: Option<Secret>,
        /// Header of the signatures; without one, `X-Hub-Signature-256`, else `X-Webhook-Signature`.
        pub signature_header: Option<SignatureHeader>,
    }
}

crate::input! {
    /// Changes to a webhook. What is absent stays.
    pub struct BoardWebhookUpdate {
        /// What agents are to do with what arrives.
        pub description: Change<Text>,
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
