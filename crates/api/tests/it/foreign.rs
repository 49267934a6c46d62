//! Ids of what is not the caller's: every route, called by everybody, with every id that it takes (in its path, its query
//! and its body) replaced by one of another organization, and by one of a board of the same organization that was not
//! opened to the caller. Nothing of it is answered, nothing of the other organization changes, and nothing breaks.

use std::collections::BTreeSet;

use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::Text;
use mission_control_api::openapi;
use mission_control_core::id::{OrganizationId, UserId};
use mission_control_store::{Conn, Db, StoreError, Tx, members};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;

use crate::access::{Route, Swapped, connect_quiet_gateway};
use crate::everything::{self, Places};
use crate::scene;
use crate::server::Server;

/// Operations that are open to whoever knows the ids.
const OPEN: [&str; 1] = ["POST /api/v1/boards/{board_id}/webhooks/{webhook_id}"];

/// What is for those who administer the organization, whatever board it is about.
const OF_ADMINS: [&str; 7] = [
    "GET /api/v1/jobs",
    "GET /api/v1/gateways/{gateway_id}/messages",
    "PATCH /api/v1/budgets/{budget_id}",
    "DELETE /api/v1/budgets/{budget_id}",
    "POST /api/v1/budgets/{budget_id}/extend",
    "DELETE /api/v1/exec-policies/{exec_policy_id}",
    "POST /api/v1/exec-policies/dry-run",
];

/// What is a person's own, in whatever organization.
const OWN: [&str; 6] = [
    "GET /api/v1/organizations/me/list",
    "GET /api/v1/auth/sessions",
    "DELETE /api/v1/auth/sessions/{web_session_id}",
    "GET /api/v1/auth/passkeys",
    "PATCH /api/v1/auth/passkeys/{passkey_id}",
    "DELETE /api/v1/auth/passkeys/{passkey_id}",
];

/// The ids in a text.
fn ids_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !(letter.is_ascii_hexdigit() || letter == '-'));
    words.filter(|word| word.parse::<uuid::Uuid>().is_ok() && word.len() == 36).map(str::to_owned).collect()
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, sql: &str) -> Vec<String> {
    let query = diesel::sql_query(sql);
    let rows: Vec<Line> = match conn {
        Conn::Pg(pg) => query.load(pg).unwrap(),
        Conn::Sqlite(sqlite) => query.load(sqlite).unwrap(),
    };
    rows.into_iter().map(|row| row.line).collect()
}

/// Every row of the database, as a text that begins with its table.
pub(crate) async fn dump(db: &Db) -> BTreeSet<String> {
    let read = db.read::<_, StoreError, _>(|conn| {
        let (tables, columns) = match conn {
            Conn::Pg(_) => (
                "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'",
                "SELECT column_name::text AS line FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ",
            ),
            Conn::Sqlite(_) => (
                "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                "SELECT name AS line FROM pragma_table_info(",
            ),
        };
        let mut rows = BTreeSet::new();
        for table in lines(conn, tables) {
            let end = if columns.ends_with('(') { "')" } else { "'" };
            let columns = lines(conn, &format!("{columns}'{table}{end}"));
            let texts: Vec<String> =
                columns.iter().map(|name| format!("coalesce(CAST(\"{name}\" AS TEXT), '-')")).collect();
            let row = texts.join(" || '|' || ");
            rows.extend(lines(conn, &format!("SELECT '{table}|' || {row} AS line FROM {table}")));
        }
        Ok(rows)
    });
    read.await.unwrap()
}

/// Another organization with something of every kind in it.
struct Away {
    places: Places,
    ids: BTreeSet<String>,
    rows: BTreeSet<String>,
}

impl Away {
    /// One that the person owns as well.
    async fn owned(server: &Server) -> Self {
        Self::make(server, |_, _, _| Ok(())).await
    }

    /// One that the person is no member of.
    async fn unknown(server: &Server) -> Self {
        let leave = |tx: &mut Tx<'_>, away, user| {
            let member = members::of_user(tx, away, user)?.unwrap();
            members::delete(tx, member.id)
        };
        Self::make(server, leave).await
    }

    async fn make(
        server: &Server,
        last: impl FnOnce(&mut Tx<'_>, OrganizationId, UserId) -> Result<(), StoreError> + Send + 'static,
    ) -> Self {
        server.user().get("/api/v1/users/me").expect(200).await;
        let db = server.db().await;
        let before = dump(&db).await;
        let scene = scene::set_on(server).await;
        let places = everything::add(&scene, 1).await;
        let (away, user) = (scene.organization, scene.user());
        scene.write(move |tx| last(tx, away, user)).await;
        let known: BTreeSet<String> = before.iter().flat_map(|row| ids_in(row)).collect();
        let new = dump(&db).await.into_iter().filter(|row| !before.contains(row));
        // Where the person works is their own affair.
        let rows: BTreeSet<String> = new.filter(|row| !row.contains(&format!("users|{user}"))).collect();
        let ids = rows.iter().flat_map(|row| ids_in(row)).filter(|id| !known.contains(id)).collect();
        Self { places, ids, rows }
    }

    /// What has happened to it.
    async fn changes(&self, db: &Db) -> Vec<String> {
        let now = dump(db).await;
        let gone = self.rows.difference(&now).map(|row| format!("- {row}"));
        let new = now.difference(&self.rows).filter(|row| ids_in(row).iter().any(|id| self.ids.contains(id)));
        gone.chain(new.map(|row| format!("+ {row}"))).collect()
    }
}

/// Calls every route with every id swapped, and says what was wrong with the answers.
async fn sweep(
    scene: &Scene,
    actor: Actor,
    own: &Places,
    other: &Places,
    hidden: &BTreeSet<String>,
) -> Vec<String> {
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut wrong = Vec::new();
    let mut client = scene.enter(actor).await;
    for route in Route::all(&document) {
        let credential = if actor.is_person() { "user" } else { "agent" };
        let administers = actor == Actor::Admin && OF_ADMINS.contains(&route.name().as_str());
        if administers
            || OWN.contains(&route.name().as_str())
            || OPEN.contains(&route.name().as_str())
            || route.is_stream() && !route.admits(credential)
        {
            continue;
        }
        let mut requests = route.with_ids_of(own, other);
        if route.method() == reqwest::Method::GET {
            let (path, body) = (route.path(own), route.body(own));
            requests.push(Swapped { what: "nothing of it".to_owned(), path, body });
        }
        for Swapped { what, path, body } in requests {
            let call = client.call(route.method(), &path).json(&body);
            let (status, text) = match route.is_stream() {
                true => (call.status().await, String::new()),
                false => {
                    let answer = call.send().await;
                    (answer.status, answer.body.to_string())
                }
            };
            let sent = ids_in(&format!("{path} {body}"));
            let shown: Vec<String> =
                ids_in(&text).into_iter().filter(|id| hidden.contains(id) && !sent.contains(id)).collect();
            let opened = route.is_stream() && status < 300 && what.starts_with("path");
            let broke = status >= 500 && ![502, 503, 504].contains(&status);
            if broke || opened || (status < 300 && !shown.is_empty()) {
                let line = format!("{actor} {} with {what}: {status} {path} {body}", route.name());
                wrong.push(format!("{line}\n    {text:.600}"));
            }
        }
        if actor.is_person() && route.method() != reqwest::Method::GET {
            client = scene.enter(actor).await;
        }
    }
    wrong
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_id_opens_anything_of_another_organization_or_of_a_board_that_is_closed_to_the_caller(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let away = Away::unknown(&server).await;
    let db = server.db().await;
    let mut wrong = Vec::new();

    // Who is to the board what: rights on it must not be rights on others.
    let narrow = [
        Actor::Member,
        Actor::Reader,
        Actor::Writer,
        Actor::Admin,
        Actor::BoardToken,
        Actor::ServiceAccount,
        Actor::Agent,
        Actor::Lead,
    ];
    let wide = [Actor::Owner, Actor::MainAgent];
    for actor in narrow.into_iter().chain(wide) {
        let scene = scene::set_on(&server).await;
        // What is asked of one that is away is waited for.
        let _gateway = connect_quiet_gateway(&scene).await;
        let own = everything::add(&scene, 1).await;
        wrong.extend(sweep(&scene, actor, &own, &away.places, &away.ids).await);
        if narrow.contains(&actor) {
            let closed = everything::add_closed(&scene).await;
            wrong.extend(sweep(&scene, actor, &own, &closed.places, &closed.ids).await);
        }
    }
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
    let changes = away.changes(&db).await;
    assert!(changes.is_empty(), "the other organization has changed:\n{}", changes.join("\n"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_nothing_of_another_organization_that_its_person_owns(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::without_worker(backend).await;
    let away = Away::owned(&server).await;
    let db = server.db().await;
    let mut wrong = Vec::new();
    for actor in [Actor::AdminToken, Actor::BoardToken] {
        let scene = scene::set_on(&server).await;
        // What is asked of one that is away is waited for.
        let _gateway = connect_quiet_gateway(&scene).await;
        let own = everything::add(&scene, 1).await;
        wrong.extend(sweep(&scene, actor, &own, &away.places, &away.ids).await);
    }
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
    let changes = away.changes(&db).await;
    assert!(changes.is_empty(), "the other organization has changed:\n{}", changes.join("\n"));
}
