//! Tokens of programs: how they are written, and what each scope is for.

use secrecy::{ExposeSecret, SecretString};

use super::agent_token;
use crate::models::{ApiToken, TokenScope};
use crate::time::Timestamp;

/// How every token begins, so that people and scanners of code know one where they see it.
pub const PREFIX: &str = "mct_";
/// How the subject of a service account begins; no identity provider gives one of these.
pub const SERVICE_ACCOUNT: &str = "service-account:";

/// The tags of routes whose writes are work on boards. All other writes govern: they change who may do what, how a board or
/// an agent is run, or what is connected.
const WORK: [&str; 6] = ["tasks", "approvals", "board-memory", "board-group-memory", "board-views", "runs"];
/// The tags of routes that show how an organization is governed.
const GOVERNED: [&str; 1] = ["audit"];
/// Operations that change nothing for the holder of a token, whatever their method. The tools of MCP ask for themselves.
const HARMLESS: [&str; 2] = ["auth_bootstrap", "mcp"];

/// A new token: the prefix and 256 random bits in base64url.
pub fn generate() -> SecretString {
    format!("{PREFIX}{}", agent_token::generate().expose_secret()).into()
}

/// Whether a credential is meant as an API token.
pub fn is_one(credential: &str) -> bool {
    credential.starts_with(PREFIX)
}

/// The scope that a route needs, by what the API document says of it. What the document does not tell to be less needs most.
pub fn needed(operation: &str, tags: &[String], changes: bool) -> TokenScope {
    let tagged = |with: &[&str]| tags.iter().any(|tag| with.contains(&tag.as_str()));
    match changes {
        _ if HARMLESS.contains(&operation) => TokenScope::Read,
        false if tagged(&GOVERNED) => TokenScope::Admin,
        false => TokenScope::Read,
        true if tagged(&WORK) => TokenScope::Write,
        true => TokenScope::Admin,
    }
}

/// Whether a token of the scope `own` may do what needs the scope `needed`. A word that is no scope includes nothing.
pub fn includes(own: TokenScope, needed: TokenScope) -> bool {
    rank(own) >= rank(needed) && rank(own) > 0
}

fn rank(scope: TokenScope) -> u8 {
    match scope {
        TokenScope::Read => 1,
        TokenScope::Write => 2,
        TokenScope::Admin => 3,
        TokenScope::Foreign(_) => 0,
    }
}

/// Whether the token still opens something at `now`.
pub fn is_live(token: &ApiToken, now: Timestamp) -> bool {
    token.expires_at.is_none_or(|end| end > now)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_token_shows_what_it_is_and_has_256_random_bits() {
        let token = generate();
        assert!(is_one(token.expose_secret()) && !is_one("token"));
        assert_eq!(token.expose_secret().len(), PREFIX.len() + 43);
        assert_ne!(token.expose_secret(), generate().expose_secret());
    }

    #[rstest]
    #[case("tasks_list", "tasks", false, TokenScope::Read)]
    #[case("tasks_update", "tasks", true, TokenScope::Write)]
    #[case("runs_abort", "runs", true, TokenScope::Write)]
    #[case("gateways_list", "gateways", false, TokenScope::Read)]
    #[case("gateways_update", "gateways", true, TokenScope::Admin)]
    #[case("audit_list", "audit", false, TokenScope::Admin)]
    #[case("auth_bootstrap", "auth", true, TokenScope::Read)]
    #[case("auth_sessions_delete", "auth", true, TokenScope::Admin)]
    #[case("mcp", "mcp", true, TokenScope::Read)]
    #[case("something_new", "unheard-of", true, TokenScope::Admin)]
    fn a_route_needs_the_scope_of_what_it_does(
        #[case] operation: &str,
        #[case] tag: &str,
        #[case] changes: bool,
        #[case] scope: TokenScope,
    ) {
        assert_eq!(needed(operation, &[tag.to_owned()], changes), scope);
    }

    #[test]
    fn each_scope_includes_those_before_it_and_no_other() {
        for (nth, own) in TokenScope::ALL.iter().enumerate() {
            for (other, needed) in TokenScope::ALL.iter().enumerate() {
                assert_eq!(includes(*own, *needed), other <= nth, "{own:?} {needed:?}");
            }
        }
        let foreign = TokenScope::Foreign(crate::models::ForeignWord::new("everything"));
        assert!(TokenScope::ALL.iter().all(|needed| !includes(foreign, *needed)));
    }
}
