//! Against a provider that says what a test wants, with keys that ring makes.

use std::collections::HashMap;

use ring::hmac;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::stand::{Signer, Stand, now, signed};

const API: &str = "https://mission-control.example.com";

impl Stand {
    fn claims(&self) -> Value {
        json!({ "iss": self.issuer, "aud": API, "sub": "ada", "exp": now() + 300, "iat": now() })
    }

    fn provider(&self) -> Provider {
        let settings = OidcSettings {
            issuer: self.issuer.clone(),
            client_id: "mission-control".into(),
            client_secret: Some("s+cret".to_owned().into()),
            scopes: "openid email".into(),
            name: "Stand".into(),
            api_audience: Some(API.into()),
            groups_claim: "groups".into(),
            admission: Default::default(),
            idle: None,
        };
        Provider::new(&settings, "http://localhost:8000").unwrap()
    }
}

async fn fault(provider: &Provider, token: &str) -> TokenFault {
    match provider.bearer(token).await {
        Err(IdentityError::Token(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case(Signer::ed())]
#[case(Signer::es())]
#[tokio::test]
async fn a_token_of_the_provider_for_this_api_is_taken(#[case] signer: Signer) {
    let stand = Stand::open().await;
    stand.answer("/keys", json!({ "keys": [{ "kty": "unheard of" }, signer.jwk("one")] }));
    let bearer = stand.provider().bearer(&signer.token("one", &stand.claims())).await.unwrap();
    assert_eq!((bearer.issuer, bearer.subject.as_str()), (stand.issuer.clone(), "ada"));
    assert!(bearer.expires_at > Timestamp::now());
}

#[rstest]
#[case("aud", json!("https://elsewhere.example.com"), TokenFault::Audience)]
#[case("aud", json!("mission-control"), TokenFault::Audience)]
#[case("iss", json!("https://elsewhere.example.com"), TokenFault::Issuer)]
#[case("exp", json!(now() - 60), TokenFault::Expired)]
#[case("nbf", json!(now() + 120), TokenFault::NotYet)]
#[case("exp", Value::Null, TokenFault::Malformed)]
#[case("sub", Value::Null, TokenFault::Malformed)]
#[case("sub", json!(" "), TokenFault::Malformed)]
#[tokio::test]
async fn a_token_with_a_wrong_claim_is_not(
    #[case] claim: &str,
    #[case] value: Value,
    #[case] expected: TokenFault,
) {
    let (stand, signer) = (Stand::open().await, Signer::ed());
    stand.answer("/keys", json!({ "keys": [signer.jwk("one")] }));
    let mut claims = stand.claims();
    claims[claim] = value;
    assert_eq!(fault(&stand.provider(), &signer.token("one", &claims)).await, expected);
}

#[tokio::test]
async fn clocks_may_differ_a_little() {
    let (stand, signer) = (Stand::open().await, Signer::ed());
    stand.answer("/keys", json!({ "keys": [signer.jwk("one")] }));
    let mut claims = stand.claims();
    claims["exp"] = json!(now() - 10);
    claims["nbf"] = json!(now() + 10);
    stand.provider().bearer(&signer.token("one", &claims)).await.unwrap();
}

#[tokio::test]
async fn no_byte_of_a_token_can_be_another() {
    let (stand, signer) = (Stand::open().await, Signer::ed());
    stand.answer("/keys", json!({ "keys": [signer.jwk("one")] }));
    let provider = stand.provider();
    let token = signer.token("one", &stand.claims());
    // The last character of the signature has bits that mean nothing.
    for at in 0..token.len() - 1 {
        let mut flipped = token.clone().into_bytes();
        flipped[at] ^= 1;
        let flipped = String::from_utf8(flipped).unwrap();
        assert!(provider.bearer(&flipped).await.is_err(), "byte {at}");
    }
    provider.bearer(&token).await.unwrap();
}

#[tokio::test]
async fn a_token_cannot_say_that_it_needs_no_signature_or_the_public_key() {
    let (stand, signer) = (Stand::open().await, Signer::es());
    stand.answer("/keys", json!({ "keys": [signer.jwk("one")] }));
    let (provider, claims) = (stand.provider(), stand.claims());
    let none = signed(&json!({ "alg": "none", "kid": "one" }), &claims, |_| Vec::new());
    assert_eq!(fault(&provider, &none).await, TokenFault::Malformed);
    let by_public_key = signed(&json!({ "alg": "HS256", "kid": "one" }), &claims, |message| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, signer.public()), message).as_ref().to_vec()
    });
    assert_eq!(fault(&provider, &by_public_key).await, TokenFault::Algorithm);
    assert_eq!(stand.asked_for("/keys"), 0, "nobody was asked for these");
}

#[rstest]
#[case("use", json!("enc"))]
#[case("alg", json!("ES384"))]
#[case("crv", json!("P-384"))]
#[case("key_ops", json!(["sign"]))]
#[tokio::test]
async fn a_key_that_is_for_something_else_vouches_for_nothing(#[case] field: &str, #[case] value: Value) {
    let (stand, signer) = (Stand::open().await, Signer::es());
    let mut key = signer.jwk("one");
    key[field] = value;
    stand.answer("/keys", json!({ "keys": [key] }));
    assert_eq!(fault(&stand.provider(), &signer.token("one", &stand.claims())).await, TokenFault::UnknownKey);
}

#[tokio::test]
async fn a_new_key_is_found_and_strange_ones_are_asked_for_once_a_minute() {
    let (stand, old, new) = (Stand::open().await, Signer::ed(), Signer::ed());
    stand.answer("/keys", json!({ "keys": [old.jwk("old")] }));
    let patient = stand.provider();
    let eager = Provider { keys: Kept::new(Duration::ZERO), ..stand.provider() };
    for provider in [&patient, &eager] {
        provider.bearer(&old.token("old", &stand.claims())).await.unwrap();
    }
    assert_eq!(stand.asked_for("/keys"), 2);
    stand.answer("/keys", json!({ "keys": [new.jwk("new")] }));
    let token = new.token("new", &stand.claims());
    eager.bearer(&token).await.unwrap();
    assert_eq!(fault(&eager, &old.token("old", &stand.claims())).await, TokenFault::UnknownKey, "withdrawn");
    let asked = stand.asked_for("/keys");
    for _ in 0..5 {
        assert_eq!(fault(&patient, &token).await, TokenFault::UnknownKey);
    }
    assert_eq!(stand.asked_for("/keys"), asked, "it was asked a moment ago");
}

#[tokio::test]
async fn a_provider_that_calls_itself_something_else_is_not_believed() {
    let stand = Stand::open().await;
    let mut particulars = stand.particulars();
    particulars["issuer"] = json!("https://elsewhere.example.com");
    stand.answer("/.well-known/openid-configuration", particulars);
    assert!(matches!(stand.provider().begin().await, Err(IdentityError::Unusable(_))));
    let mut particulars = stand.particulars();
    particulars["token_endpoint"] = json!("http://elsewhere.example.com/token");
    stand.answer("/.well-known/openid-configuration", particulars);
    assert!(matches!(stand.provider().begin().await, Err(IdentityError::Unusable(_))));
}

#[tokio::test]
async fn a_person_comes_back_from_their_own_attempt_alone() {
    let (stand, signer) = (Stand::open().await, Signer::ed());
    stand.answer("/keys", json!({ "keys": [signer.jwk("one")] }));
    let provider = stand.provider();
    let (attempt, url) = provider.begin().await.unwrap();
    let sent: HashMap<String, String> = url.query_pairs().into_owned().collect();
    assert_eq!(sent["code_challenge"], URL_SAFE_NO_PAD.encode(Sha256::digest(&attempt.verifier)));
    assert_eq!((&sent["nonce"], &sent["state"]), (&attempt.nonce, &attempt.state));
    let mut claims = stand.claims();
    claims["aud"] = json!("mission-control");
    claims["nonce"] = json!(sent["nonce"]);
    claims["email"] = json!("Ada@Example.com");
    claims["groups"] = json!(["staff"]);
    let grant = |claims: &Value| {
        stand.answer("/token", json!({ "id_token": signer.token("one", claims), "access_token": "opaque" }));
    };
    grant(&claims);
    let person = provider.finish(&attempt, "code", None).await.unwrap().person;
    assert_eq!(
        (person.email, person.groups),
        (None, vec!["staff".to_owned()]),
        "the address is not verified"
    );
    claims["email_verified"] = json!(true);
    grant(&claims);
    let person = provider.finish(&attempt, "code", Some(&stand.issuer)).await.unwrap().person;
    assert_eq!(person.email.as_deref(), Some("ada@example.com"));

    let (other, _) = provider.begin().await.unwrap();
    let refused = provider.finish(&other, "code", None).await.unwrap_err();
    assert_eq!(refused, IdentityError::Token(TokenFault::Attempt));
    let refused = provider.finish(&attempt, "code", Some("https://elsewhere.example.com")).await.unwrap_err();
    assert_eq!(refused, IdentityError::Token(TokenFault::Issuer));
    claims["azp"] = json!("another-client");
    grant(&claims);
    let refused = provider.finish(&attempt, "code", None).await.unwrap_err();
    assert_eq!(refused, IdentityError::Token(TokenFault::Audience));
}

#[tokio::test]
async fn the_provider_is_asked_again_for_the_same_person_alone() {
    let (stand, signer) = (Stand::open().await, Signer::ed());
    stand.answer("/keys", json!({ "keys": [signer.jwk("one")] }));
    let (provider, token) = (stand.provider(), SecretString::from("first".to_owned()));
    let mut claims = stand.claims();
    claims["aud"] = json!("mission-control");
    claims["groups"] = json!(["staff"]);
    stand.answer(
        "/token",
        json!({
            "id_token": signer.token("one", &claims), "access_token": "opaque", "refresh_token": "second",
        }),
    );
    let renewed = provider.renew(&token, "ada").await.unwrap();
    assert_eq!(renewed.person.unwrap().unwrap().groups, ["staff"]);
    assert_eq!(renewed.refresh_token.unwrap().expose_secret(), "second");

    stand.answer("/token", json!({ "access_token": "opaque" }));
    let renewed = provider.renew(&token, "ada").await.unwrap();
    assert!(
        renewed.person.unwrap().is_none() && renewed.refresh_token.is_none(),
        "it says no more than that she may"
    );

    claims["sub"] = json!("eve");
    stand.answer(
        "/token",
        json!({
            "id_token": signer.token("one", &claims), "access_token": "opaque", "refresh_token": "third",
        }),
    );
    let renewed = provider.renew(&token, "ada").await.unwrap();
    assert_eq!(renewed.person.unwrap_err(), IdentityError::Token(TokenFault::Attempt));
    assert_eq!(renewed.refresh_token.unwrap().expose_secret(), "third", "the one before is used up");
}
