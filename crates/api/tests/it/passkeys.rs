use diesel::prelude::*;
use futures_util::future::join_all;
use mission_control_core::id::PasskeyId;
use mission_control_core::limits::PASSKEYS as PASSKEYS_MOST;
use mission_control_core::models::Passkey;
use mission_control_core::schema::{passkey_ceremonies, passkeys, web_sessions};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, passkeys as rows};
use mission_control_testkit::client::{Answer, TestClient};
use mission_control_testkit::mail_server::MailServer;
use mission_control_testkit::passkey::Device;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::accounts::{BOB, SIGN_IN, browser, linked, reset_token, send, sign_in, with_bob_at};
use crate::server::Server;

const ME: &str = "/api/v1/users/me";
const PASSKEYS: &str = "/api/v1/auth/passkeys";
const BY_PASSKEY: &str = "/api/v1/auth/passkey-sign-in";
const SECOND: &str = "/api/v1/auth/second-factor";
/// What browsers call the server: they keep no passkeys for the number at which tests reach it.
const NAME: &str = "http://localhost:8000";

async fn start(backend: Backend) -> (Server, TestClient, TestClient) {
    with_bob_at(backend, &[("BASE_URL", NAME)]).await
}

/// Adds a passkey of this name.
async fn add(person: &TestClient, name: &str) -> (Device, Value) {
    let mut device = Device::new(NAME);
    let asked = person.post(&format!("{PASSKEYS}/begin"), json!({})).expect(200).await;
    let credential = device.create(&asked["options"]);
    let body = json!({ "name": name, "ceremony": asked["ceremony"], "credential": credential });
    (device, person.post(PASSKEYS, body).expect(200).await)
}

async fn ask(server: &Server) -> Value {
    let asked = send(server, &format!("{BY_PASSKEY}/begin"), json!({})).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    asked.body
}

async fn answer(server: &Server, asked: &Value, credential: Value) -> Answer {
    send(server, BY_PASSKEY, json!({ "ceremony": asked["ceremony"], "credential": credential })).await
}

async fn come_with(server: &Server, device: &mut Device) -> Answer {
    let asked = ask(server).await;
    let credential = device.get(&asked["options"]);
    answer(server, &asked, credential).await
}

fn is_refused(answer: &Answer) {
    assert_eq!((answer.status, &answer.body["code"]), (401, &json!("passkey_refused")), "{}", answer.body);
}

/// Asks for a passkey beside Bob's password, and answers.
async fn show_beside_password(server: &Server, device: &mut Device) -> Answer {
    let body = json!({ "email": BOB.0, "password": BOB.1 });
    let asked = send(server, "/api/v1/auth/sign-in/passkey", body).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let passkey =
        json!({ "ceremony": asked.body["ceremony"], "credential": device.get(&asked.body["options"]) });
    send(server, SIGN_IN, json!({ "email": BOB.0, "password": BOB.1, "passkey": passkey })).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_alone_signs_in_until_it_is_removed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, owner, bob) = start(backend).await;
    let ways = server.stranger().get("/api/v1/auth/ways").expect(200).await;
    assert_eq!(ways["passkeys"], "localhost");
    let (mut device, added) = add(&bob, "Laptop").await;
    assert_eq!((&added["name"], &added["last_used_at"]), (&json!("Laptop"), &Value::Null));
    let signed_in = come_with(&server, &mut device).await;
    let by_passkey = browser(&server, &signed_in);
    assert_eq!(by_passkey.get(ME).expect(200).await["email"], BOB.0);
    assert_eq!(signed_in.body["has_password"], true);
    let path = format!("{PASSKEYS}/{}", added["id"].as_str().unwrap());
    let renamed = bob.patch(&path, json!({ "name": "Old laptop" })).expect(200).await;
    assert_eq!(renamed["name"], "Old laptop");
    assert_ne!(renamed["last_used_at"], Value::Null);
    assert_eq!(bob.get(PASSKEYS).expect(200).await["items"], json!([renamed]));
    for call in [owner.delete(&path), owner.patch(&path, json!({ "name": "Mine" }))] {
        call.expect(404).await;
    }
    bob.delete(&path).expect(200).await;
    by_passkey.get(ME).expect(401).await;
    bob.get(ME).expect(200).await;
    is_refused(&come_with(&server, &mut device).await);
    let entries = owner.get("/api/v1/audit").expect(200).await;
    let actions: Vec<_> =
        entries["items"].as_array().unwrap().iter().filter_map(|it| it["action"].as_str()).collect();
    let wanted = [
        "session.refused",
        "account.passkey_removed",
        "account.passkey_renamed",
        "session.signed_in",
        "account.passkey_added",
    ];
    let seen: Vec<_> = actions.into_iter().filter(|it| wanted.contains(it)).take(5).collect();
    assert_eq!(seen, wanted);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_once_in_time_and_of_a_page_of_this_server(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, _, bob) = start(backend).await;
    let (mut device, _) = add(&bob, "Laptop").await;
    let asked = ask(&server).await;
    let credential = device.get(&asked["options"]);
    assert_eq!(answer(&server, &asked, credential.clone()).await.status, 200);
    is_refused(&answer(&server, &asked, credential.clone()).await);
    is_refused(&answer(&server, &ask(&server).await, credential).await);

    let late = ask(&server).await;
    let db = server.db().await;
    db.write::<_, StoreError, _>(|tx| {
        let all = diesel::update(passkey_ceremonies::table);
        all.set(passkey_ceremonies::expires_at.eq(Timestamp::now())).execute(&mut **tx)?;
        Ok(())
    })
    .await
    .unwrap();
    let credential = device.get(&late["options"]);
    is_refused(&answer(&server, &late, credential).await);

    device.origin = "https://evil.example.com".to_owned();
    is_refused(&come_with(&server, &mut device).await);
    device.origin = "http://localhost:8001".to_owned();
    is_refused(&come_with(&server, &mut device).await);
    device.origin = NAME.to_owned();
    device.counter = 0;
    is_refused(&come_with(&server, &mut device).await);
    device.counter = 100;
    assert_eq!(come_with(&server, &mut device).await.status, 200);
    is_refused(&come_with(&server, &mut Device::new(NAME)).await);
    let nonsense = answer(&server, &ask(&server).await, json!({ "id": "x" })).await;
    is_refused(&nonsense);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers_for_somebody_else(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let (server, owner, bob) = start(backend).await;
    let (mut device, _) = add(&bob, "Laptop").await;
    // The question of another person, and one of another kind.
    let of_owner = owner.post(&format!("{PASSKEYS}/begin"), json!({})).expect(200).await;
    let mut new = Device::new(NAME);
    let body = json!({ "name": "Mine", "ceremony": of_owner["ceremony"], "credential": new.create(&of_owner["options"]) });
    let refused = bob.post(PASSKEYS, body).expect(422).await;
    assert_eq!(refused["detail"][0]["type"], "passkey_refused", "{refused}");
    let of_bob = bob.post(&format!("{PASSKEYS}/begin"), json!({})).expect(200).await;
    let mut options = of_bob["options"].clone();
    options["rpId"] = json!("localhost");
    is_refused(&answer(&server, &of_bob, device.get(&options)).await);
    // A key that is somebody's already, whatever it says.
    let asked = owner.post(&format!("{PASSKEYS}/begin"), json!({})).expect(200).await;
    let body = json!({ "name": "Mine", "ceremony": asked["ceremony"], "credential": device.create(&asked["options"]) });
    owner.post(PASSKEYS, body).expect(409).await;
    // The device believes that it is the owner's now, and is not.
    is_refused(&come_with(&server, &mut device).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_asked_for_beside_the_password(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, owner, bob) = start(backend).await;
    let wish = |on: bool| json!({ "passkeys": on, "password": BOB.1 });
    bob.put(SECOND, wish(true)).expect(409).await;
    let (mut device, added) = add(&bob, "Key").await;
    assert_eq!(sign_in(&server, BOB).await.status, 200, "it only may be used yet");
    let codes = bob.put(SECOND, wish(true)).expect(200).await;
    assert_eq!(codes["recovery_codes"].as_array().unwrap().len(), 10);
    let again = bob.put(SECOND, wish(true)).expect(200).await;
    assert_eq!(again["recovery_codes"], json!([]), "they are shown once");
    let needed = sign_in(&server, BOB).await;
    assert_eq!((needed.status, &needed.body["code"]), (401, &json!("second_factor_needed")));
    assert_eq!(needed.body["params"]["passkey"], true, "{}", needed.body);
    browser(&server, &show_beside_password(&server, &mut device).await).get(ME).expect(200).await;
    is_refused(&show_beside_password(&server, &mut Device::new(NAME)).await);
    let code = json!({ "email": BOB.0, "password": BOB.1, "code": codes["recovery_codes"][0] });
    assert_eq!(send(&server, SIGN_IN, code).await.status, 200);
    let wrong = json!({ "email": BOB.0, "password": "guessed-by-somebody" });
    assert_eq!(send(&server, "/api/v1/auth/sign-in/passkey", wrong).await.status, 401);

    let path = format!("{PASSKEYS}/{}", added["id"].as_str().unwrap());
    bob.delete(&path).expect(409).await;
    assert_eq!(bob.get(PASSKEYS).expect(200).await["total"], 1, "nothing was removed");
    bob.put(SECOND, json!({ "passkeys": false, "password": "wrong" })).expect(422).await;
    bob.put(SECOND, wish(false)).expect(200).await;
    assert_eq!(sign_in(&server, BOB).await.status, 200);
    let how = bob.get("/api/v1/auth/authenticator").expect(200).await;
    assert_eq!(how, json!({ "since": null, "passkeys_since": null, "recovery_codes_left": 0 }));
    bob.delete(&path).expect(200).await;
    for action in ["account.second_factor_on", "account.second_factor_off"] {
        assert_eq!(owner.get(&format!("/api/v1/audit?action={action}")).expect(200).await["total"], 1);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_new_password_leaves_no_passkey(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, owner, bob) = start(backend).await;
    let (mut device, _) = add(&bob, "Key").await;
    bob.put(SECOND, json!({ "passkeys": true })).expect(200).await;
    let by_passkey = browser(&server, &come_with(&server, &mut device).await);
    let token = reset_token(&owner, BOB.0).await.body["token"].clone();
    let body = json!({ "token": token, "password": "velvet-harbor-cactus" });
    assert_eq!(send(&server, "/api/v1/auth/password-reset", body).await.status, 200);
    by_passkey.get(ME).expect(401).await;
    is_refused(&come_with(&server, &mut device).await);
    let bob = browser(&server, &sign_in(&server, (BOB.0, "velvet-harbor-cactus")).await);
    assert_eq!(bob.get(PASSKEYS).expect(200).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_asked_for_by_mail_leaves_passkeys_and_asks_for_them_as_before() {
    let mail = MailServer::start().await;
    let url = mail.url();
    let variables = [("BASE_URL", NAME), ("SMTP_URL", url.as_str()), ("MAIL_FROM", "mc@example.com")];
    let (server, _, bob) = with_bob_at(Backend::Sqlite, &variables).await;
    let (mut device, _) = add(&bob, "Key").await;
    bob.put(SECOND, json!({ "passkeys": true })).expect(200).await;
    send(&server, "/api/v1/auth/password-reset-request", json!({ "email": BOB.0 })).await;
    let token = linked(&mail.letters(2).await[1], "reset");
    let body = json!({ "token": token, "password": "velvet-harbor-cactus" });
    assert_eq!(send(&server, "/api/v1/auth/password-reset", body).await.status, 200);
    let alone = sign_in(&server, (BOB.0, "velvet-harbor-cactus")).await;
    assert_eq!((alone.status, &alone.body["code"]), (401, &json!("second_factor_needed")), "{}", alone.body);
    browser(&server, &come_with(&server, &mut device).await).get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signed_in_long_ago_shows_the_password_once_more() {
    let (server, _, bob) = start(Backend::Sqlite).await;
    let begin = format!("{PASSKEYS}/begin");
    bob.post(&begin, json!({ "password": "wrong" })).expect(422).await;
    server
        .db()
        .await
        .write::<_, StoreError, _>(|tx| {
            let long_ago = Timestamp::from_micros(Timestamp::now().micros() - 11 * 60 * 1_000_000);
            let all = diesel::update(web_sessions::table);
            all.set(web_sessions::created_at.eq(long_ago)).execute(&mut **tx)?;
            Ok(())
        })
        .await
        .unwrap();
    let refused = bob.post(&begin, json!({})).expect(422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "password"]), "{refused}");
    bob.put(SECOND, json!({ "passkeys": false })).expect(422).await;
    bob.post(&begin, json!({ "password": BOB.1 })).expect(200).await;
    server.user().post(&begin, json!({})).expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_person_has_so_many_passkeys_and_no_more_also_by_adding_many_at_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, _, bob) = start(backend).await;
    let begin = format!("{PASSKEYS}/begin");
    let (device, first) = add(&bob, "First").await;
    let mut bodies = Vec::new();
    // With the others here these are as many questions and answers as somebody may have in a minute.
    for _ in 0..3 {
        let asked = bob.post(&begin, json!({})).expect(200).await;
        assert_eq!(asked["options"]["excludeCredentials"][0]["id"], device.name());
        assert_eq!(asked["options"]["authenticatorSelection"]["residentKey"], "required");
        let credential = Device::new(NAME).create(&asked["options"]);
        bodies.push(json!({ "name": "One more", "ceremony": asked["ceremony"], "credential": credential }));
    }
    let first = first["id"].as_str().unwrap().parse().unwrap();
    server
        .db()
        .await
        .write::<_, StoreError, _>(move |tx| {
            let first: Passkey = passkeys::table.find::<PasskeyId>(first).first(&mut **tx)?;
            for nth in 2..PASSKEYS_MOST {
                let (id, credential_id) = (PasskeyId::random(), nth.to_string());
                rows::insert(tx, &Passkey { id, credential_id, ..first.clone() })?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let answers = join_all(bodies.into_iter().map(|body| bob.post(PASSKEYS, body).send())).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409]);
    bob.post(&begin, json!({})).expect(409).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_name_has_no_passkeys() {
    let (server, _, bob) = with_bob_at(Backend::Sqlite, &[]).await;
    bob.post(&format!("{PASSKEYS}/begin"), json!({})).expect(409).await;
    assert_eq!(send(&server, &format!("{BY_PASSKEY}/begin"), json!({})).await.status, 409);
    let evil = server.stranger().post(&format!("{BY_PASSKEY}/begin"), json!({}));
    evil.header("origin", "https://evil.example.com").expect(403).await;
}
