//! What readers of a gateway's texts do not get to see: tokens and secrets, wherever they stand and whatever stands
//! around them.

use std::collections::HashSet;

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, Gateway, Webhook};
use mission_control_store::agents::AgentFilter;
use mission_control_store::{Conn, Page, StoreError, agents, blocking, gateways, webhooks};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::fleet::Fleet;
use crate::provision::files::tokens_in;

/// What stands in the place of a secret.
const MASK: &str = "***";
/// Letters of a token: 256 bits in base64url.
const TOKEN: usize = 43;
/// A secret that is shorter could be any word, so it is masked only where its name stands before it.
const SHORTEST: usize = 8;

/// The secrets of an organization, as far as they are known: what is only stored as a digest is recognized by it.
#[derive(Default)]
pub(crate) struct Mask {
    digests: HashSet<[u8; 32]>,
    secrets: Vec<SecretString>,
}

impl Mask {
    /// The mask of an organization's agents, gateways and webhooks.
    pub(crate) async fn of(fleet: &Fleet, organization: OrganizationId) -> Result<Self, StoreError> {
        let rows = fleet.db().read(move |conn| Rows::of(conn, organization)).await?;
        let mut mask = Self::default();
        for agent in &rows.agents {
            mask.agent(agent);
        }
        for gateway in &rows.gateways {
            // One that does not open is told to whoever uses it.
            let Ok(target) = fleet.gateways().target(gateway) else { continue };
            mask.secrets.extend(target.token.into_iter().chain(target.device_token));
        }
        for webhook in &rows.webhooks {
            let Some(sealed) = &webhook.secret else { continue };
            mask.secrets.extend(fleet.vault().open(Webhook::SECRET_COLUMN, webhook.id, sealed).ok());
        }
        mask.secrets.retain(|secret| secret.expose_secret().len() >= SHORTEST);
        Ok(mask)
    }

    /// Adds the tokens of an agent: the valid one, and one that is on its way.
    fn agent(&mut self, agent: &Agent) {
        for digest in [&agent.token_digest, &agent.provision_confirm_token_hash].into_iter().flatten() {
            let mut bytes = [0; 32];
            if hex::decode_to_slice(digest, &mut bytes).is_ok() {
                self.digests.insert(bytes);
            }
        }
    }

    /// `text` without secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.apply_with(text, &tokens_in(text))
    }

    /// The same, also without these tokens.
    pub(crate) fn apply_with(&self, text: &str, tokens: &[&str]) -> String {
        let known = self.secrets.iter().map(ExposeSecret::expose_secret);
        let long = tokens.iter().copied().filter(|token| token.len() >= SHORTEST);
        let text = known.chain(long).fold(text.to_owned(), |text, secret| text.replace(secret, MASK));
        let text = tokens.iter().fold(text, |text, token| {
            text.replace(&format!("AUTH_TOKEN={token}"), &format!("AUTH_TOKEN={MASK}"))
        });
        self.without_digested(&text)
    }

    /// All these without secrets. Looking for them takes a while, so another thread does.
    pub(crate) async fn applied(self, mut values: Vec<Value>) -> Result<Vec<Value>, StoreError> {
        blocking(move || {
            values.iter_mut().for_each(|value| self.apply_to(value));
            Ok(values)
        })
        .await
    }

    /// Every text in `value` without secrets.
    pub(crate) fn apply_to(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.apply(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.apply_to(item)),
            Value::Object(fields) => {
                fields.values_mut().for_each(|field| self.apply_to(field));
                // A name may be a secret as well as a value.
                let telling: Vec<String> =
                    fields.keys().filter(|name| self.apply(name) != **name).cloned().collect();
                for name in telling {
                    let field = fields.remove(&name).unwrap_or_default();
                    fields.insert(self.apply(&name), field);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// `text` without what has one of the digests: looked for at every letter, since a token may be glued to others.
    fn without_digested(&self, text: &str) -> String {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let mut masked = String::with_capacity(text.len());
        // A run of letters, and the character after it.
        for mut run in text.split_inclusive(|c| !is_letter(c)) {
            while let Some(token) = run.get(..TOKEN) {
                let is_secret = self.digests.contains::<[u8; 32]>(&Sha256::digest(token).into());
                let step = if is_secret { TOKEN } else { 1 };
                masked.push_str(if is_secret { MASK } else { run.get(..step).unwrap_or_default() });
                run = run.get(step..).unwrap_or_default();
            }
            masked.push_str(run);
        }
        masked
    }
}

/// The rows that have secrets.
struct Rows {
    agents: Vec<Agent>,
    gateways: Vec<Gateway>,
    webhooks: Vec<Webhook>,
}

impl Rows {
    fn of(conn: &mut Conn, organization: OrganizationId) -> Result<Self, StoreError> {
        Ok(Self {
            agents: agents::list(conn, &AgentFilter::of(organization), Page::ALL)?.items,
            gateways: gateways::list(conn, organization, Page::ALL)?.items,
            webhooks: webhooks::with_secret(conn, organization)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::GatewayId;
    use mission_control_core::rules::agent_token;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    /// A mask for a token, a pending token and a gateway's token.
    fn mask() -> (Mask, [String; 3]) {
        let [valid, pending] = [(), ()].map(|()| agent_token::generate().expose_secret().to_owned());
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        agent.token_digest = Some(agent_token::digest(&valid));
        agent.provision_confirm_token_hash = Some(agent_token::digest(&pending));
        let mut mask = Mask::default();
        mask.agent(&agent);
        mask.secrets.push(SecretString::from("gateway/token+with=signs"));
        (mask, [valid, pending, "gateway/token+with=signs".to_owned()])
    }

    #[rstest]
    #[case::alone("{}")]
    #[case::assigned("- `AUTH_TOKEN={}`\ncurl -H 'X-Agent-Token: {}'")]
    #[case::said("my token is {}.")]
    #[case::quoted("\"{}\"")]
    #[case::glued("tok_{}_tok")]
    #[case::twice("{}{}")]
    #[case::in_an_address("https://x.example/?t={}&u=1")]
    #[case::between_other_letters("数据{}数据")]
    fn a_known_secret_is_masked_whatever_stands_around_it(#[case] form: &str) {
        let (mask, secrets) = mask();
        for secret in secrets {
            let masked = mask.apply(&form.replace("{}", &secret));
            assert_eq!(masked, form.replace("{}", MASK), "{form}");
            let mut value = json!({"a": [form.replace("{}", &secret)], "b": 1});
            mask.apply_to(&mut value);
            assert!(!value.to_string().contains(&secret));
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        let (mask, _) = mask();
        let other = agent_token::generate();
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for text in [other.expose_secret(), digest, "", "nothing", "数据 – € 🦀", "a_b-c"] {
            assert_eq!(mask.apply(text), text);
        }
    }

    #[test]
    fn a_token_that_nobody_knows_is_masked_where_it_is_called_one() {
        let mask = Mask::default();
        let text = "- `AUTH_TOKEN=abc_12345`\ncurl -H abc_12345\nAUTH_TOKEN=second_one AUTH_TOKEN=a banana";
        let masked = "- `AUTH_TOKEN=***`\ncurl -H ***\nAUTH_TOKEN=*** AUTH_TOKEN=*** banana";
        assert_eq!(mask.apply(text), masked);
    }
}
