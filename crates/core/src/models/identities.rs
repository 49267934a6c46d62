//! Who people are for an identity provider.

use diesel::prelude::*;

use crate::id::UserId;
use crate::schema;
use crate::time::Timestamp;

/// A person, as an identity provider knows them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::identities, primary_key(issuer, subject))]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The person.
    pub user_id: UserId,
    /// When they first came by it.
    pub created_at: Timestamp,
}
