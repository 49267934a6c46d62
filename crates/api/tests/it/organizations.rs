use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{OrgRole, Organization, OrganizationMember};
use mission_control_store::{StoreError, members, organizations};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::Server;

async fn add_organization(server: &Server, name: &str, user: &Value) -> OrganizationId {
    let user: UserId = user["id"].as_str().unwrap().parse().unwrap();
    let organization = Organization::new(name);
    let id = organization.id;
    let member = OrganizationMember::new(id, user, OrgRole::Member);
    let db = server.db().await;
    let add = db.write(move |tx| {
        organizations::insert(tx, &organization)?;
        members::insert(tx, &member)
    });
    add.await.map_err(|error: StoreError| error).unwrap();
    id
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_caller_works_in_one_organization_at_a_time(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let me = server.user().get("/api/v1/users/me").expect(200).await;
    let second = add_organization(&server, "acme", &me).await;
    let list = server.user().get("/api/v1/organizations/me/list").expect(200).await;
    let names: Vec<_> =
        list.as_array().unwrap().iter().map(|item| (&item["name"], &item["is_active"])).collect();
    assert_eq!(names, [(&json!("acme"), &json!(false)), (&json!("Personal"), &json!(true))]);

    let switch = json!({"organization_id": second});
    for _ in 0..2 {
        let active = server.user().patch("/api/v1/organizations/me/active", &switch).expect(200).await;
        assert_eq!(active["id"], json!(second));
    }
    assert_eq!(server.user().get("/api/v1/organizations/me").expect(200).await["name"], "acme");
    let member = server.user().get("/api/v1/organizations/me/member").expect(200).await;
    assert_eq!((&member["role"], &member["user"]["email"]), (&json!("member"), &me["email"]));
    assert_eq!(member["board_access"], json!([]));
}

#[rstest]
#[case(json!({}), 422)]
#[case(json!({"organization_id": "1"}), 422)]
#[case(json!({"organization_id": "00000000-0000-4000-8000-00000000dead"}), 403)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_of_others_cannot_be_chosen(#[case] body: Value, #[case] status: u16) {
    let server = Server::start(Backend::Sqlite).await;
    server.user().patch("/api/v1/organizations/me/active", body).expect(status).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_no_organization() {
    let server = Server::start(Backend::Sqlite).await;
    for path in
        ["/api/v1/organizations/me", "/api/v1/organizations/me/list", "/api/v1/organizations/me/member"]
    {
        server.stranger().get(path).expect(401).await;
    }
}
