//! Who is signed in by an identity provider stays so as long as the provider says.

use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::models::{AuditAction, OrgRole};
use mission_control_core::schema::provider_grants;
use mission_control_core::time::Timestamp;
use mission_control_fleet::identities;
use mission_control_fleet::web_sessions::{SignedIn, Visit};
use mission_control_identity::Provider;
use mission_control_store::{StoreError, members, web_sessions};
use mission_control_testkit::identity_provider::IdentityProvider;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use super::identities::{open_with, recorded};
use super::support::World;

/// Somebody of the firm who signed in by the provider, in these groups.
async fn signed_in(backend: Backend, groups: &[&str]) -> (IdentityProvider, World, SignedIn) {
    let stand = IdentityProvider::start();
    let world = open_with(backend, &stand.issuer).await;
    let settings = world.fleet.settings();
    let provider = Provider::new(settings.auth.oidc.as_ref().unwrap(), &settings.http.base_url).unwrap();
    let (attempt, url) = provider.begin().await.unwrap();
    let claims: Value =
        json!({ "sub": "ada", "email": "ada@firm.example.com", "email_verified": true, "groups": groups });
    let (_, code) = stand.agree(&url, &claims);
    let vouched = provider.finish(&attempt, &code, None).await.unwrap();
    let signed_in = identities::sign_in(&world.fleet, vouched, Visit::default()).await.unwrap();
    (stand, world, signed_in)
}

/// Asks the provider of everybody, as if their time had come.
async fn ask(world: &World) {
    let long_ago = Timestamp::now().minus(Duration::from_secs(3_600));
    world
        .write(move |tx| {
            let all = diesel::update(provider_grants::table).set(provider_grants::due_at.eq(long_ago));
            Ok(all.execute(&mut **tx)?)
        })
        .await;
    world.run_job("sessions.renew").await;
}

async fn is_live(world: &World, who: &SignedIn) -> bool {
    let id = who.session.id;
    let live: Result<_, StoreError> =
        world.fleet.db().read(move |conn| web_sessions::is_live(conn, id, Timestamp::now())).await;
    live.unwrap()
}

async fn role(world: &World, who: &SignedIn) -> OrgRole {
    let (organization, user) = (who.member.organization_id, who.user.id);
    let member: Result<_, StoreError> =
        world.fleet.db().read(move |conn| members::of_user(conn, organization, user)).await;
    member.unwrap().unwrap().role
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_locked_out_at_the_provider_is_signed_out_here_and_nobody_is_while_it_is_away(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (stand, world, ada) = signed_in(backend, &[]).await;
    for _ in 0..3 {
        ask(&world).await;
        assert!(is_live(&world, &ada).await, "each token is good for once, and the next one is kept");
    }
    stand.be_away(true);
    ask(&world).await;
    assert!(is_live(&world, &ada).await);
    stand.be_away(false);
    stand.lock_out();
    world.run_job("sessions.renew").await;
    assert!(is_live(&world, &ada).await, "her time has not come");
    ask(&world).await;
    assert!(!is_live(&world, &ada).await);
    assert_eq!(recorded(&world, AuditAction::ProviderRefused).await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_role_follows_the_groups_without_another_sign_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (stand, world, ada) = signed_in(backend, &["operators"]).await;
    assert_eq!(role(&world, &ada).await, OrgRole::Admin);
    stand.say_of_all(&json!({ "groups": ["staff"] }));
    ask(&world).await;
    assert_eq!(role(&world, &ada).await, OrgRole::Member);
    stand.say_of_all(&json!({ "groups": ["operators"] }));
    ask(&world).await;
    assert_eq!(role(&world, &ada).await, OrgRole::Admin);
    assert!(is_live(&world, &ada).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_somebody_else_changes_nothing() {
    let (stand, world, ada) = signed_in(Backend::Sqlite, &["operators"]).await;
    stand.say_of_all(&json!({ "sub": "eve", "groups": [] }));
    for _ in 0..2 {
        ask(&world).await;
        assert!(is_live(&world, &ada).await, "the token that came with it is kept");
    }
    assert_eq!(role(&world, &ada).await, OrgRole::Admin);
    assert!(is_live(&world, &ada).await);
}
