use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::{Server, TOKEN, plain_client};

const ME: &str = "/api/v1/users/me";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_changes_in_what_is_sent_and_keeps_the_rest(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let change =
        json!({"preferred_name": "Robin", "notes": "Note <b>&amp;</b>", "context": "a\nb", "name": "Zoë 🚀"});
    let changed = server.user().patch(ME, &change).expect(200).await;
    for (field, value) in change.as_object().unwrap() {
        assert_eq!(&changed[field], value);
    }
    let cleared = server.user().patch(ME, json!({"notes": null})).expect(200).await;
    assert_eq!(cleared["notes"], Value::Null);
    assert_eq!(cleared["preferred_name"], "Robin");
    assert_eq!(server.user().patch(ME, json!({})).expect(200).await, cleared);
    assert_eq!(server.user().get(ME).expect(200).await, cleared);
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_are_not_the_callers_to_change_are_ignored() {
    let server = Server::start(Backend::Sqlite).await;
    let before = server.user().get(ME).expect(200).await;
    let grab = json!({"email": "evil@example.com", "is_super_admin": true, "clerk_user_id": "x"});
    assert_eq!(server.user().patch(ME, grab).expect(200).await, before);
}

fn places(body: &Value) -> Vec<String> {
    let faults = body["detail"].as_array().unwrap();
    faults.iter().map(|fault| fault["loc"].to_string().replace('"', "")).collect()
}

#[rstest]
#[case(json!({"name": 5}), &["[body,name]"])]
#[case(json!({"name": [], "notes": {}}), &["[body,name]", "[body,notes]"])]
#[case(json!([1]), &["[body]"])]
#[case(json!("x"), &["[body]"])]
#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_is_a_422_that_names_every_fault(#[case] body: Value, #[case] expected: &[&str]) {
    let server = Server::start(Backend::Sqlite).await;
    let answer = server.user().patch(ME, body).expect(422).await;
    assert_eq!(places(&answer), expected);
    assert_eq!(answer["code"], "invalid_request");
}

/// Sends a body as it is.
async fn raw(body: &'static str, content_type: Option<&str>) -> (u16, Value) {
    let server = Server::start(Backend::Sqlite).await;
    let client = plain_client();
    let mut request =
        client.request(Method::PATCH, format!("{}{ME}", server.base_url)).bearer_auth(TOKEN).body(body);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[rstest]
#[case::none("", None, "[body]")]
#[case::malformed("{bad", Some("application/json"), "[body,1]")]
#[case::form("name=x", Some("application/x-www-form-urlencoded"), "[body]")]
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_no_json_is_a_422(
    #[case] body: &'static str,
    #[case] content_type: Option<&str>,
    #[case] place: &str,
) {
    let (status, answer) = raw(body, content_type).await;
    assert_eq!((status, places(&answer)), (422, vec![place.to_owned()]));
}

#[rstest]
#[case::no_content_type(None)]
#[case::with_charset(Some("application/json; charset=utf-8"))]
#[case::a_kind_of_json(Some("application/merge-patch+json"))]
#[tokio::test(flavor = "multi_thread")]
async fn json_is_read_whether_or_not_it_is_called_so(#[case] content_type: Option<&str>) {
    let (status, answer) = raw(r#"{"name": "NoCT"}"#, content_type).await;
    assert_eq!((status, &answer["name"]), (200, &json!("NoCT")));
}
