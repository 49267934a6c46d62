//! What people have done with in their inbox.

use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::Server;

const MARKS: &str = "/api/v1/inbox/marks";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_done_with_stays_so_until_it_is_put_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let me = server.user();
    assert_eq!(me.get(MARKS).expect(200).await, json!({"done": []}));
    let both = me.patch(MARKS, json!({"done": ["first", "second"]})).expect(200).await;
    assert_eq!(both, json!({"done": ["second", "first"]}));
    let again = me.patch(MARKS, json!({"done": ["first"]})).expect(200).await;
    assert_eq!(again, both, "a mark is there once");
    let left =
        me.patch(MARKS, json!({"done": ["third"], "not_done": ["second", "unknown"]})).expect(200).await;
    assert_eq!(left, json!({"done": ["third", "first"]}));
    assert_eq!(me.get(MARKS).expect(200).await, left);

    me.post("/api/v1/organizations", json!({"name": "Other"})).expect(200).await;
    assert_eq!(
        me.get(MARKS).expect(200).await,
        json!({"done": []}),
        "another organization has another inbox"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_too_many_marks_the_oldest_are_forgotten() {
    let server = Server::start(Backend::Sqlite).await;
    for hundred in 0..6 {
        let items: Vec<String> = (0..100).map(|item| format!("{hundred}-{item}")).collect();
        server.user().patch(MARKS, json!({"done": items})).expect(200).await;
    }
    let kept = server.user().get(MARKS).expect(200).await;
    let kept: Vec<&str> = kept["done"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!((kept.len(), kept[0], kept[499]), (500, "5-99", "1-0"));
}
