//! Invitations are worth what whoever made them may give.

use mission_control_core::models::{MemberChanges, OrgRole, OrganizationMember, User};
use mission_control_store::{members, users};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_ends_with_the_right_of_who_made_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(Some("member"), None)] then: Option<&'static str>,
) {
    const INVITES: &str = "/api/v1/organizations/me/invites";
    const ACCEPT: &str = "/api/v1/organizations/invites/accept";
    let scene = Scene::start(backend).await;
    let (home, user) = (scene.organization, scene.enter(Actor::Admin).await);
    let made = user.post(INVITES, json!({ "invited_email": "admin@home.local" })).send().await;
    assert_eq!(made.status, 409, "the person is a member");
    let made = user.post(INVITES, json!({ "invited_email": "eve@example.com" })).expect(200).await;

    // Another owner takes the admin's role, or removes the admin, by the API.
    let inviter = User { email: Some("inviter@example.com".to_owned()), ..User::new("inviter") };
    let (id, admin) = (inviter.id, OrganizationMember::new(home, inviter.id, OrgRole::Admin));
    let member = admin.id;
    let invite: mission_control_core::id::InviteId = made["id"].as_str().unwrap().parse().unwrap();
    scene
        .write(move |tx| {
            users::get_or_insert(tx, &inviter)?;
            members::insert(tx, &admin)?;
            hand_over(tx, invite, id)
        })
        .await;
    let owner = scene.enter(Actor::Owner).await;
    let path = format!("/api/v1/organizations/me/members/{member}");
    match then {
        Some(role) => owner.patch(&path, json!({ "role": role })).expect(200).await,
        None => owner.delete(&path).expect(200).await,
    };
    assert_eq!(owner.get(INVITES).expect(200).await["total"], 0, "it was withdrawn");
    user.post(ACCEPT, json!({ "token": made["token"] })).expect(404).await;

    // One that somebody lost the right to make in another way is as dead.
    let kept = user.post(INVITES, json!({ "invited_email": "bob@example.com" })).expect(200).await;
    let person = scene.user();
    let demoted = MemberChanges { role: Some(OrgRole::Member), ..MemberChanges::default() };
    scene
        .write(move |tx| {
            let me = members::of_user(tx, home, person)?.unwrap();
            members::update(tx, me.id, &demoted)
        })
        .await;
    user.post(ACCEPT, json!({ "token": kept["token"] })).expect(404).await;
}

/// Makes the invitation somebody else's.
fn hand_over(
    tx: &mut mission_control_store::Tx<'_>,
    invite: mission_control_core::id::InviteId,
    user: mission_control_core::id::UserId,
) -> Result<(), mission_control_store::StoreError> {
    use diesel::prelude::*;
    use mission_control_core::schema::organization_invites as invites;
    diesel::update(invites::table.find(invite))
        .set(invites::created_by_user_id.eq(user))
        .execute(&mut **tx)?;
    Ok(())
}
