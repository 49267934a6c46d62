//! Everything that is sealed, sealed anew with another key.

use std::fmt;

use diesel::prelude::*;
use mission_control_core::id::{GatewayId, OrganizationId, UserId, WebSessionId, WebhookId};
use mission_control_core::models::{
    Account, AuditChain, DeviceIdentity, Gateway, IdempotencyKey, ProviderGrant, Webhook,
};
use mission_control_core::schema::{
    accounts, audit_chains, board_webhooks, device_identities, gateways, idempotency_keys, provider_grants,
};
use secrecy::ExposeSecret;

use crate::error::StoreError;
use crate::tx::Tx;
use crate::vault::{Vault, VaultError};

/// Why nothing was sealed anew.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// A value opens with neither key.
    #[error("{0}")]
    Vault(#[from] VaultError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<diesel::result::Error> for ResealError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Both keys.
pub struct Rotation<'a> {
    /// The key of now.
    pub from: &'a Vault,
    /// The key of from then on.
    pub to: &'a Vault,
}

impl Rotation<'_> {
    /// The value sealed with the new key; `None` where it is already, or where it is plain text, which the reference wrote.
    fn of(
        &self,
        column: &str,
        id: impl fmt::Display + Copy,
        stored: &str,
    ) -> Result<Option<String>, VaultError> {
        if !Vault::is_sealed(stored) || self.to.open(column, id, stored).is_ok() {
            return Ok(None);
        }
        let plain = self.from.open(column, id, stored)?;
        Ok(Some(self.to.seal(column, id, plain.expose_secret())))
    }
}

/// Seals every value anew, all of them or none; returns how many. Repeated, it finds those that were done.
///
/// # Errors
/// A value that opens with neither key, by its place; the database's.
pub fn reseal(tx: &mut Tx<'_>, keys: &Rotation<'_>) -> Result<usize, ResealError> {
    let mut count = 0;
    macro_rules! reseal {
        ($($table:ident.$column:ident of $key:ident: $id:ty, sealed for $name:expr;)+) => {$(
            let rows: Vec<($id, Option<String>)> =
                $table::table.select(($table::$key, $table::$column.nullable())).load(&mut **tx)?;
            for (id, stored) in rows {
                let Some(sealed) = stored.map_or(Ok(None), |stored| keys.of($name, &id, &stored))? else { continue };
                diesel::update($table::table.filter($table::$key.eq(&id)))
                    .set($table::$column.eq(sealed))
                    .execute(&mut **tx)?;
                count += 1;
            }
        )+};
    }
    reseal!(
        accounts.totp_secret of user_id: UserId, sealed for Account::TOTP_COLUMN;
        audit_chains.cut_seal of organization_id: OrganizationId, sealed for AuditChain::SEAL_COLUMN;
        board_webhooks.secret of id: WebhookId, sealed for Webhook::SECRET_COLUMN;
        device_identities.private_key of name: String, sealed for DeviceIdentity::KEY_COLUMN;
        gateways.token of id: GatewayId, sealed for Gateway::TOKEN_COLUMN;
        gateways.device_token of id: GatewayId, sealed for Gateway::DEVICE_TOKEN_COLUMN;
        idempotency_keys.answer of id: String, sealed for IdempotencyKey::ANSWER_COLUMN;
        provider_grants.refresh_token of session_id: WebSessionId, sealed for ProviderGrant::TOKEN_COLUMN;
    );
    Ok(count)
}
