//! Roles, access and invitations. The local user is the caller; other people are rows.

use mission_control_core::id::{BoardId, InviteId, OrganizationId, UserId};
use mission_control_core::models::{
    Board, MemberChanges, OrgRole, OrganizationInvite, OrganizationMember, User,
};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_store::{Db, StoreError, boards, event_log, invites, members, users};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::Server;

const MEMBERS: &str = "/api/v1/organizations/me/members";
const INVITES: &str = "/api/v1/organizations/me/invites";
const ACCEPT: &str = "/api/v1/organizations/invites/accept";

/// A server whose caller has the role `own`.
struct Team {
    server: Server,
    db: Db,
    me: OrganizationMember,
}

impl Team {
    async fn new(backend: Backend, own: &str) -> Self {
        let server = Server::start(backend).await;
        let me = server.user().get("/api/v1/organizations/me/member").expect(200).await;
        let organization: OrganizationId = me["organization_id"].as_str().unwrap().parse().unwrap();
        let user: UserId = me["user_id"].as_str().unwrap().parse().unwrap();
        let db = server.db().await;
        let changes = MemberChanges { role: Some(OrgRole::from(own)), ..MemberChanges::default() };
        let me = db
            .write::<_, StoreError, _>(move |tx| {
                let me = members::of_user(tx, organization, user)?.unwrap();
                members::update(tx, me.id, &changes)
            })
            .await
            .unwrap();
        Self { server, db, me }
    }

    /// Another member.
    async fn colleague(&self, role: &str) -> OrganizationMember {
        let organization = self.me.organization_id;
        let role = OrgRole::from(role);
        self.db
            .write::<_, StoreError, _>(move |tx| {
                let subject = format!("colleague-{}", UserId::random());
                let user = User {
                    email: Some(format!("{subject}@example.com")),
                    active_organization_id: Some(organization),
                    ..User::new(subject)
                };
                users::get_or_insert(tx, &user)?;
                let member = OrganizationMember::new(organization, user.id, role);
                members::insert(tx, &member)?;
                Ok(member)
            })
            .await
            .unwrap()
    }

    async fn board(&self, organization: OrganizationId) -> BoardId {
        let board = Board::new(organization, "Board", "board");
        let id = board.id;
        self.db.write::<_, StoreError, _>(move |tx| boards::insert(tx, &board)).await.unwrap();
        id
    }

    async fn patch(&self, member: &OrganizationMember, role: &str) -> u16 {
        let path = format!("{MEMBERS}/{}", member.id);
        self.server.user().patch(&path, json!({"role": role})).send().await.status
    }

    async fn kinds(&self) -> Vec<String> {
        let events = self.db.read::<_, StoreError, _>(|conn| event_log::after(conn, 0, 1_000)).await.unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }
}

#[rstest]
#[case("owner", "member", "owner", 200)]
#[case("owner", "owner", "member", 200)]
#[case("admin", "member", " Admin ", 200)]
#[case("admin", "member", "owner", 403)]
#[case("admin", "owner", "member", 403)]
#[case("member", "member", "member", 403)]
#[case("owner", "member", "wizard", 422)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_grants_a_role_above_their_own_nor_touches_one(
    #[case] own: &str,
    #[case] theirs: &str,
    #[case] granted: &str,
    #[case] status: u16,
) {
    let team = Team::new(Backend::Sqlite, own).await;
    let colleague = team.colleague(theirs).await;
    assert_eq!(team.patch(&colleague, granted).await, status);
    let invite = json!({"invited_email": "new@example.com", "role": granted});
    let invited = team.server.user().post(INVITES, invite).send().await;
    let expected = if theirs == "owner" && own == "admin" { 200 } else { status };
    assert_eq!(invited.status, expected, "{}", invited.body);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_stays_and_nobody_removes_themselves(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let team = Team::new(backend, "owner").await;
    let me = team.me.clone();
    assert_eq!(team.patch(&me, "admin").await, 422);
    assert_eq!(team.patch(&me, "owner").await, 200);
    team.server.user().delete(&format!("{MEMBERS}/{}", me.id)).expect(403).await;
    let second = team.colleague("owner").await;
    assert_eq!(team.patch(&me, "admin").await, 200);
    team.server.user().delete(&format!("{MEMBERS}/{}", second.id)).expect(403).await;
    let refused = team.server.user().delete("/api/v1/organizations/me").send().await;
    assert_eq!(refused.status, 403);
    let left = team.server.user().get(MEMBERS).expect(200).await;
    assert_eq!(left["total"], 2);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_removed_member_loses_the_grants_and_works_elsewhere(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let team = Team::new(backend, "owner").await;
    let colleague = team.colleague("member").await;
    let board = team.board(team.me.organization_id).await;
    let access = format!("{MEMBERS}/{}/access", colleague.id);
    let twice = json!({"board_access": [
        {"board_id": board, "can_read": false}, {"board_id": board, "can_read": false, "can_write": true},
    ]});
    team.server.user().put(&access, twice).expect(200).await;
    let read = team.server.user().get(&format!("{MEMBERS}/{}", colleague.id)).expect(200).await;
    let grants = read["board_access"].as_array().unwrap();
    assert_eq!(grants.len(), 1);
    assert_eq!((&grants[0]["can_read"], &grants[0]["can_write"]), (&json!(true), &json!(true)));

    team.server.user().delete(&format!("{MEMBERS}/{}", colleague.id)).expect(200).await;
    team.server.user().delete(&format!("{MEMBERS}/{}", colleague.id)).expect(404).await;
    let user = colleague.user_id;
    let user = team.db.read::<_, StoreError, _>(move |conn| users::find(conn, user)).await.unwrap().unwrap();
    assert_eq!(user.active_organization_id, None);
    assert_eq!(team.kinds().await, ["member.updated", "member.deleted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_told_the_same_of_a_member_who_is_removed_and_of_one_who_deletes_the_account() {
    let team = Team::new(Backend::Sqlite, "owner").await;
    team.colleague("owner").await;
    let removed = team.colleague("member").await;
    team.server.user().delete(&format!("{MEMBERS}/{}", removed.id)).expect(200).await;
    team.server.user().delete("/api/v1/users/me").expect(200).await;

    let events = team.db.read::<_, StoreError, _>(|conn| event_log::after(conn, 0, 1_000)).await.unwrap();
    let gone = events.into_iter().filter(|event| event.kind == "member.deleted");
    let gone: Vec<Value> = gone.map(|event| event.payload["member"].clone()).collect();
    let people: Vec<&Value> = gone.iter().map(|member| &member["user"]["id"]).collect();
    assert_eq!(people, [&json!(removed.user_id), &json!(team.me.user_id)]);
    let fields = |member: &Value| member.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(fields(&gone[0]), fields(&gone[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_are_for_boards_of_the_organization_only() {
    let team = Team::new(Backend::Sqlite, "owner").await;
    let other = team.server.user().post("/api/v1/organizations", json!({"name": "Other"})).expect(200).await;
    let other: OrganizationId = other["id"].as_str().unwrap().parse().unwrap();
    let foreign = team.board(team.me.organization_id).await;
    let member = team.server.user().get("/api/v1/organizations/me/member").expect(200).await;
    assert_eq!(member["organization_id"], json!(other));
    let grant = json!({"invited_email": "a@example.com", "board_access": [{"board_id": foreign}]});
    let access = format!("{MEMBERS}/{}/access", member["id"].as_str().unwrap());
    team.server.user().put(&access, &grant).expect(422).await;
    team.server.user().post(INVITES, &grant).expect(422).await;
    assert_eq!(team.server.user().get(INVITES).expect(200).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_member_reads_only_the_own_membership_and_no_invitations() {
    let team = Team::new(Backend::Sqlite, "member").await;
    let colleague = team.colleague("member").await;
    team.server.user().get(&format!("{MEMBERS}/{}", team.me.id)).expect(200).await;
    team.server.user().get(&format!("{MEMBERS}/{}", colleague.id)).expect(403).await;
    team.server.user().get(INVITES).expect(403).await;
    assert_eq!(team.server.user().get(MEMBERS).expect(200).await["total"], 2);
}

/// An invitation of the local user into an organization of others, with a token.
async fn invitation(team: &Team, edit: impl FnOnce(&mut OrganizationInvite)) -> OrganizationId {
    let other = team.server.user().post("/api/v1/organizations", json!({"name": "Other"})).expect(200).await;
    let other: OrganizationId = other["id"].as_str().unwrap().parse().unwrap();
    let now = Timestamp::now();
    let mut invite = OrganizationInvite {
        id: InviteId::random(),
        organization_id: other,
        invited_email: "admin@home.local".to_owned(),
        token: agent_token::digest("secret"),
        role: OrgRole::Admin,
        all_boards_read: true,
        all_boards_write: false,
        created_by_user_id: None,
        accepted_by_user_id: None,
        accepted_at: None,
        created_at: now,
        updated_at: now,
        expires_at: Some(now.plus(std::time::Duration::from_secs(60))),
    };
    edit(&mut invite);
    let me = team.me.user_id;
    team.db
        .write::<_, StoreError, _>(move |tx| {
            let founder = members::of_user(tx, other, me)?.unwrap();
            members::delete(tx, founder.id)?;
            let host = User::new("host");
            users::get_or_insert(tx, &host)?;
            members::insert(tx, &OrganizationMember::new(other, host.id, OrgRole::Owner))?;
            invite.created_by_user_id = Some(host.id);
            invites::insert(tx, &invite, &[])
        })
        .await
        .unwrap();
    other
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_accepted_once_and_gives_what_it_says(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let team = Team::new(backend, "owner").await;
    let other = invitation(&team, |_| {}).await;
    let member = team.server.user().post(ACCEPT, json!({"token": "secret"})).expect(200).await;
    assert_eq!(member["organization_id"], json!(other));
    let rights = (&member["role"], &member["all_boards_read"], &member["all_boards_write"]);
    assert_eq!(rights, (&json!("admin"), &json!(true), &json!(false)));
    team.server.user().post(ACCEPT, json!({"token": "secret"})).expect(404).await;
    let list = team.server.user().get("/api/v1/organizations/me/list").expect(200).await;
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[rstest]
#[case::expired(|invite: &mut OrganizationInvite| invite.expires_at = Some(Timestamp::from_micros(0)), "secret", 404)]
#[case::for_another(|invite: &mut OrganizationInvite| invite.invited_email = "eve@example.com".into(), "secret", 403)]
#[case::the_stored_digest(|_: &mut OrganizationInvite| {}, "", 404)]
#[case::of_the_reference(|invite: &mut OrganizationInvite| {
    invite.token = "plain".into();
    invite.expires_at = None;
}, "plain", 200)]
#[case::of_the_reference_and_old(|invite: &mut OrganizationInvite| {
    invite.token = "plain".into();
    invite.expires_at = None;
    invite.created_at = Timestamp::from_micros(0);
}, "plain", 404)]
#[tokio::test(flavor = "multi_thread")]
async fn only_a_valid_token_of_the_callers_own_opens_an_organization(
    #[case] edit: fn(&mut OrganizationInvite),
    #[case] token: &str,
    #[case] status: u16,
) {
    let team = Team::new(Backend::Sqlite, "owner").await;
    invitation(&team, edit).await;
    let token = if token.is_empty() { agent_token::digest("secret") } else { token.to_owned() };
    team.server.user().post(ACCEPT, json!({"token": token})).expect(status).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_invitations_token_is_shown_once_and_never_stored(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let team = Team::new(backend, "owner").await;
    let invite = json!({"invited_email": " Bob@Example.com "});
    let made = team.server.user().post(INVITES, &invite).expect(200).await;
    let token = made["token"].as_str().unwrap().to_owned();
    assert_eq!((&made["invited_email"], &made["role"]), (&json!("bob@example.com"), &json!("member")));
    let list = team.server.user().get(INVITES).expect(200).await;
    assert_eq!(list["items"][0]["token"], Value::Null);
    assert_eq!(list["items"][0]["expires_at"], made["expires_at"]);

    let organization = team.me.organization_id;
    let id: InviteId = made["id"].as_str().unwrap().parse().unwrap();
    let find = move |conn: &mut mission_control_store::Conn| invites::find_in(conn, organization, id);
    let stored = team.db.read::<_, StoreError, _>(find).await.unwrap().unwrap();
    assert_ne!(stored.token, token);
    assert_eq!(stored.token, agent_token::digest(&token));

    team.server.user().post(ACCEPT, json!({"token": token})).expect(403).await;
    let path = format!("{INVITES}/{id}");
    assert_eq!(team.server.user().delete(&path).expect(200).await["token"], Value::Null);
    team.server.user().delete(&path).expect(404).await;
    team.server.user().post(ACCEPT, json!({"token": token})).expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_not_invited_again() {
    let team = Team::new(Backend::Sqlite, "owner").await;
    team.server.user().post(INVITES, json!({"invited_email": "ADMIN@home.local"})).expect(409).await;
    team.server.user().post(INVITES, json!({"invited_email": " "})).expect(422).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_goes_with_its_own_organizations_but_not_from_under_others(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let team = Team::new(backend, "owner").await;
    team.server.user().post("/api/v1/tags", json!({"name": "x"})).expect(200).await;
    let colleague = team.colleague("admin").await;
    let refused = team.server.user().delete("/api/v1/users/me").expect(409).await;
    assert!(refused["detail"].as_str().unwrap().contains("Personal"), "{refused}");

    assert_eq!(team.patch(&colleague, "owner").await, 200);
    team.server.user().post("/api/v1/organizations", json!({"name": "Own"})).expect(200).await;
    team.server.user().post("/api/v1/tags", json!({"name": "x"})).expect(200).await;
    team.server.user().delete("/api/v1/users/me").expect(200).await;

    let (user, kept) = (team.me.user_id, team.me.organization_id);
    let (user, roles, named) = team
        .db
        .read::<_, StoreError, _>(move |conn| {
            let named = mission_control_store::organizations::find_by_name(conn, "own")?;
            Ok((users::find(conn, user)?, members::roles(conn, &[kept])?, named))
        })
        .await
        .unwrap();
    assert_eq!((user, named), (None, None));
    assert_eq!(roles.get(&kept).map(Vec::as_slice), Some([OrgRole::Owner].as_slice()));
    let again = team.server.user().get("/api/v1/users/me").expect(200).await;
    assert_ne!(again["id"], json!(team.me.user_id));
}
