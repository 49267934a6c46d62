//! Walking lists by cursor.

use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::Server;

const TAGS: &str = "/api/v1/tags";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_walked_by_cursor_whatever_comes_meanwhile(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let user = server.user();
    for name in ["b", "D", "f"] {
        user.post(TAGS, json!({ "name": name })).expect(200).await;
    }
    let first = user.get(&format!("{TAGS}?limit=2")).expect(200).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    for name in ["a", "e"] {
        user.post(TAGS, json!({ "name": name })).expect(200).await;
    }
    let rest = user.get(&format!("{TAGS}?limit=2&cursor={cursor}")).expect(200).await;
    let names = |page: &Value| -> Vec<Value> {
        page["items"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect()
    };
    assert_eq!((names(&first), names(&rest)), (vec![json!("b"), json!("D")], vec![json!("e"), json!("f")]));
    assert_eq!((&rest["total"], &rest["next_cursor"]), (&json!(5), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_is_none_or_of_another_list_is_refused() {
    let server = Server::start(Backend::Sqlite).await;
    let user = server.user();
    for name in ["a", "b"] {
        user.post(TAGS, json!({ "name": name })).expect(200).await;
    }
    let page = user.get(&format!("{TAGS}?limit=1")).expect(200).await;
    let cursor = page["next_cursor"].as_str().unwrap();
    for path in [
        format!("{TAGS}?cursor=nonsense"),
        format!("{TAGS}?cursor=W10"),
        format!("/api/v1/activity?cursor={cursor}"),
        format!("{TAGS}?cursor={cursor}&offset=1"),
    ] {
        let refused = user.get(&path).expect(422).await;
        assert_eq!(refused["detail"][0]["loc"][0], "query", "{path}");
    }
}
