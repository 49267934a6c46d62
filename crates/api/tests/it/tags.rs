use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::Server;

const TAGS: &str = "/api/v1/tags";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_tags_slug_comes_from_its_name_and_is_unique_in_the_organization(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let wanted = json!({"name": " Bug Fix! ", "color": "#FF8800", "description": "bugs"});
    let tag = server.user().post(TAGS, wanted).expect(200).await;
    assert_eq!((&tag["name"], &tag["slug"]), (&json!("Bug Fix!"), &json!("bug-fix")));
    assert_eq!((&tag["color"], &tag["task_count"]), (&json!("ff8800"), &json!(0)));
    server.user().post(TAGS, json!({"name": "bug fix"})).expect(409).await;
    let nameless = server.user().post(TAGS, json!({"name": "???", "slug": " "})).expect(200).await;
    assert_eq!((&nameless["slug"], &nameless["color"]), (&json!("tag"), &json!("9e9e9e")));

    let path = format!("{TAGS}/{}", tag["id"].as_str().unwrap());
    server.user().patch(&path, json!({"slug": "TAG"})).expect(409).await;
    let renamed = server.user().patch(&path, json!({"name": "Bugs"})).expect(200).await;
    assert_eq!((&renamed["slug"], &renamed["description"]), (&json!("bug-fix"), &json!("bugs")));
    let changes = json!({"slug": null, "description": null});
    let changed = server.user().patch(&path, changes).expect(200).await;
    assert_eq!((&changed["slug"], &changed["description"]), (&json!("bugs"), &Value::Null));

    let list = server.user().get("/api/v1/tags?limit=1&offset=1").expect(200).await;
    assert_eq!((&list["total"], &list["items"]), (&json!(2), &json!([changed])));
    server.user().post("/api/v1/organizations", json!({"name": "Other"})).expect(200).await;
    server.user().get(&path).expect(403).await;
    server.user().delete(&path).expect(403).await;
    server.user().post(TAGS, json!({"name": "Bugs"})).expect(200).await;
}

#[rstest]
#[case(json!({"name": " "}), "name")]
#[case(json!({"name": "A", "color": "red"}), "color")]
#[case(json!({"name": "A", "color": " # "}), "color")]
#[case(json!({"name": "A", "color": null}), "color")]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_name_or_color_is_a_422(#[case] wrong: Value, #[case] field: &str) {
    let server = Server::start(Backend::Sqlite).await;
    let tag = server.user().post(TAGS, json!({"name": "Fine"})).expect(200).await;
    let path = format!("{TAGS}/{}", tag["id"].as_str().unwrap());
    for call in [server.user().post(TAGS, &wrong), server.user().patch(&path, &wrong)] {
        assert_eq!(call.expect(422).await["detail"][0]["loc"], json!(["body", field]));
    }
    server.user().patch(&path, json!({})).expect(422).await;
    assert_eq!(server.user().get(&path).expect(200).await, tag);
}
