//! A stand-in of identity providers: it speaks OpenID Connect, and what of Clerk's API the product asks. It signs with ES256.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test kit reports failures by panicking"
)]

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::web::{self, Data, Form, Path};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use url::Url;

/// What the product is called there.
pub const CLIENT: &str = "mission-control";
/// The name of its key.
const KID: &str = "1";
/// The secret of the application at Clerk.
pub const CLERK_KEY: &str = "sk_test_0123456789";

/// A provider. Ends when dropped.
pub struct IdentityProvider {
    /// Its address, and what it calls itself.
    pub issuer: String,
    state: Arc<Mutex<State>>,
    handle: ServerHandle,
}

struct State {
    issuer: String,
    key: EcdsaKeyPair,
    is_away: bool,
    /// Codes that were not exchanged yet: the challenge, and what is said of the person.
    codes: BTreeMap<String, (String, Value)>,
    /// What is said of whom, by the tokens by which that is asked again. Each is good for once.
    grants: BTreeMap<String, Value>,
    granted: usize,
    /// Accounts at Clerk.
    people: BTreeMap<String, Value>,
    deleted: Vec<String>,
}

type Shared = Data<Arc<Mutex<State>>>;

impl IdentityProvider {
    /// Starts one that knows nobody.
    ///
    /// # Panics
    /// There is no port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State {
            issuer: issuer.clone(),
            key: new_key(),
            is_away: false,
            codes: BTreeMap::new(),
            grants: BTreeMap::new(),
            granted: 0,
            people: BTreeMap::new(),
            deleted: Vec::new(),
        }));
        let shared = Data::new(Arc::clone(&state));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route("/.well-known/openid-configuration", web::get().to(particulars))
                .route("/jwks", web::get().to(keys))
                .route("/token", web::post().to(exchange))
                .route("/v1/jwks", web::get().to(clerk_keys))
                .route("/v1/users/{id}", web::get().to(clerk_person))
                .route("/v1/users/{id}", web::delete().to(clerk_delete))
        });
        let server = server.workers(1).disable_signals().listen(listener).expect("listen").run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { issuer, state, handle }
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on it answers nothing of use, or it does again.
    pub fn be_away(&self, is_away: bool) {
        self.with(|state| state.is_away = is_away);
    }

    /// Somebody agrees at the address to which the product has sent their browser. Returns the address that leads back, with the
    /// attempt's state and a code for these claims.
    ///
    /// # Panics
    /// The address is none of a provider's.
    pub fn agree(&self, asked: &Url, claims: &Value) -> (String, String) {
        let query: BTreeMap<_, _> = asked.query_pairs().into_owned().collect();
        let get = |name: &str| query.get(name).cloned().unwrap_or_else(|| panic!("{name} in {asked}"));
        assert_eq!(get("code_challenge_method"), "S256");
        let said = with(&json!({ "nonce": get("nonce"), "aud": CLIENT }), claims);
        let code = self.with(|state| {
            let code = format!("code-{}-{}", state.codes.len(), get("nonce"));
            state.codes.insert(code.clone(), (get("code_challenge"), said));
            code
        });
        (get("state"), code)
    }

    /// Says this too of everybody from now on who is asked for again.
    pub fn say_of_all(&self, more: &Value) {
        self.with(|state| state.grants.values_mut().for_each(|said| *said = with(said, more)));
    }

    /// Locks everybody out: who is asked for again may come in no more.
    pub fn lock_out(&self) {
        self.with(|state| state.grants.clear());
    }

    /// A token that it signed with its key of now, with these claims beside the usual ones.
    pub fn token(&self, claims: &Value) -> String {
        self.with(|state| state.sign(claims))
    }

    /// An account at Clerk, as its API has it.
    pub fn know(&self, subject: &str, email: &str, first_name: &str, last_name: &str) {
        let person = json!({
            "id": subject,
            "first_name": first_name,
            "last_name": last_name,
            "primary_email_address_id": "idn_2",
            "email_addresses": [
                { "id": "idn_1", "email_address": "old@example.com", "verification": { "status": "unverified" } },
                { "id": "idn_2", "email_address": email, "verification": { "status": "verified" } },
            ],
        });
        self.with(|state| state.people.insert(subject.to_owned(), person));
    }

    /// Whose accounts at Clerk were deleted.
    pub fn deleted(&self) -> Vec<String> {
        self.with(|state| state.deleted.clone())
    }

    /// The publishable key of the application at Clerk, which names the provider's address.
    pub fn publishable_key(&self) -> String {
        let host = self.issuer.trim_start_matches("http://");
        format!("pk_test_{}", base64::engine::general_purpose::STANDARD.encode(format!("{host}$")))
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

impl State {
    fn sign(&self, claims: &Value) -> String {
        let now =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock").as_secs();
        let usual = json!({ "iss": self.issuer, "iat": now, "exp": now + 300 });
        let head = json!({ "alg": "ES256", "kid": KID });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let message = format!("{}.{}", encode(&head), encode(&with(&usual, claims)));
        let signature = self.key.sign(&SystemRandom::new(), message.as_bytes()).expect("sign");
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn keys(&self) -> Value {
        let point = self.key.public_key().as_ref();
        let (x, y) = point.get(1..).expect("a point").split_at(32);
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": KID, "x": x, "y": y }] })
    }
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("make a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).expect("read the key")
}

/// One object with the fields of another.
fn with(one: &Value, more: &Value) -> Value {
    let mut all = one.as_object().cloned().unwrap_or_default();
    all.extend(more.as_object().cloned().unwrap_or_default());
    all.into()
}

/// Answers from the state, unless the provider is away.
fn answer(state: &Shared, answer: impl FnOnce(&mut State) -> HttpResponse) -> HttpResponse {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    if state.is_away {
        return HttpResponse::ServiceUnavailable().body("away");
    }
    answer(&mut state)
}

async fn particulars(state: Shared) -> HttpResponse {
    answer(&state, |state| {
        let at = |path: &str| format!("{}{path}", state.issuer);
        HttpResponse::Ok().json(json!({
            "issuer": state.issuer,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"),
        }))
    })
}

async fn keys(state: Shared) -> HttpResponse {
    answer(&state, |state| HttpResponse::Ok().json(state.keys()))
}

async fn exchange(state: Shared, form: Form<BTreeMap<String, String>>) -> HttpResponse {
    answer(&state, |state| {
        let verifier = form.get("code_verifier").map(String::as_bytes).unwrap_or_default();
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier));
        let code = form.get("code").and_then(|code| state.codes.remove(code));
        let code = code.filter(|(expected, _)| *expected == challenge).map(|(_, claims)| claims);
        let again = form.get("refresh_token").and_then(|token| state.grants.remove(token));
        let Some(claims) = code.or(again) else {
            return HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }));
        };
        state.granted += 1;
        let token = format!("refresh-{}", state.granted);
        state.grants.insert(token.clone(), claims.clone());
        HttpResponse::Ok().json(json!({
            "token_type": "Bearer",
            "access_token": "of no use",
            "id_token": state.sign(&claims),
            "refresh_token": token,
        }))
    })
}

/// Whether the caller is the application.
fn is_ours(request: &HttpRequest) -> bool {
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    shown == Some(&format!("Bearer {CLERK_KEY}"))
}

async fn clerk_keys(state: Shared, request: HttpRequest) -> HttpResponse {
    answer(&state, |state| match is_ours(&request) {
        true => HttpResponse::Ok().json(state.keys()),
        false => HttpResponse::Unauthorized().finish(),
    })
}

async fn clerk_person(state: Shared, request: HttpRequest, id: Path<String>) -> HttpResponse {
    answer(&state, |state| match state.people.get(&*id).filter(|_| is_ours(&request)) {
        Some(person) => HttpResponse::Ok().json(person),
        None => HttpResponse::NotFound().json(json!({ "errors": [{ "code": "resource_not_found" }] })),
    })
}

async fn clerk_delete(state: Shared, request: HttpRequest, id: Path<String>) -> HttpResponse {
    answer(&state, |state| match state.people.remove(&*id).filter(|_| is_ours(&request)) {
        Some(_) => {
            state.deleted.push(id.into_inner());
            HttpResponse::Ok().json(json!({ "deleted": true }))
        }
        None => HttpResponse::NotFound().finish(),
    })
}
