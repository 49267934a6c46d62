//! Whom an identity provider vouches for: who comes in, as whom, and who does not.

use mission_control_core::models::{AuditAction, OrgRole, User};
use mission_control_core::rules::rights::Rights;
use mission_control_fleet::Caller;
use mission_control_fleet::identities::{self, NotAdmitted};
use mission_control_fleet::members::invites::{self, NewInvite};
use mission_control_fleet::web_sessions::{SignedIn, Visit};
use mission_control_identity::{Person, Vouched};
use mission_control_store::{Page, StoreError, audit, members, organizations, users};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;

use super::support::World;

async fn open(backend: Backend) -> World {
    open_with(backend, "https://id.example.com").await
}

/// A world whose organization people of this provider join by domain and groups.
pub(crate) async fn open_with(backend: Backend, issuer: &str) -> World {
    let variables = [
        ("AUTH_MODE", "oidc"),
        ("OIDC_ISSUER", issuer),
        ("OIDC_CLIENT_ID", "mission-control"),
        ("OIDC_ORGANIZATION", "The Firm"),
        ("OIDC_ALLOWED_DOMAINS", "firm.example.com"),
        ("OIDC_ADMIN_GROUPS", "operators"),
    ];
    let world = World::with(backend, &variables).await;
    let organization = world.caller.organization;
    world
        .fleet
        .db()
        .write(move |tx| {
            let changes = mission_control_core::models::OrganizationChanges { name: Some("The Firm".into()) };
            organizations::update(tx, organization, &changes).map(drop)
        })
        .await
        .unwrap();
    world
}

/// How often the record of the organization has this.
pub(crate) async fn recorded(world: &World, action: AuditAction) -> usize {
    let organization = world.caller.organization;
    let entries: Result<_, StoreError> = world
        .fleet
        .db()
        .read(move |conn| audit::list(conn, organization, &Default::default(), Page::ALL))
        .await;
    entries.unwrap().items.iter().filter(|entry| entry.action == action.as_str()).count()
}

fn person(subject: &str, email: Option<&str>, groups: &[&str]) -> Person {
    Person {
        issuer: "https://id.example.com".into(),
        subject: subject.into(),
        email: email.map(str::to_owned),
        name: Some("Ada Lovelace".into()),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
    }
}

async fn come(world: &World, person: Person) -> Result<SignedIn, NotAdmitted> {
    let vouched = Vouched { person, refresh_token: None };
    identities::sign_in(&world.fleet, vouched, Visit::default()).await
}

async fn invite(world: &World, email: &str, role: OrgRole) {
    let rights = Rights { all_boards_read: true, ..Rights::default() };
    let new = NewInvite { email: email.into(), role, rights };
    let caller: Caller = world.caller;
    invites::create(&world.fleet, caller, new).await.unwrap();
}

async fn known(world: &World, email: &'static str) -> Vec<User> {
    let found: Result<_, StoreError> =
        world.fleet.db().read(move |conn| users::with_email(conn, email)).await;
    found.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_comes_in_by_their_domain_and_is_the_same_whatever_their_address_becomes(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = open(backend).await;
    let first = come(&world, person("ada", Some("ada@firm.example.com"), &[])).await.unwrap();
    assert_eq!(
        (first.member.role, first.member.organization_id),
        (OrgRole::Member, world.caller.organization)
    );
    assert_eq!(first.user.name.as_deref(), Some("Ada Lovelace"));
    let again = come(&world, person("ada", Some("lovelace@elsewhere.example.com"), &[])).await.unwrap();
    assert_eq!(again.user.id, first.user.id);
    let without = come(&world, person("ada", None, &[])).await.unwrap();
    assert_eq!(without.user.id, first.user.id);
    assert_eq!(recorded(&world, AuditAction::IdentityLinked).await, 1);
    assert_eq!(recorded(&world, AuditAction::SignedIn).await, 3);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn groups_make_admins_and_take_the_role_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = open(backend).await;
    let email = Some("ada@elsewhere.example.com");
    assert_eq!(come(&world, person("ada", email, &["operators"])).await.unwrap().member.role, OrgRole::Admin);
    assert_eq!(come(&world, person("ada", email, &[])).await.unwrap().member.role, OrgRole::Member);
    assert_eq!(come(&world, person("ada", email, &["operators"])).await.unwrap().member.role, OrgRole::Admin);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_invited_comes_in_and_nobody_else(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = open(backend).await;
    let bob = Some("bob@elsewhere.example.com");
    assert!(matches!(come(&world, person("bob", bob, &[])).await, Err(NotAdmitted::Uninvited)));
    assert!(known(&world, "bob@elsewhere.example.com").await.is_empty(), "nothing stays of who was refused");
    invite(&world, "bob@elsewhere.example.com", OrgRole::Member).await;
    assert!(matches!(come(&world, person("bob", None, &[])).await, Err(NotAdmitted::Unverified)));
    let member = come(&world, person("bob", bob, &[])).await.unwrap().member;
    assert!(member.all_boards_read && !member.all_boards_write);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_known_by_the_verified_address_is_that_person(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = open(backend).await;
    let owner = world.caller.user.unwrap();
    let db = world.fleet.db().clone();
    let rename = |email: &'static str, user| {
        let changes = mission_control_core::models::UserChanges {
            email: Some(Some(email.into())),
            ..Default::default()
        };
        let db = db.clone();
        async move {
            let done: Result<_, StoreError> = db.write(move |tx| users::update(tx, user, &changes)).await;
            done.unwrap()
        }
    };
    rename("Olga@Elsewhere.example.com", owner).await;
    let world = &world;
    assert!(matches!(come(world, person("olga", None, &[])).await, Err(NotAdmitted::Unverified)));
    let olga = come(world, person("olga", Some("olga@elsewhere.example.com"), &[])).await.unwrap();
    assert_eq!((olga.user.id, olga.member.role), (owner, OrgRole::Owner), "groups leave owners alone");
    let ada = come(world, person("ada", Some("ada@firm.example.com"), &[])).await.unwrap();
    rename("olga@elsewhere.example.com", ada.user.id).await;
    let third = come(world, person("third", Some("olga@elsewhere.example.com"), &[])).await;
    assert!(matches!(third, Err(NotAdmitted::Ambiguous)));
    let memberships: Result<_, StoreError> =
        world.fleet.db().read(move |conn| members::all_of_user(conn, owner)).await;
    assert_eq!(memberships.unwrap().len(), 1);
}
