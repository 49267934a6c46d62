//! What a query asks for narrows what the path shows: with any parameters, whatever they are set to, a list has nothing in
//! it that it does not have without them, or is refused.

use std::collections::BTreeSet;

use mission_control_api::openapi;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::Value;

use crate::access::{Route, connect_quiet_gateway};
use crate::everything;
use crate::scene;
use crate::server::Server;

/// Parameters that say which part of a list is wanted, and in what form.
const PAGING: [&str; 4] = ["limit", "offset", "cursor", "max_chars"];
const NOBODY: &str = "00000000-0000-4000-8000-00000000dead";

/// The entries of a list; `None` for what is none.
fn entries(body: &Value) -> Option<BTreeSet<String>> {
    let items = body.get("items").unwrap_or(body).as_array()?;
    Some(items.iter().map(|item| item.get("id").unwrap_or(item).to_string()).collect())
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_query_only_narrows_what_the_path_shows(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let away = scene::set_on(&server).await;
    let foreign = everything::add(&away, 1).await;
    let scene = scene::set_on(&server).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let own = everything::add(&scene, 2).await;
    let closed = everything::add_closed(&scene).await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut lists = Route::all(&document);
    lists.retain(|route| route.method() == reqwest::Method::GET && !route.is_stream());

    let mut wider = Vec::new();
    let mut compared = 0;
    for actor in [Actor::Reader, Actor::Owner, Actor::Agent, Actor::MainAgent] {
        let client = scene.enter(actor).await;
        let credential = if actor.is_person() { "user" } else { "agent" };
        for route in lists.iter().filter(|route| route.admits(credential)) {
            let plain = client.get(&route.path(&own)).send().await;
            let Some(all) = entries(&plain.body).filter(|_| plain.status == 200) else { continue };
            let optional = route.optional_parameters();
            let values = |name: &str| -> Vec<String> {
                let kind = Route::kind_of(name);
                let of = |places: &everything::Places| {
                    kind.as_deref().and_then(|kind| places.get(kind)).map(str::to_owned)
                };
                let ids = [of(&own), of(&foreign), of(&closed.places)].into_iter().flatten();
                let words = route.words_of(name);
                let mut values: Vec<String> = ids.chain(words).collect();
                if values.is_empty() {
                    values = ["true", "false", "x", NOBODY].map(str::to_owned).into();
                }
                values
            };
            let given: Vec<(&str, Vec<String>)> = optional
                .into_iter()
                .filter(|name| !PAGING.contains(name))
                .map(|name| (name, values(name)))
                .collect();
            let mut queries: Vec<String> = given
                .iter()
                .flat_map(|(name, values)| values.iter().map(move |value| format!("{name}={value}")))
                .collect();
            let single = queries.clone();
            for (nth, first) in single.iter().enumerate() {
                let name = first.split('=').next();
                let others = single[nth + 1..].iter().filter(|second| second.split('=').next() != name);
                queries.extend(others.map(|second| format!("{first}&{second}")));
            }
            let path = route.path(&own);
            for query in queries {
                let path = format!("{path}{}{query}", if path.contains('?') { '&' } else { '?' });
                let answer = client.get(&path).send().await;
                compared += 1;
                let shown = match answer.status {
                    200 => entries(&answer.body).unwrap_or_default(),
                    status if (400..500).contains(&status) => continue,
                    _ => all.iter().cloned().chain(["a failure".to_owned()]).collect(),
                };
                let more: Vec<&String> = shown.difference(&all).collect();
                if !more.is_empty() {
                    wider.push(format!("{actor} GET {path}: {} {more:?}", answer.status));
                }
            }
        }
    }
    assert!(wider.is_empty(), "{} queries show more:\n{}", wider.len(), wider.join("\n"));
    assert!(compared > 200, "only {compared} queries were compared");
}
