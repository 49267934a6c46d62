//! A provider, and what it is asked.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mission_control_core::config::{OidcSettings, is_private_way};
use mission_control_core::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use crate::crypto;
use crate::error::{IdentityError, TokenFault};
use crate::kept::Kept;
use crate::keys::{KEYS_PAUSE, KeySet, require_taken};
use crate::token::{self, Claims, Expected};
use crate::web::Web;

/// How often the provider's particulars are asked for at most, while it does not answer.
const DISCOVERY_PAUSE: Duration = Duration::from_secs(5);

/// An identity provider that speaks OpenID Connect. It is asked nothing before somebody comes.
pub struct Provider {
    settings: OidcSettings,
    callback: String,
    home: String,
    web: Web,
    particulars: Kept<Particulars>,
    keys: Kept<KeySet>,
}

/// Where the provider does what. Of what it publishes, what is used.
#[derive(Debug, Deserialize)]
struct Particulars {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    userinfo_endpoint: Option<Url>,
    end_session_endpoint: Option<Url>,
    #[serde(default, rename = "token_endpoint_auth_methods_supported")]
    client_auth_methods: Vec<String>,
}

/// What a browser that is sent to the provider has to come back with. It stays with the browser, and nobody else may read it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// What comes back in the address.
    pub state: String,
    nonce: String,
    verifier: String,
}

/// What the provider says of somebody who signed in just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The provider.
    pub issuer: String,
    /// Who it is there. Unique, and stays when names and addresses change.
    pub subject: String,
    /// The e-mail address, in lower case, if the provider has verified it.
    pub email: Option<String>,
    /// The full name.
    pub name: Option<String>,
    /// The groups that the person is in.
    pub groups: Vec<String>,
}

/// Who came back from an attempt.
#[derive(Debug)]
pub struct Vouched {
    /// The person.
    pub person: Person,
    /// By what the provider can be asked for them again, without them; where it gives one.
    pub refresh_token: Option<SecretString>,
}

/// What the provider says of somebody who signed in before and may still come in.
#[derive(Debug)]
pub struct Renewed {
    /// What it says of the person, as far as it says anything; or why that cannot be used.
    pub person: Result<Option<Person>, IdentityError>,
    /// By what it is asked the next time; where it is another one. The one before may be used up, whatever it says of the person.
    pub refresh_token: Option<SecretString>,
}

/// Whom an access token acts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The provider.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// Until when the token is good.
    pub expires_at: Timestamp,
}

#[derive(Deserialize)]
struct Granted {
    id_token: Option<String>,
    access_token: SecretString,
    refresh_token: Option<SecretString>,
}

impl Provider {
    /// The provider of these settings, for the server at the address `base_url`.
    ///
    /// # Errors
    /// No TLS on this machine.
    pub fn new(settings: &OidcSettings, base_url: &str) -> Result<Self, reqwest::Error> {
        crypto::install();
        Ok(Self {
            settings: settings.clone(),
            callback: format!("{base_url}/api/v1/auth/oidc/callback"),
            home: format!("{base_url}/"),
            web: Web::new()?,
            particulars: Kept::new(DISCOVERY_PAUSE),
            keys: Kept::new(KEYS_PAUSE),
        })
    }

    /// A new attempt to sign in, and the address to which it takes the browser.
    ///
    /// # Errors
    /// A provider that is away, or is another one than it should be.
    pub async fn begin(&self) -> Result<(Attempt, Url), IdentityError> {
        let particulars = self.particulars().await?;
        let attempt = Attempt { state: random(), nonce: random(), verifier: random() };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&attempt.verifier));
        let mut url = particulars.authorization_endpoint.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.callback)
            .append_pair("scope", &self.settings.scopes)
            .append_pair("state", &attempt.state)
            .append_pair("nonce", &attempt.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok((attempt, url))
    }

    /// Who came back from an attempt with this code. That the state is the attempt's is looked at before; `issuer` is the provider
    /// that the address names, if it names one.
    ///
    /// # Errors
    /// A code or a token that is not valid; a provider that is away.
    pub async fn finish(
        &self,
        attempt: &Attempt,
        code: &str,
        issuer: Option<&str>,
    ) -> Result<Vouched, IdentityError> {
        if issuer.is_some_and(|issuer| issuer != self.settings.issuer) {
            return Err(TokenFault::Issuer.into());
        }
        let particulars = self.particulars().await?;
        let granted = self
            .exchange(
                &particulars,
                &[
                    ("grant_type", "authorization_code"),
                    ("code", code),
                    ("redirect_uri", &self.callback),
                    ("code_verifier", &attempt.verifier),
                ],
            )
            .await?;
        let token = granted.id_token.as_ref().ok_or(IdentityError::Unusable("it has no id token"))?;
        let claims = self.verify_identity(&particulars, token).await?;
        if claims.text("nonce") != Some(attempt.nonce.as_str()) {
            return Err(TokenFault::Attempt.into());
        }
        let subject = claims.text("sub").ok_or(TokenFault::Malformed)?.to_owned();
        let claims = match self.info(&particulars, &granted.access_token, &subject).await? {
            Some(more) => claims.completed_by(more),
            None => claims,
        };
        Ok(Vouched { person: self.person(subject, &claims), refresh_token: granted.refresh_token })
    }

    /// Asks whether somebody who is `subject` there and signed in before may still come in.
    ///
    /// # Errors
    /// [`IdentityError::refuses_grant`] where they may not; a provider that is away.
    pub async fn renew(&self, token: &SecretString, subject: &str) -> Result<Renewed, IdentityError> {
        let particulars = self.particulars().await?;
        let form = [("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())];
        let granted = self.exchange(&particulars, &form).await?;
        let person = self.renewed(&particulars, &granted, subject).await;
        Ok(Renewed { person, refresh_token: granted.refresh_token })
    }

    async fn renewed(
        &self,
        particulars: &Particulars,
        granted: &Granted,
        subject: &str,
    ) -> Result<Option<Person>, IdentityError> {
        // The standard leaves it to the provider whether there is another id token (OpenID Connect Core, 12.2).
        let claims = match &granted.id_token {
            Some(token) => Some(self.verify_identity(particulars, token).await?),
            None => None,
        };
        if claims.as_ref().is_some_and(|claims| claims.text("sub") != Some(subject)) {
            return Err(TokenFault::Attempt.into());
        }
        let claims = match (claims, self.info(particulars, &granted.access_token, subject).await?) {
            (Some(claims), Some(more)) => Some(claims.completed_by(more)),
            (claims, more) => more.or(claims),
        };
        // Groups that nobody speaks of are not taken away.
        let claims =
            claims.filter(|it| granted.id_token.is_some() || it.value(&self.settings.groups_claim).is_some());
        Ok(claims.map(|claims| self.person(subject.to_owned(), &claims)))
    }

    /// What the provider says beside the token, where it says anything.
    async fn info(
        &self,
        particulars: &Particulars,
        access_token: &SecretString,
        subject: &str,
    ) -> Result<Option<Claims>, IdentityError> {
        let Some(url) = &particulars.userinfo_endpoint else { return Ok(None) };
        let said = self.web.get_with(url.clone(), access_token).await?;
        let said = Claims::read(said).ok_or(IdentityError::Unusable("it is no object"))?;
        if said.text("sub") != Some(subject) {
            return Err(TokenFault::Attempt.into());
        }
        Ok(Some(said))
    }

    /// The claims of a token that says who somebody is, to this installation.
    async fn verify_identity(&self, particulars: &Particulars, token: &str) -> Result<Claims, IdentityError> {
        let claims = self.verify(particulars, token, &self.settings.client_id).await?;
        if claims.text("azp").is_some_and(|party| party != self.settings.client_id) {
            return Err(TokenFault::Audience.into());
        }
        Ok(claims)
    }

    /// Whom an access token for this API acts for.
    ///
    /// # Errors
    /// A token that is not valid, or for something else; a provider that is away.
    pub async fn bearer(&self, token: &str) -> Result<Bearer, IdentityError> {
        let audience = self.settings.api_audience.as_deref().ok_or(TokenFault::Audience)?;
        require_taken(&token::head(token)?)?;
        let particulars = self.particulars().await?;
        let claims = self.verify(&particulars, token, audience).await?;
        let expires_at =
            claims.seconds("exp").and_then(|at| at.checked_mul(1_000_000)).map(Timestamp::from_micros);
        Ok(Bearer {
            issuer: self.settings.issuer.clone(),
            subject: claims.text("sub").ok_or(TokenFault::Malformed)?.to_owned(),
            expires_at: expires_at.ok_or(TokenFault::Malformed)?,
        })
    }

    /// Where a browser signs out of the provider as well; `None` where that cannot be done, or not now.
    pub async fn sign_out_url(&self) -> Option<Url> {
        let mut url = self.particulars().await.ok()?.end_session_endpoint.clone()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", &self.home);
        Some(url)
    }

    async fn particulars(&self) -> Result<std::sync::Arc<Particulars>, IdentityError> {
        self.particulars.get(|_| true, async || self.discover().await).await
    }

    async fn discover(&self) -> Result<Particulars, IdentityError> {
        let issuer = self.settings.issuer.trim_end_matches('/');
        let url = format!("{issuer}/.well-known/openid-configuration");
        let url = Url::parse(&url).map_err(|_| IdentityError::Unusable("the issuer is no address"))?;
        let found: Particulars = serde_json::from_value(self.web.get(url).await?)
            .map_err(|_| IdentityError::Unusable("its particulars lack something"))?;
        if found.issuer != self.settings.issuer {
            return Err(IdentityError::Unusable("it calls itself something else than OIDC_ISSUER"));
        }
        let optional = [&found.userinfo_endpoint, &found.end_session_endpoint];
        let needed = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
        if !optional.into_iter().flatten().chain(needed).all(is_private_way) {
            return Err(IdentityError::Unusable("it has addresses without https"));
        }
        Ok(found)
    }

    async fn exchange(
        &self,
        particulars: &Particulars,
        grant: &[(&str, &str)],
    ) -> Result<Granted, IdentityError> {
        let id = self.settings.client_id.as_str();
        let mut form = grant.to_vec();
        let secret = self.settings.client_secret.as_ref();
        // By the standard the secret is in a header where the provider says nothing.
        let methods = &particulars.client_auth_methods;
        let in_header = methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic");
        // There, both are written as in a form.
        let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic = secret
            .filter(|_| in_header)
            .map(|secret| (encoded(id), SecretString::from(encoded(secret.expose_secret()))));
        if basic.is_none() {
            form.push(("client_id", id));
            form.extend(secret.map(|secret| ("client_secret", secret.expose_secret())));
        }
        let basic = basic.as_ref().map(|(name, secret)| (name.as_str(), secret));
        let answer = self.web.post(particulars.token_endpoint.clone(), &form, basic).await?;
        serde_json::from_value(answer).map_err(|_| IdentityError::Unusable("it has no tokens"))
    }

    async fn verify(
        &self,
        particulars: &Particulars,
        token: &str,
        audience: &str,
    ) -> Result<Claims, IdentityError> {
        let head = token::head(token)?;
        require_taken(&head)?;
        let keys = self.keys.get(
            |keys| keys.knows(&head),
            async || {
                let published = self.web.get(particulars.jwks_uri.clone()).await?;
                KeySet::read(published).ok_or(IdentityError::Unusable("it has no keys"))
            },
        );
        let key = keys.await?.find(&head)?;
        let expected = Expected { issuer: &self.settings.issuer, audience };
        Ok(token::verify(token, &head, &key, expected)?)
    }

    fn person(&self, subject: String, claims: &Claims) -> Person {
        let email = claims.text("email").filter(|_| claims.says("email_verified"));
        let name = claims.text("name").or_else(|| claims.text("preferred_username"));
        Person {
            issuer: self.settings.issuer.clone(),
            subject,
            email: email.map(|email| email.trim().to_lowercase()),
            name: name.map(|name| name.trim().to_owned()),
            groups: claims.list(&self.settings.groups_claim),
        }
    }
}

/// 256 random bits, as addresses can have them.
fn random() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests;
