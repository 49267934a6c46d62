//! Hostile input for every operation of the API document: for each field of a body, each parameter of a query and of a path,
//! and whole bodies. Whatever comes, the answer is no failure of the server, comes soon and is short, and the memory of the
//! process stays where it was.
//!
//! The server runs in the process of the test; `scripts/hostile` has the same sent to one that was built for use.

use std::env;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::{StreamExt, stream};
use mission_control_api::openapi;
use mission_control_core::limits::PAGE_BYTES;
use mission_control_store::{Db, DbOptions};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::{Call, TestClient};
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::access::{Route, connect_quiet_gateway};
use crate::everything::{self, Places};
use crate::server::{Server, TOKEN};

/// No answer takes longer, on a busy machine and without optimisation.
const SOON: Duration = Duration::from_secs(20);
/// No answer is longer: a page, escaped, and what is around it.
const SHORT: usize = 3 * PAGE_BYTES as usize;
/// By how much the process may have grown, in bytes: requests and answers under way, and what allocators keep.
const GROWTH: usize = 300 << 20;
/// Requests under way at the same time: fewer than one credential may have waiting for a gateway.
const AT_ONCE: usize = 4;

/// Times at the ends of what anybody can write.
const TIMES: [&str; 6] = [
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59.999999",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "2026-02-30T25:61:61",
    "9999-12-31T23:59:59-23:59",
];

/// Whole bodies that are hostile to whoever reads them.
static BODIES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let unknown: Vec<String> = (0..20_000).map(|n| format!("\"u{n}\":null")).collect();
    vec![
        "[".repeat(10_000).into_bytes(),
        r#"{"a":"#.repeat(10_000).into_bytes(),
        br#"{"name":"\ud800","title":"\udfff","content":"\ud800\ud800"}"#.to_vec(),
        br#"{"name":1e400,"limit":-1e400}"#.to_vec(),
        b"{\"name\":\"\xff\xfe\"}".to_vec(),
        b"null".to_vec(),
        MANY_NUMBERS.clone().into_bytes(),
        format!("{{{}}}", unknown.join(",")).into_bytes(),
        Vec::new(),
    ]
});

static MANY_NUMBERS: LazyLock<String> = LazyLock::new(|| format!("[{}0]", "0,".repeat(99_999)));

/// Values that are hostile to a field of this schema, as they stand in JSON; none that is merely of another type more than
/// twice.
fn values(schema: &Value) -> Vec<String> {
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&kind.into()))
    };
    let text = |text: String| format!("\"{text}\"");
    let mut values = vec![r#"{"a":{"b":[[]]}}"#.to_owned(), "-1".to_owned()];
    if is("string") {
        let max = usize::try_from(schema["maxLength"].as_u64().unwrap_or(100)).unwrap();
        values.extend([
            text("x".repeat(max + 1)),
            text("🦀".repeat(max)),
            json!("a\0b").to_string(),
            json!("\u{202e}\u{1}'\";--%_\\<script>{{ 7 * 7 }}\r\n\r\n").to_string(),
        ]);
        if schema["format"] == "date-time" {
            values.extend(TIMES.map(|time| text(time.to_owned())));
            values.extend(["1e18", "-1e18", "9223372036854775807"].map(str::to_owned));
        }
    }
    if is("integer") || is("number") {
        let numbers = ["9223372036854775807", "-9223372036854775808", "1e308", "0.5"];
        values.extend(numbers.map(str::to_owned));
        values.push(text("9".repeat(400)));
    }
    if is("array") {
        values.extend([
            MANY_NUMBERS.clone(),
            json!(vec!["x"; 100]).to_string(),
            json!(vec!["00000000-0000-4000-8000-00000000dead"; 100]).to_string(),
            "[[[]],null,{}]".to_owned(),
        ]);
    }
    if is("object") || schema.get("x-max-bytes").is_some() {
        let deep = |levels| format!("{}1{}", r#"{"a":["#.repeat(levels), "]}".repeat(levels));
        values.extend([
            deep(15),
            deep(60),
            r#"{"a\u0000":"b\u0000"}"#.to_owned(),
            format!(r#"{{"reason":"r","a":"{}"}}"#, "🦀".repeat(30_000)),
            format!(r#"{{"a":1e308,"b":-9223372036854775808,"c":"{}"}}"#, "x".repeat(10_000)),
        ]);
    }
    values
}

/// Texts that are hostile to a parameter, as they stand in a query.
fn texts(name: &str, schema: &Value) -> Vec<String> {
    if name == "cursor" {
        return cursors();
    }
    let mut texts: Vec<String> = [
        "%00",
        "%ff%fe",
        "%ED%A0%80",
        "-1",
        "9223372036854775808",
        "1e308",
        "%27%22%3B--",
        "%F0%9F%A6%80%25_%5C",
    ]
    .map(str::to_owned)
    .to_vec();
    let max = usize::try_from(schema["maxLength"].as_u64().unwrap_or(0)).unwrap_or(0).min(7_000);
    texts.push("a".repeat(max));
    texts.push(vec!["a"; max / 2].join("+"));
    texts.push("a".repeat(7_000));
    if schema["format"] == "date-time" || name == "since" {
        texts.extend(TIMES.map(|time| time.replace('+', "%2B")));
    }
    texts
}

/// Cursors that nobody was given.
fn cursors() -> Vec<String> {
    let id = "00000000-0000-4000-8000-00000000dead";
    let mut keys = vec![
        json!([]),
        json!([null, null]),
        json!(["a\0", ["2026-01-01T00:00:00", id]]),
        json!(["a".repeat(2_000), ["2026-01-01T00:00:00", id]]),
        json!([i64::MAX, id]),
        json!([i64::MIN, id]),
        json!([1e308, id]),
        json!(["9".repeat(300), id]),
        (0..100).fold(json!([]), |inner, _| json!([inner])),
    ];
    keys.extend(TIMES.map(|time| json!([time, id])));
    keys.extend(TIMES.map(|time| json!(["", [time, id]])));
    keys.iter().map(|key| URL_SAFE_NO_PAD.encode(key.to_string())).collect()
}

/// A call, and what it is about for whoever reads the failure.
struct Trial {
    what: String,
    call: Call,
}

impl Trial {
    fn new(what: &str, call: Call) -> Self {
        Self { what: what.chars().take(60).collect(), call }
    }

    async fn run(self, route: &Route<'_>, known: bool) {
        let begun = Instant::now();
        let (status, length) = if route.is_stream() {
            (self.call.status().await, 0)
        } else {
            let answer = self.call.send().await;
            (answer.status, answer.body.to_string().len())
        };
        let (name, what, took) = (route.name(), &self.what, begun.elapsed());
        let is_ours = status >= 500 && !(status == 502 && route.answers(502));
        assert!(!is_ours, "{name} answers {status} to {what}");
        assert!(status != 429 || !known, "{name} does not look at {what}");
        assert!(took < SOON, "{name} takes {took:?} for {what}");
        assert!(length < SHORT, "{name} answers {length} bytes to {what}");
    }
}

/// Stands in a body where a value goes.
const PLACE: &str = "\"<here>\"";

/// The body with [`PLACE`] at a place, which is made where it is not there.
fn open_at(mut body: Value, place: &str) -> String {
    let steps: Vec<&str> = place.split('/').skip(1).collect();
    let mut at = &mut body;
    for step in &steps {
        at = if *step == "0" {
            if !at.is_array() {
                *at = json!([]);
            }
            let elements = at.as_array_mut().unwrap();
            if elements.is_empty() {
                elements.push(json!({}));
            }
            &mut elements[0]
        } else {
            if !at.is_object() {
                *at = json!({});
            }
            at.as_object_mut().unwrap().entry(*step).or_insert(Value::Null)
        };
    }
    *at = json!(PLACE.trim_matches('"'));
    body.to_string()
}

/// Everything that is tried on a route. Each is made when its turn comes.
fn trials<'t>(
    route: &'t Route<'t>,
    client: &'t TestClient,
    places: &'t Places,
    thoroughly: bool,
) -> impl Iterator<Item = Trial> {
    let path = route.narrowed_path(places);
    let call = move |path: &str| client.call(route.method(), path);
    let names = route.template().split('{').skip(1).filter_map(|part| part.split_once('}'));
    let ids =
        ["x", "%00", "%ff", "..%2f..%2fetc", &"9".repeat(6_000), "00000000-0000-0000-0000-000000000000"]
            .map(str::to_owned);
    let in_path = names.flat_map(move |(name, _)| ids.clone().map(|id| (name, id))).map(move |(name, id)| {
        let path = route.path(places).replacen(places.get(name).unwrap(), &id, 1);
        Trial::new(&format!("{name}={id}"), call(&path).json(json!({})))
    });
    let changes = ![Method::GET, Method::DELETE].contains(&route.method());
    let whole = BODIES.iter().filter(move |_| changes).map({
        let path = path.clone();
        move |body| {
            let what = format!("a body like {:?}", String::from_utf8_lossy(&body[..body.len().min(40)]));
            Trial::new(&what, call(&path).raw(body.clone()))
        }
    });
    let thoroughly = thoroughly && route.method() != Method::DELETE;
    let body = route.body(places);
    let in_query = route.parameters().filter(move |_| thoroughly).flat_map({
        let (path, body) = (path.clone(), body.clone());
        move |(name, schema)| {
            let join = if path.contains('?') { '&' } else { '?' };
            let (path, body) = (path.clone(), body.clone());
            texts(name, schema).into_iter().map(move |text| {
                let call = call(&format!("{path}{join}{name}={text}")).json(&body);
                Trial::new(&format!("{name}={text}"), call)
            })
        }
    });
    let in_body = route.fields().into_iter().filter(move |_| thoroughly).flat_map(move |(place, schema)| {
        let (path, body) = (path.clone(), open_at(body.clone(), &place));
        values(schema).into_iter().map(move |value| {
            let call = call(&path).raw(body.replacen(PLACE, &value, 1).into_bytes());
            Trial::new(&format!("{place}={value}"), call)
        })
    });
    in_path.chain(whole).chain(in_query).chain(in_body)
}

/// Sends everything to the server of `stranger`, as everybody.
async fn attack(stranger: &TestClient, db: &Db, token: &str) {
    let document = serde_json::to_value(openapi::document()).unwrap();
    let routes = Route::all(&document);
    let callers = [
        (Actor::Owner, "user", Some("/api/v1/users/me")),
        (Actor::Lead, "agent", Some("/api/v1/agent/boards")),
        (Actor::Anonymous, "", None),
    ];
    for (actor, credential, own) in callers {
        let scene = Scene::set(db.clone(), stranger.clone(), token).await;
        let _gateway = connect_quiet_gateway(&scene).await;
        let places = everything::add(&scene, 1).await;
        let client = scene.enter(actor).await;
        for route in routes.iter().filter(|route| credential.is_empty() || route.admits(credential)) {
            // What both take is tried by the person; what nobody needs a credential for, by anybody.
            let thoroughly = credential == "user" || !route.admits("user");
            stream::iter(trials(route, &client, &places, thoroughly))
                .for_each_concurrent(AT_ONCE, |trial| trial.run(route, !credential.is_empty()))
                .await;
            if actor == Actor::Owner && route.method() != Method::GET {
                scene.enter(actor).await;
            }
            // Else the routes that follow would be tried by nobody who is known.
            if let Some(own) = own {
                client.get(own).expect(200).await;
            }
        }
    }
    let long = format!("/api/v1/boards?cursor={}", "a".repeat(24_000));
    assert_eq!(stranger.get(&long).send().await.status, 414);
}

/// Memory of this process, in bytes.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or_default() * 4096
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_the_server_answers_soon_and_does_not_fail(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let (stranger, before) = (server.stranger(), resident());
    // The first answer says that the schema stands.
    stranger.get("/healthz").expect(200).await;
    attack(&stranger, &server.db().await, TOKEN).await;
    let grown = resident().saturating_sub(before);
    assert!(grown < GROWTH, "the process has grown by {} MB", grown >> 20);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "scripts/hostile starts the server that it needs, and looks at its memory afterwards"]
async fn whatever_comes_a_server_that_was_built_for_use_does_not_fail() {
    let [url, database, token] =
        ["HOSTILE_TO_URL", "HOSTILE_TO_DATABASE", "HOSTILE_TO_TOKEN"].map(|name| env::var(name).unwrap());
    let (wakeups, _) = mpsc::unbounded_channel();
    let db = Db::open(DbOptions::parse(&database).unwrap(), wakeups).await.unwrap();
    attack(&TestClient::stranger(url), &db, &token).await;
}
