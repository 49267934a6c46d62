//! Against a stand-in of Clerk's API.

use mission_control_core::config::Settings;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::stand::{Signer, Stand, now};

const PAGE: &str = "https://mc.example.com";

impl Stand {
    fn clerk(&self, variables: &[(&str, &str)]) -> Clerk {
        let usual = [
            ("HOME", "/nowhere"),
            ("BASE_URL", PAGE),
            ("AUTH_MODE", "clerk"),
            ("CLERK_SECRET_KEY", "sk_test"),
            ("CLERK_API_URL", &self.issuer),
        ];
        let settings = Settings::from_env([&usual[..], variables].concat()).unwrap();
        Clerk::new(&settings.auth.clerk.unwrap(), &settings.http).unwrap()
    }
}

fn claims() -> Value {
    json!({ "iss": "https://clerk.example.com", "azp": PAGE, "sub": "user_ada", "iat": now(), "exp": now() + 60 })
}

async fn open() -> (Stand, Signer) {
    let (stand, signer) = (Stand::open().await, Signer::es());
    stand.answer("/v1/jwks", json!({ "keys": [signer.jwk("one")] }));
    (stand, signer)
}

#[tokio::test]
async fn a_session_says_who_it_is_and_until_when() {
    let (stand, signer) = open().await;
    let session = stand.clerk(&[]).session(&signer.token("one", &claims())).await.unwrap();
    assert_eq!((session.subject.as_str(), session.person), ("user_ada", ClerkPerson::default()));
    assert!(session.expires_at > Timestamp::now());
    let mut native = claims();
    native.as_object_mut().unwrap().remove("azp");
    stand.clerk(&[]).session(&signer.token("one", &native)).await.unwrap();
}

#[rstest]
#[case::over("exp", json!(now() - 11), TokenFault::Expired)]
#[case::not_begun("nbf", json!(now() + 600), TokenFault::NotYet)]
#[case::of_tomorrow("iat", json!(now() + 600), TokenFault::NotYet)]
#[case::another_page("azp", json!("https://evil.example.com"), TokenFault::Audience)]
#[case::another_application("iss", json!("https://clerk.evil.example.com"), TokenFault::Issuer)]
#[case::nobody("sub", json!(""), TokenFault::Malformed)]
#[case::something_left_to_do("sts", json!("pending"), TokenFault::NotYet)]
#[tokio::test]
async fn a_token_with_a_wrong_claim_is_not_taken(
    #[case] name: &str,
    #[case] value: Value,
    #[case] expected: TokenFault,
) {
    let (stand, signer) = open().await;
    let clerk = stand.clerk(&[("CLERK_PUBLISHABLE_KEY", "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k")]);
    clerk.session(&signer.token("one", &claims())).await.unwrap();
    let mut wrong = claims();
    wrong[name] = value;
    let fault = clerk.session(&signer.token("one", &wrong)).await.unwrap_err();
    assert_eq!(fault, IdentityError::Token(expected));
}

#[tokio::test]
async fn clocks_may_differ_as_much_as_the_operator_says() {
    let (stand, signer) = open().await;
    let mut late = claims();
    (late["exp"], late["iat"]) = (json!(now() - 600), json!(now() + 600));
    let token = signer.token("one", &late);
    stand.clerk(&[("CLERK_LEEWAY", "1200")]).session(&token).await.unwrap();
    stand.clerk(&[]).session(&token).await.unwrap_err();
    late["exp"] = json!(now() + 600);
    let token = signer.token("one", &late);
    stand.clerk(&[]).session(&token).await.unwrap_err();
    stand.clerk(&[("CLERK_VERIFY_IAT", "false")]).session(&token).await.unwrap();
}

#[tokio::test]
async fn keys_follow_their_rotation() {
    let (stand, old) = open().await;
    let clerk = Clerk { keys: Kept::new(Duration::ZERO), ..stand.clerk(&[]) };
    clerk.session(&old.token("one", &claims())).await.unwrap();
    let new = Signer::es();
    stand.answer("/v1/jwks", json!({ "keys": [new.jwk("two")] }));
    clerk.session(&new.token("two", &claims())).await.unwrap();
    clerk.session(&old.token("one", &claims())).await.unwrap_err();
    clerk.session(&old.token("two", &claims())).await.unwrap_err();
}

#[tokio::test]
async fn the_address_of_the_api_may_have_its_version() {
    let (stand, signer) = open().await;
    let api = format!("{}/v1/", stand.issuer);
    let clerk = stand.clerk(&[("CLERK_API_URL", &api)]);
    clerk.session(&signer.token("one", &claims())).await.unwrap();
}

#[rstest]
#[case::flat(json!({ "email": " Ada@Example.com ", "name": "Ada L." }), Some("ada@example.com"), false, Some("Ada L."))]
#[case::nobody(json!({}), None, false, None)]
#[case::parts(json!({ "given_name": "Ada", "family_name": "Lovelace" }), None, false, Some("Ada Lovelace"))]
#[case::a_user_name(json!({ "username": "ada", "first_name": null }), None, false, Some("ada"))]
#[case::the_primary_one(
    json!({
        "first_name": "Ada",
        "primary_email_address_id": "b",
        "email_addresses": [
            { "id": "a", "email_address": "old@example.com", "verification": { "status": "verified" } },
            { "id": "b", "email_address": "ada@example.com", "verification": { "status": "unverified" } },
        ],
    }),
    Some("ada@example.com"), false, Some("Ada")
)]
#[case::the_only_one(
    json!({ "email_addresses": [{ "email_address": "ada@example.com", "verification": { "status": "verified" } }] }),
    Some("ada@example.com"), true, None
)]
#[case::texts(json!({ "email_addresses": ["ada@example.com"] }), Some("ada@example.com"), false, None)]
fn a_person_is_found_in_what_clerk_says(
    #[case] said: Value,
    #[case] email: Option<&str>,
    #[case] is_verified: bool,
    #[case] name: Option<&str>,
) {
    let found = person(&Claims::read(said).unwrap());
    assert_eq!(
        (found.email.as_deref(), found.is_verified, found.name.as_deref()),
        (email, is_verified, name)
    );
}

#[tokio::test]
async fn clerk_is_asked_for_the_same_person_now_and_then() {
    let (stand, _) = open().await;
    let clerk = stand.clerk(&[]);
    stand.answer("/v1/users/user_ada", json!({ "first_name": "Ada" }));
    assert_eq!(clerk.person("user_ada").await.unwrap().name.as_deref(), Some("Ada"));
    assert_eq!(clerk.person("user_bob").await, Err(IdentityError::Refused("404".into())));
    clerk.delete("user_bob").await.unwrap();
    assert!(clerk.is_due("user_ada") && !clerk.is_due("user_ada") && clerk.is_due("user_bob"));
}
