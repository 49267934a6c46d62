//! clerk.com: tokens of the sessions that people have there, and what it knows of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jsonwebtoken::{Header, Validation, decode};
use mission_control_core::config::{ClerkSettings, HttpSettings};
use mission_control_core::limits::CLERK_ASKED;
use mission_control_core::time::Timestamp;
use serde_json::Value;
use url::Url;

use crate::crypto;
use crate::error::{IdentityError, TokenFault};
use crate::kept::Kept;
use crate::keys::{KEYS_PAUSE, KeySet, require_taken};
use crate::token::{self, Claims};
use crate::web::Web;

/// How long it is before it is asked once more for somebody of whom it said too little.
const PERSON_PAUSE: Duration = Duration::from_secs(600);

/// An application at Clerk. It is asked nothing before somebody comes.
pub struct Clerk {
    settings: ClerkSettings,
    /// Whose pages tokens are made for.
    parties: Vec<String>,
    web: Web,
    keys: Kept<KeySet>,
    asked: Mutex<HashMap<String, Instant>>,
}

/// Somebody who is signed in at Clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClerkSession {
    /// Who it is there. Unique, and stays when names and addresses change.
    pub subject: String,
    /// What the token says of the person.
    pub person: ClerkPerson,
    /// Until when the token is good: a minute, as a rule.
    pub expires_at: Timestamp,
}

/// What Clerk says of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClerkPerson {
    /// The e-mail address, in lower case.
    pub email: Option<String>,
    /// Whether Clerk has verified it.
    pub is_verified: bool,
    /// The full name.
    pub name: Option<String>,
}

impl Clerk {
    /// The application of these settings, for pages of the server and of the origins that it trusts.
    ///
    /// # Errors
    /// No TLS on this machine.
    pub fn new(settings: &ClerkSettings, http: &HttpSettings) -> Result<Self, reqwest::Error> {
        crypto::install();
        let parties = [http.base_url.clone()].into_iter().chain(http.cors_origins.iter().cloned());
        Ok(Self {
            settings: settings.clone(),
            parties: parties.collect(),
            web: Web::new()?,
            keys: Kept::new(KEYS_PAUSE),
            asked: Mutex::default(),
        })
    }

    /// Whose session a token is of.
    ///
    /// # Errors
    /// A token that is not valid, or was made for another page; Clerk is away, and its keys are not known.
    pub async fn session(&self, token: &str) -> Result<ClerkSession, IdentityError> {
        let head = token::head(token)?;
        require_taken(&head)?;
        let claims = self.verify(token, &head).await?;
        if claims.text("azp").is_some_and(|party| !self.is_for(party)) {
            return Err(TokenFault::Audience.into());
        }
        // Somebody who has something left to do before they are signed in.
        if claims.text("sts").is_some_and(|state| state != "active") {
            return Err(TokenFault::NotYet.into());
        }
        let ends = claims.seconds("exp").and_then(|at| at.checked_mul(1_000_000));
        Ok(ClerkSession {
            subject: claims.text("sub").ok_or(TokenFault::Malformed)?.to_owned(),
            person: ClerkPerson { is_verified: false, ..person(&claims) },
            expires_at: Timestamp::from_micros(ends.ok_or(TokenFault::Malformed)?),
        })
    }

    /// Whether Clerk is to be asked once more for somebody of whom it said too little: who has no name there has none the next
    /// moment either.
    pub fn is_due(&self, subject: &str) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.get(subject).is_some_and(|at| at.elapsed() < PERSON_PAUSE) {
            return false;
        }
        if asked.len() >= CLERK_ASKED {
            asked.clear();
        }
        asked.insert(subject.to_owned(), Instant::now());
        true
    }

    /// What Clerk knows of somebody.
    ///
    /// # Errors
    /// Clerk is away, or knows nobody of that name.
    pub async fn person(&self, subject: &str) -> Result<ClerkPerson, IdentityError> {
        let found = self.web.get_with(self.address(&["users", subject])?, &self.settings.secret_key).await?;
        Ok(person(&Claims::read(found).ok_or(IdentityError::Unusable("it is no object"))?))
    }

    /// Deletes somebody's account at Clerk; one that is gone is no failure.
    ///
    /// # Errors
    /// Clerk is away, or refuses.
    pub async fn delete(&self, subject: &str) -> Result<(), IdentityError> {
        self.web.delete_with(self.address(&["users", subject])?, &self.settings.secret_key).await
    }

    async fn verify(&self, token: &str, head: &Header) -> Result<Claims, IdentityError> {
        let keys: Arc<KeySet> = self
            .keys
            .get(
                |keys| keys.knows(head),
                async || {
                    let published =
                        self.web.get_with(self.address(&["jwks"])?, &self.settings.secret_key).await?;
                    KeySet::read(published).ok_or(IdentityError::Unusable("it has no keys"))
                },
            )
            .await?;
        let key = keys.find(head)?;
        let mut validation = Validation::new(head.alg);
        // Whole seconds are what the library counts in.
        validation.leeway = self.settings.leeway.as_secs_f64().ceil() as u64;
        validation.validate_nbf = true;
        // Sessions are for nobody in particular: `azp` says whose page it is.
        validation.validate_aud = false;
        validation.set_required_spec_claims(&["exp", "sub"]);
        let claims = Claims::of(decode(token, &key, &validation).map_err(TokenFault::from)?.claims);
        self.require_issuer(&claims)?;
        self.require_issued(&claims)?;
        Ok(claims)
    }

    /// Passes a token of this application, where it is known by what address it issues them. That it is of this application is
    /// shown by its keys, too.
    fn require_issuer(&self, claims: &Claims) -> Result<(), TokenFault> {
        let expected = self.settings.frontend.as_ref().map(|frontend| frontend.issuer.as_str());
        match expected {
            Some(expected) if claims.text("iss") != Some(expected) => Err(TokenFault::Issuer),
            _ => Ok(()),
        }
    }

    /// Passes a token that was issued by now, unless the operator's clock is known to be wrong.
    fn require_issued(&self, claims: &Claims) -> Result<(), TokenFault> {
        if !self.settings.verify_iat {
            return Ok(());
        }
        let latest = Timestamp::now().plus(self.settings.leeway);
        let issued = claims.seconds("iat").and_then(|at| at.checked_mul(1_000_000));
        match issued.map(Timestamp::from_micros) {
            Some(issued) if issued > latest => Err(TokenFault::NotYet),
            _ => Ok(()),
        }
    }

    fn is_for(&self, party: &str) -> bool {
        self.parties.iter().any(|own| own == party || own == "*")
    }

    /// An address of Clerk's API.
    fn address(&self, parts: &[&str]) -> Result<Url, IdentityError> {
        let unusable = IdentityError::Unusable("CLERK_API_URL is no address");
        let mut url = Url::parse(&self.settings.api_url).map_err(|_| unusable.clone())?;
        let has_version = url.path().ends_with("/v1");
        let mut path = url.path_segments_mut().map_err(|()| unusable)?;
        path.pop_if_empty();
        if !has_version {
            path.push("v1");
        }
        path.extend(parts);
        drop(path);
        Ok(url)
    }
}

/// Somebody, as a token or a profile has them: both are made of what the application is set up to say.
fn person(said: &Claims) -> ClerkPerson {
    let flat = ["email", "email_address", "primary_email_address"]
        .into_iter()
        .find_map(|name| said.text(name).map(str::to_owned));
    let (email, is_verified) = match flat {
        Some(email) => (Some(email), false),
        None => listed_address(said),
    };
    let full = ["name", "full_name"].into_iter().find_map(|name| said.text(name).map(str::to_owned));
    let parts = [["given_name", "first_name"], ["family_name", "last_name"]];
    let parts = parts.into_iter().filter_map(|names| names.into_iter().find_map(|name| said.text(name)));
    let joined = parts.map(str::trim).collect::<Vec<_>>().join(" ");
    let name = full.or((!joined.is_empty()).then_some(joined));
    let name = name.or_else(|| said.text("username").map(str::to_owned));
    ClerkPerson {
        email: email.map(|email| email.trim().to_lowercase()),
        is_verified,
        name: name.map(|name| name.trim().to_owned()),
    }
}

/// The primary one of several addresses, or the first, and whether it was verified.
fn listed_address(said: &Claims) -> (Option<String>, bool) {
    let Some(Value::Array(list)) = said.value("email_addresses") else { return (None, false) };
    let primary = said.text("primary_email_address_id");
    let text = |entry: &'_ Value, field: &str| entry.get(field).and_then(Value::as_str).map(str::to_owned);
    let address = |entry: &Value| match entry.as_str() {
        Some(address) => Some(address.to_owned()),
        None => text(entry, "email_address"),
    };
    let usable: Vec<_> = list.iter().filter_map(|entry| Some((entry, address(entry)?))).collect();
    let is_primary = |entry: &Value| primary.is_some() && text(entry, "id").as_deref() == primary;
    let chosen = usable.iter().find(|(entry, _)| is_primary(entry)).or_else(|| usable.first());
    let Some((entry, address)) = chosen else { return (None, false) };
    let status = entry.pointer("/verification/status").and_then(Value::as_str);
    (Some(address.clone()).filter(|address| !address.trim().is_empty()), status == Some("verified"))
}

#[cfg(test)]
mod tests;
