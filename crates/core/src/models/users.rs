//! People.

use diesel::prelude::*;

use crate::id::{OrganizationId, UserId};
use crate::rules::api_tokens::SERVICE_ACCOUNT;
use crate::schema;

/// A person.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::users, treat_none_as_default_value = false)]
pub struct User {
    /// Key.
    pub id: UserId,
    /// Subject of the identity provider; `local-auth-user` in local mode. Unique.
    pub clerk_user_id: String,
    /// E-mail address, lower case.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// How to address the person.
    pub preferred_name: Option<String>,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// Notes for agents about the person.
    pub notes: Option<String>,
    /// Background for agents about the person.
    pub context: Option<String>,
    /// May administer the whole installation.
    pub is_super_admin: bool,
    /// The organization the person works in now.
    pub active_organization_id: Option<OrganizationId>,
}

impl User {
    /// A person known to the identity provider as `subject`.
    pub fn new(subject: impl Into<String>) -> Self {
        Self {
            id: UserId::random(),
            clerk_user_id: subject.into(),
            email: None,
            name: None,
            preferred_name: None,
            pronouns: None,
            timezone: None,
            notes: None,
            context: None,
            is_super_admin: false,
            active_organization_id: None,
        }
    }

    /// A person who was first known here, by this address: somebody with an account, or whom an identity provider vouched for.
    pub fn with_account(email: impl Into<String>, name: impl Into<String>) -> Self {
        let user = Self::new("");
        let subject = format!("account:{}", user.id);
        Self { clerk_user_id: subject, email: Some(email.into()), name: Some(name.into()), ..user }
    }

    /// A service account, by which programs act; nobody signs in as one.
    pub fn service_account(name: impl Into<String>) -> Self {
        let user = Self::new("");
        Self { clerk_user_id: format!("{SERVICE_ACCOUNT}{}", user.id), name: Some(name.into()), ..user }
    }

    /// Whether programs act by it, and no person.
    pub fn is_service_account(&self) -> bool {
        self.clerk_user_id.starts_with(SERVICE_ACCOUNT)
    }

    /// What the person is called.
    pub fn shown_name(&self) -> &str {
        let names = [&self.preferred_name, &self.name];
        names.into_iter().flatten().find(|name| !name.is_empty()).map_or("User", String::as_str)
    }
}

/// Changes to a [`User`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::users)]
pub struct UserChanges {
    pub email: Option<Option<String>>,
    pub name: Option<Option<String>>,
    pub preferred_name: Option<Option<String>>,
    pub pronouns: Option<Option<String>>,
    pub timezone: Option<Option<String>>,
    pub notes: Option<Option<String>>,
    pub context: Option<Option<String>>,
    pub is_super_admin: Option<bool>,
    pub active_organization_id: Option<Option<OrganizationId>>,
}
