//! Who did something is who held the credential, whatever field of whatever request says otherwise.

use mission_control_api::openapi;
use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::Route;
use crate::everything;
use crate::scene::Scene;

/// Fields by which answers, or requests, may say who did something.
const AUTHORS: [&str; 14] = [
    "source",
    "agent_id",
    "user_id",
    "author",
    "author_id",
    "author_name",
    "created_by",
    "created_by_user_id",
    "created_by_agent_id",
    "resolved_by",
    "resolved_by_user_id",
    "requested_by",
    "sender",
    "auto_reason",
];

/// The fields of a name, wherever they are in `value`, that say `claim`.
fn claims(value: &Value, claim: &str) -> Vec<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, field)| {
                let own = AUTHORS.contains(&name.as_str()) && field.as_str() == Some(claim);
                own.then(|| name.clone()).into_iter().chain(claims(field, claim))
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(|item| claims(item, claim)).collect(),
        _ => Vec::new(),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_field_of_any_request_makes_an_agent_somebody_else(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let variables = [("PROVISION_WAIT_SECONDS", "0"), ("SOULS_DIRECTORY_URL", "http://127.0.0.1:1")];
    let scene = Scene::start_with(backend, &variables).await;
    let user = scene.user().to_string();
    let document = serde_json::to_value(openapi::document()).unwrap();
    let (mut forged, mut tried) = (Vec::new(), 0);
    for route in
        Route::all(&document).iter().filter(|route| route.admits("agent") && route.method() != Method::GET)
    {
        let places = everything::add(&scene, 1).await;
        let path = route.path(&places);
        let Value::Object(plain) = route.body(&places) else { continue };
        for (caller, client) in [("worker", &scene.ada.1), ("lead", &scene.lead.1)] {
            // An id that the route itself is about is nobody's claim.
            for claim in [user.as_str(), "Local User"].into_iter().filter(|claim| !path.contains(claim)) {
                let mut send = async |names: &[&str]| {
                    let mut body = plain.clone();
                    body.extend(names.iter().map(|name| ((*name).to_owned(), json!(claim))));
                    let answer = client.call(route.method(), &path).json(&body).send().await;
                    if answer.status < 300 {
                        tried += 1;
                        let said = claims(&answer.body, claim);
                        forged.extend(
                            said.iter().map(|name| format!("{} by a {caller}: {name}", route.name())),
                        );
                    }
                    answer.status
                };
                // Not every field takes every claim: those that do, one at a time.
                if send(&AUTHORS).await == 422 {
                    for name in AUTHORS {
                        send(&[name]).await;
                    }
                }
            }
        }
    }
    forged.sort();
    forged.dedup();
    assert!(forged.is_empty(), "{}", forged.join("\n"));
    assert!(tried > 30, "only {tried} requests were taken");
}
