use mission_control_core::id::BoardId;
use mission_control_core::models::{Account, Board};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, accounts, boards};
use mission_control_testkit::client::{Answer, TestClient};
use mission_control_testkit::mail_server::{MailServer, Received};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::events::SECRETS_KEY;
use crate::server::{Server, plain_client};

const ME: &str = "/api/v1/users/me";
pub(crate) const SIGN_IN: &str = "/api/v1/auth/sign-in";
const INVITES: &str = "/api/v1/organizations/me/invites";
const OWNER: (&str, &str) = ("owner@example.com", "anvil-pelican-quartz");
pub(crate) const BOB: (&str, &str) = ("bob@example.com", "marble-otter-lantern");

/// A server whose people have accounts, and the code by which it is set up.
pub(crate) async fn start(backend: Backend, variables: &[(&str, &str)]) -> (Server, String) {
    let modes = [("AUTH_MODE", "accounts,local")];
    let server = Server::start_with(backend, &[&modes, variables].concat()).await;
    server.stranger().get("/healthz").expect(200).await;
    let code = std::fs::read_to_string(server.data_dir().join("setup-code")).unwrap();
    (server, code)
}

/// Sends what a page of the server sends before anybody is signed in.
pub(crate) async fn send(server: &Server, path: &str, body: Value) -> Answer {
    server.stranger().post(path, body).header("origin", &server.base_url).send().await
}

pub(crate) fn browser(server: &Server, answer: &Answer) -> TestClient {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    server.stranger().own_page(&cookie)
}

pub(crate) async fn set_up(server: &Server, code: &str) -> Answer {
    let body = json!({ "code": code, "email": " Owner@Example.com", "name": "Olga", "password": OWNER.1 });
    send(server, "/api/v1/auth/set-up", body).await
}

pub(crate) async fn sign_in(server: &Server, (email, password): (&str, &str)) -> Answer {
    send(server, SIGN_IN, json!({ "email": email, "password": password })).await
}

/// A server with an owner who is signed in, and a member who is too.
async fn with_bob(backend: Backend) -> (Server, TestClient, TestClient) {
    with_bob_at(backend, &[]).await
}

/// The same with these variables.
pub(crate) async fn with_bob_at(
    backend: Backend,
    variables: &[(&str, &str)],
) -> (Server, TestClient, TestClient) {
    let (server, code) = start(backend, variables).await;
    let owner = browser(&server, &set_up(&server, &code).await);
    let invite =
        owner.post(INVITES, json!({ "invited_email": BOB.0, "all_boards_read": true })).expect(200).await;
    let body = json!({ "token": invite["token"], "name": "Bob", "password": BOB.1 });
    let bob = browser(&server, &send(&server, "/api/v1/auth/join", body).await);
    (server, owner, bob)
}

async fn member_id(owner: &TestClient, email: &str) -> String {
    let members = owner.get("/api/v1/organizations/me/members").expect(200).await;
    let members = members["items"].as_array().unwrap();
    let found = members.iter().find(|member| member["user"]["email"] == email).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn reset_token(owner: &TestClient, email: &str) -> Answer {
    let id = member_id(owner, email).await;
    owner.post(&format!("/api/v1/organizations/me/members/{id}/password-reset"), Value::Null).send().await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_first_account_is_the_owners_and_takes_the_code_of_the_terminal(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, code) = start(backend, &[]).await;
    let ways = server.stranger().get("/api/v1/auth/ways").expect(200).await;
    assert_eq!(
        ways,
        json!({ "access_token": true, "accounts": true, "needs_set_up": true, "clerk": null, "passkeys": null, "provider": null, "mails_resets": false })
    );
    // What the token's holder made is theirs afterwards.
    let before = server.user().get(ME).expect(200).await;
    assert_eq!(set_up(&server, "guessed").await.status, 403);
    let owner = browser(&server, &set_up(&server, &code).await);
    let me = owner.get(ME).expect(200).await;
    assert_eq!((&me["id"], &me["email"], &me["name"]), (&before["id"], &json!(OWNER.0), &json!("Olga")));
    assert_eq!(owner.get("/api/v1/organizations/me/member").expect(200).await["role"], "owner");
    assert_eq!(set_up(&server, &code).await.status, 409, "the code has served its purpose");
    assert!(!server.data_dir().join("setup-code").exists());
    let ways = server.stranger().get("/api/v1/auth/ways").expect(200).await;
    assert_eq!(ways["needs_set_up"], false);
    assert_eq!(owner.get("/api/v1/auth/session").expect(200).await["has_password"], true);
    browser(&server, &sign_in(&server, OWNER).await).get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_is_refused_with_what_is_wrong_with_it() {
    let (server, code) = start(Backend::Sqlite, &[]).await;
    for (password, kind) in [("short", "password_short"), ("olga@example.com1", "password_guessable")] {
        let body = json!({ "code": code, "email": "olga@example.com", "name": "Olga", "password": password });
        let refused = send(&server, "/api/v1/auth/set-up", body).await;
        assert_eq!(
            (refused.status, &refused.body["detail"][0]["type"]),
            (422, &json!(kind)),
            "{}",
            refused.body
        );
    }
    let long = json!({ "email": OWNER.0, "password": "a".repeat(257) });
    assert_eq!(send(&server, SIGN_IN, long).await.status, 422);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_invited_person_gets_an_account_and_sees_what_was_opened_to_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, code) = start(backend, &[]).await;
    let owner = browser(&server, &set_up(&server, &code).await);
    let home =
        owner.get("/api/v1/organizations/me").expect(200).await["id"].as_str().unwrap().parse().unwrap();
    let (open, closed) = (Board::new(home, "Open", "open"), Board::new(home, "Closed", "closed"));
    let (board, other) = (open.id, closed.id);
    let db = server.db().await;
    let insert = db.write::<_, StoreError, _>(move |tx| {
        boards::insert(tx, &open)?;
        boards::insert(tx, &closed)
    });
    insert.await.unwrap();
    let access = json!([{ "board_id": board, "can_read": true, "can_write": false }]);
    let invite = owner.post(INVITES, json!({ "invited_email": BOB.0, "board_access": access }));
    let token = invite.expect(200).await["token"].clone();

    let read = send(&server, "/api/v1/auth/invitation", json!({ "token": token })).await.body;
    let expected =
        json!({ "organization": "Personal", "email": BOB.0, "role": "member", "has_account": false });
    assert_eq!(read, expected);
    assert_eq!(send(&server, "/api/v1/auth/invitation", json!({ "token": "none" })).await.status, 404);
    let join = |password: &str| json!({ "token": token, "name": "Bob", "password": password });
    assert_eq!(send(&server, "/api/v1/auth/join", join("weak")).await.status, 422);
    let bob = browser(&server, &send(&server, "/api/v1/auth/join", join(BOB.1)).await);
    assert_eq!(send(&server, "/api/v1/auth/join", join(BOB.1)).await.status, 404, "it was accepted");

    let path = |board: &BoardId| format!("/api/v1/boards/{board}");
    bob.get(&path(&board)).expect(200).await;
    bob.get(&path(&other)).expect(403).await;
    let task = json!({ "title": "Dig" });
    bob.post(&format!("{}/tasks", path(&board)), &task).expect(403).await;
    bob.get("/api/v1/gateways").expect(403).await;
    let id = member_id(&owner, BOB.0).await;
    let grants = json!({ "board_access": [{ "board_id": board, "can_write": true }] });
    owner.put(&format!("/api/v1/organizations/me/members/{id}/access"), grants).expect(200).await;
    let task = bob.post(&format!("{}/tasks", path(&board)), &task).expect(200).await;
    assert_eq!(task["created_by_user_id"], bob.get(ME).expect(200).await["id"]);

    // A second organization: with the account there is, and both are reached by their ids.
    owner.post("/api/v1/organizations", json!({ "name": "Second" })).expect(200).await;
    let invite =
        owner.post(INVITES, json!({ "invited_email": BOB.0, "all_boards_read": true })).expect(200).await;
    let join = |password: &str| json!({ "token": invite["token"], "password": password });
    assert_eq!(send(&server, "/api/v1/auth/join", join(OWNER.1)).await.status, 401);
    let bob = browser(&server, &send(&server, "/api/v1/auth/join", join(BOB.1)).await);
    assert_eq!(bob.get("/api/v1/organizations/me").expect(200).await["name"], "Second");
    bob.get(&path(&board)).expect(200).await;
    let entry = owner.get("/api/v1/audit?action=session.signed_in").expect(200).await;
    assert_eq!(entry["items"][0]["actor_name"], "Bob", "{entry}");
    owner.get("/api/v1/audit?action=account.created").expect(200).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn another_password_ends_the_other_browsers_with_their_streams(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, _, bob) = with_bob(backend).await;
    let answer = sign_in(&server, BOB).await;
    let elsewhere = browser(&server, &answer);
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let url = format!("{}/api/v1/events", server.base_url);
    let mut stream = plain_client().get(url).header("cookie", cookie).send().await.unwrap();
    assert_eq!(stream.status(), 200);
    let change = |current: &str, new: &str| {
        bob.put("/api/v1/auth/password", json!({ "current_password": current, "password": new })).send()
    };
    let wrong = change("wrong", "velvet-harbor-cactus").await;
    assert_eq!((wrong.status, &wrong.body["detail"][0]["type"]), (422, &json!("password_wrong")));
    assert_eq!(change(BOB.1, "bob@example.com").await.status, 422);
    let here = browser(&server, &change(BOB.1, "velvet-harbor-cactus").await);
    while stream.chunk().await.unwrap().is_some() {}
    elsewhere.get(ME).expect(401).await;
    bob.get(ME).expect(401).await;
    here.get(ME).expect(200).await;
    assert_eq!(sign_in(&server, BOB).await.status, 401);
    assert_eq!(sign_in(&server, (BOB.0, "velvet-harbor-cactus")).await.status, 200);
    let by_token =
        server.user().put("/api/v1/auth/password", json!({ "current_password": "", "password": "" }));
    by_token.expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_new_password_works_once_and_is_made_by_who_is_above(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, owner, bob) = with_bob(backend).await;
    assert_eq!(reset_token(&bob, OWNER.0).await.status, 403);
    assert_eq!(reset_token(&owner, OWNER.0).await.status, 403, "they know their own");
    let first = reset_token(&owner, BOB.0).await;
    let token = reset_token(&owner, BOB.0).await.body["token"].clone();
    let reset = |token: &Value, password: &str| {
        send(&server, "/api/v1/auth/password-reset", json!({ "token": token, "password": password }))
    };
    assert_eq!(reset(&first.body["token"], "velvet-harbor-cactus").await.status, 404, "it was replaced");
    assert_eq!(reset(&token, "bob@example.com").await.status, 422);
    let done = reset(&token, "velvet-harbor-cactus").await;
    assert_eq!((done.status, done.body), (200, json!({ "email": BOB.0 })));
    assert_eq!(reset(&token, "velvet-harbor-cactus").await.status, 404, "it was used");
    bob.get(ME).expect(401).await;
    assert_eq!(sign_in(&server, BOB).await.status, 401);
    let bob = browser(&server, &sign_in(&server, (BOB.0, "velvet-harbor-cactus")).await);

    // Elsewhere they are somebody whom this owner has no power over.
    bob.post("/api/v1/organizations", json!({ "name": "Bob's" })).expect(200).await;
    let refused = reset_token(&owner, BOB.0).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    let entries = owner.get("/api/v1/audit?action=account.reset_offered").expect(200).await;
    assert_eq!(entries["total"], 2, "{entries}");
    assert_eq!(entries["items"][0]["actor_name"], "Olga");
}

/// The token of the link in a letter.
pub(crate) fn linked(letter: &Received, page: &str) -> Value {
    let link = letter.content.lines().find_map(|line| line.split_once(&format!("/{page}#")));
    json!(link.unwrap_or_else(|| panic!("no link in {}", letter.content)).1)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn where_mail_is_sent_links_go_to_whom_they_are_for_and_to_no_admin(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mail = MailServer::start().await;
    let url = mail.url();
    let (server, owner, bob) =
        with_bob_at(backend, &[("SMTP_URL", &url), ("MAIL_FROM", "Mission Control <mc@example.com>")]).await;
    let invitation = mail.letters(1).await.remove(0);
    assert_eq!(invitation.to, BOB.0);
    assert!(invitation.content.contains("Olga invites you to the organization “Personal”"));
    let known = json!({ "token": linked(&invitation, "invite") });
    assert_eq!(send(&server, "/api/v1/auth/invitation", known).await.status, 404, "Bob has accepted it");
    let refused = owner.post(INVITES, json!({ "invited_email": "nobody@example.com" })).expect(200).await;
    assert_eq!((&refused["mailed"], refused["token"].is_string()), (&json!(false), true), "{refused}");

    let offer = reset_token(&owner, BOB.0).await.body;
    assert_eq!((&offer["token"], &offer["mailed_to"]), (&Value::Null, &json!(BOB.0)), "{offer}");
    let by_admin = linked(&mail.letters(2).await[1], "reset");
    let ask = |email: &str| send(&server, "/api/v1/auth/password-reset-request", json!({ "email": email }));
    let unknown = ask("eve@example.com").await;
    let known = ask(" Bob@Example.com").await;
    assert_eq!((unknown.status, &unknown.body), (200, &known.body), "nobody learns who is known here");
    let letters = mail.letters(3).await;
    assert_eq!(letters[2].to, BOB.0);
    let reset = |token: Value| {
        let body = json!({ "token": token, "password": "velvet-harbor-cactus" });
        send(&server, "/api/v1/auth/password-reset", body)
    };
    assert_eq!(reset(by_admin).await.status, 404, "it was replaced");
    bob.get(ME).expect(200).await;
    assert_eq!(reset(linked(&letters[2], "reset")).await.status, 200);
    bob.get(ME).expect(401).await;
    assert_eq!(sign_in(&server, (BOB.0, "velvet-harbor-cactus")).await.status, 200);
    for _ in 0..4 {
        assert_eq!(ask(BOB.0).await.status, 200);
    }
    let enough = ask(BOB.0).await;
    assert_eq!(enough.status, 429, "{}", enough.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_mail_is_sent_who_asks_for_a_letter_is_told_whom_to_ask_instead() {
    let (server, _, _) = with_bob(Backend::Sqlite).await;
    let refused = send(&server, "/api/v1/auth/password-reset-request", json!({ "email": BOB.0 })).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    let elsewhere = server.stranger().post("/api/v1/auth/password-reset-request", json!({ "email": BOB.0 }));
    let page = elsewhere.header("origin", "https://evil.example.com").send().await;
    assert_eq!(page.status, 403, "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_listed_and_signed_out_one_by_one() {
    let (server, owner, bob) = with_bob(Backend::Sqlite).await;
    let answer = server
        .stranger()
        .post(SIGN_IN, json!({ "email": BOB.0, "password": BOB.1 }))
        .header("origin", &server.base_url)
        .header("user-agent", "Phone/1.0")
        .send()
        .await;
    let phone = browser(&server, &answer);
    let list = bob.get("/api/v1/auth/sessions").expect(200).await;
    let (newest, own) = (&list["items"][0], &list["items"][1]);
    assert_eq!((list["total"].as_i64(), &newest["device"]), (Some(2), &json!("Phone/1.0")), "{list}");
    assert_eq!((&newest["is_this"], &own["is_this"]), (&json!(false), &json!(true)));
    assert_eq!(newest["last_used_address"], "127.0.0.1");
    let path = format!("/api/v1/auth/sessions/{}", newest["id"].as_str().unwrap());
    owner.delete(&path).expect(404).await;
    phone.get(ME).expect(200).await;
    bob.delete(&path).expect(200).await;
    phone.get(ME).expect(401).await;
    bob.get(ME).expect(200).await;
    bob.delete(&path).expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down_and_who_is_signed_in_does_not_notice() {
    let (server, owner, bob) = with_bob(Backend::Sqlite).await;
    let mut statuses = Vec::new();
    for nth in 0..11 {
        statuses.push(sign_in(&server, (BOB.0, &format!("guess-{nth}"))).await.status);
    }
    assert_eq!(statuses, [[401; 10].as_slice(), &[429]].concat());
    let slowed = sign_in(&server, BOB).await;
    assert_eq!(slowed.status, 429, "also for the right one: a guess is a guess");
    assert!(slowed.header("retry-after").is_some());
    bob.get(ME).expect(200).await;
    server.user().get(ME).expect(200).await;
    assert_eq!(sign_in(&server, OWNER).await.status, 200, "others are not slowed down");
    assert_eq!(sign_in(&server, ("nobody@example.com", BOB.1)).await.status, 401);
    let refused = owner.get("/api/v1/audit?action=session.refused").expect(200).await;
    assert_eq!(refused["total"], 11, "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_signs_nobody_in() {
    let (server, _, _) = with_bob(Backend::Sqlite).await;
    let call = server.stranger().post(SIGN_IN, json!({ "email": BOB.0, "password": BOB.1 }));
    call.header("origin", "https://evil.example.com").expect(403).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_removed_is_out_and_comes_back_by_an_invitation() {
    let (server, owner, bob) = with_bob(Backend::Sqlite).await;
    let id = member_id(&owner, BOB.0).await;
    owner.delete(&format!("/api/v1/organizations/me/members/{id}")).expect(200).await;
    bob.get(ME).expect(401).await;
    assert_eq!(sign_in(&server, BOB).await.status, 403);
    let invite = owner.post(INVITES, json!({ "invited_email": BOB.0 })).expect(200).await;
    let body = json!({ "token": invite["token"], "password": BOB.1 });
    browser(&server, &send(&server, "/api/v1/auth/join", body).await).get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_accounts_nobody_gets_one() {
    let server = Server::start_with(Backend::Sqlite, &[("AUTH_MODE", "local")]).await;
    let ways = server.stranger().get("/api/v1/auth/ways").expect(200).await;
    assert_eq!(
        ways,
        json!({ "access_token": true, "accounts": false, "needs_set_up": false, "clerk": null, "passkeys": null, "provider": null, "mails_resets": false })
    );
    assert_eq!(sign_in(&server, OWNER).await.status, 403);
    assert_eq!(set_up(&server, "code").await.status, 403);
    assert!(!server.data_dir().join("setup-code").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn unless_it_is_told_otherwise_a_server_has_accounts_and_an_access_token() {
    let server = Server::start(Backend::Sqlite).await;
    server.user().get(ME).expect(200).await;
    let code = std::fs::read_to_string(server.data_dir().join("setup-code")).unwrap();
    browser(&server, &set_up(&server, &code).await).get(ME).expect(200).await;
    server.user().get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_can_keep_no_set_up_code_is_entered_by_the_access_token() {
    let data_dir = tempfile::tempdir().unwrap();
    // Not even root writes over a directory.
    std::fs::create_dir(data_dir.path().join("setup-code")).unwrap();
    let settings =
        [("MISSION_CONTROL_DATA_DIR", data_dir.path().to_str().unwrap()), ("SECRETS_KEY", SECRETS_KEY)];
    let server = Server::start_with(Backend::Sqlite, &settings).await;
    let ways = server.stranger().get("/api/v1/auth/ways").expect(200).await;
    assert_eq!((&ways["access_token"], &ways["needs_set_up"]), (&json!(true), &json!(false)));
    assert_eq!(set_up(&server, "code").await.status, 409);
    server.user().get(ME).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_local_the_access_token_opens_nothing() {
    let (server, code) = start(Backend::Sqlite, &[("AUTH_MODE", "accounts")]).await;
    server.user().get(ME).expect(401).await;
    let by_token = send(&server, "/api/v1/auth/session", json!({ "token": crate::server::TOKEN })).await;
    assert_eq!(by_token.status, 401);
    browser(&server, &set_up(&server, &code).await).get(ME).expect(200).await;
}

/// What an authenticator app with this secret shows now, and in a minute.
fn app(secret: &Value) -> (String, String) {
    let secret = totp_rs::Secret::try_from_base32(secret.as_str().unwrap()).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = Timestamp::now().micros() / 1_000_000;
    let code = |at: i64| app.generate(u64::try_from(at).unwrap()).to_string();
    (code(now), code(now + 30))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_once_an_app_has_shown_a_code(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (server, owner, bob) = with_bob(backend).await;
    let path = "/api/v1/auth/authenticator";
    assert_eq!(
        bob.get(path).expect(200).await,
        json!({ "since": null, "passkeys_since": null, "recovery_codes_left": 0 })
    );
    let wrong = bob.post(path, json!({ "password": "wrong" })).expect(422).await;
    assert_eq!(wrong["detail"][0]["type"], "password_wrong");
    bob.post(&format!("{path}/confirm"), json!({ "code": "123456" })).expect(409).await;
    let begun = bob.post(path, json!({ "password": BOB.1 })).expect(200).await;
    assert!(begun["url"].as_str().unwrap().starts_with("otpauth://totp/Mission%20Control:bob"), "{begun}");
    assert!(begun["picture"].as_str().unwrap().contains("<svg"));
    assert_eq!(sign_in(&server, BOB).await.status, 200, "nothing is asked for yet");
    let wrong = bob.post(&format!("{path}/confirm"), json!({ "code": "0" })).expect(422).await;
    assert_eq!(wrong["detail"][0]["type"], "code_wrong");
    let (now, next) = app(&begun["secret"]);
    let codes = bob.post(&format!("{path}/confirm"), json!({ "code": now })).expect(200).await;
    let codes = codes["recovery_codes"].as_array().unwrap();
    assert_eq!(codes.len(), 10);
    assert_eq!(bob.get(path).expect(200).await["recovery_codes_left"], 10);
    bob.post(path, json!({ "password": BOB.1 })).expect(409).await;

    let with =
        |code: &str| send(&server, SIGN_IN, json!({ "email": BOB.0, "password": BOB.1, "code": code }));
    let needed = sign_in(&server, BOB).await;
    assert_eq!((needed.status, &needed.body["code"]), (401, &json!("second_factor_needed")));
    let taken = with(&now).await;
    assert_eq!(
        (taken.status, &taken.body["code"]),
        (401, &json!("second_factor_wrong")),
        "it was taken before"
    );
    browser(&server, &with(&next).await).get(ME).expect(200).await;
    let recovery = codes[0].as_str().unwrap().to_uppercase();
    assert_eq!(with(&recovery).await.status, 200);
    assert_eq!(with(&recovery).await.status, 401, "each once");
    assert_eq!(bob.get(path).expect(200).await["recovery_codes_left"], 9);
    let kept = server.db().await.read(|conn| accounts::with_email(conn, BOB.0)).await;
    let kept: Option<Account> = kept.map_err(|error: StoreError| error).unwrap();
    let sealed = kept.unwrap().totp_secret.unwrap();
    assert!(!sealed.contains(begun["secret"].as_str().unwrap()), "{sealed}");
    let audit = |action: &str| owner.get(&format!("/api/v1/audit?action={action}")).expect(200);
    assert_eq!(audit("account.second_factor_on").await["total"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_factor_is_given_up_by_who_knows_the_password() {
    let (server, _, bob) = with_bob(Backend::Sqlite).await;
    let path = "/api/v1/auth/authenticator";
    let begun = bob.post(path, json!({ "password": BOB.1 })).expect(200).await;
    let (now, _) = app(&begun["secret"]);
    bob.post(&format!("{path}/confirm"), json!({ "code": now })).expect(200).await;
    bob.post(&format!("{path}/end"), json!({ "password": "wrong" })).expect(422).await;
    assert_eq!(sign_in(&server, BOB).await.status, 401);
    bob.post(&format!("{path}/end"), json!({ "password": BOB.1 })).expect(200).await;
    assert_eq!(sign_in(&server, BOB).await.status, 200);
    assert_eq!(
        bob.get(path).expect(200).await,
        json!({ "since": null, "passkeys_since": null, "recovery_codes_left": 0 })
    );
    server.user().get(path).expect(200).await;
    server.user().post(path, json!({ "password": BOB.1 })).expect(403).await;
}
