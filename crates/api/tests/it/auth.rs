use futures_util::future::join_all;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::{Server, TOKEN};

const BOOTSTRAP: &str = "/api/v1/auth/bootstrap";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_first_call_makes_the_user_the_organization_and_the_membership(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let user = server.user().post(BOOTSTRAP, json!({"ignored": 1})).expect(200).await;
    let expected = json!({
        "clerk_user_id": "local-auth-user", "email": "admin@home.local", "name": "Local User",
        "preferred_name": null, "pronouns": null, "timezone": null, "notes": null, "context": null,
        "is_super_admin": false, "id": user["id"],
    });
    assert_eq!(user, expected);
    assert_eq!(server.user().post(BOOTSTRAP, Value::Null).expect(200).await, user);
    assert_eq!(server.user().get(BOOTSTRAP).expect(200).await, user);
    let organization = server.user().get("/api/v1/organizations/me").expect(200).await;
    assert_eq!(organization["name"], "Personal");
    let member = server.user().get("/api/v1/organizations/me/member").expect(200).await;
    assert_eq!((&member["role"], &member["all_boards_write"]), (&json!("owner"), &json!(true)));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn many_first_calls_at_once_make_one_user_and_one_organization(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let user = server.user();
    let users = join_all((0..16).map(|_| user.post(BOOTSTRAP, Value::Null).expect(200))).await;
    assert!(users.iter().all(|other| other["id"] == users[0]["id"]));
    let organizations = user.get("/api/v1/organizations/me/list").expect(200).await;
    assert_eq!(organizations.as_array().unwrap().len(), 1);
}

#[rstest]
#[case::wrong("Bearer wrong")]
#[case::empty("Bearer ")]
#[case::other_scheme(&format!("Basic {TOKEN}"))]
#[case::no_scheme(TOKEN)]
#[case::cut_short(&format!("Bearer {}", &TOKEN[..TOKEN.len() - 1]))]
#[tokio::test(flavor = "multi_thread")]
async fn anything_but_the_whole_token_as_a_bearer_is_a_401(#[case] authorization: &str) {
    let server = Server::start(Backend::Sqlite).await;
    let answer =
        server.stranger().post(BOOTSTRAP, Value::Null).header("authorization", authorization).send().await;
    assert_eq!((answer.status, answer.body["code"].as_str()), (401, Some("unauthorized")));
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_or_with_an_agents_header_a_person_is_not_signed_in() {
    let server = Server::start(Backend::Sqlite).await;
    server.stranger().post(BOOTSTRAP, Value::Null).expect(401).await;
    server.stranger().agent(TOKEN).post(BOOTSTRAP, Value::Null).expect(401).await;
}

#[rstest]
#[case(format!("bearer {TOKEN}"))]
#[case(format!("Bearer   {TOKEN}  "))]
#[tokio::test(flavor = "multi_thread")]
async fn the_scheme_is_read_in_any_case_and_blanks_do_not_matter(#[case] authorization: String) {
    let server = Server::start(Backend::Sqlite).await;
    let call = server.stranger().post(BOOTSTRAP, Value::Null).header("authorization", &authorization);
    call.expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_is_not_signed_in_learns_nothing_about_their_input() {
    let server = Server::start(Backend::Sqlite).await;
    server.stranger().patch("/api/v1/users/me", json!({"name": 5})).expect(401).await;
}
