//! Rows that a newer release or another program wrote: words, documents and times that nobody here knows break no route.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::connection::SimpleConnection;
use mission_control_api::openapi;
use mission_control_store::Backend as StoreBackend;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::Backend;
use regex::Regex;
use rstest::rstest;

use crate::access::{Route, connect_quiet_gateway};
use crate::everything::{self, Places};
use crate::scene;
use crate::server::Server;

/// A table and a column of it.
type Column = (String, String);

fn core(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src").join(path);
    std::fs::read_to_string(path).unwrap()
}

/// Every column of an SQL type, as the schema says.
fn columns_of(sql_type: &str) -> BTreeSet<Column> {
    let schema = core("schema.rs");
    let table = Regex::new(r"(?s)\n    (\w+) \([\w, ]+\) \{\n(.*?)\n    \}").unwrap();
    let column = Regex::new(&format!(r"(\w+) -> (?:Nullable<)?{sql_type}>?,")).unwrap();
    let tables = table.captures_iter(&schema);
    tables
        .flat_map(|table| {
            let columns = column.captures_iter(table.get(2).unwrap().as_str());
            let name = table[1].to_owned();
            columns.map(move |column| (name.clone(), column[1].to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

/// Every column whose words are an enum, as the models say.
fn columns_of_words() -> BTreeSet<Column> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/models");
    let sources = std::fs::read_dir(directory)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let sources = sources.collect::<Vec<_>>().join("\n");
    let declared = Regex::new(r"\n    (?:open|stored) (\w+) \{").unwrap();
    let words: BTreeSet<_> = declared.captures_iter(&sources).map(|found| found[1].to_owned()).collect();
    let row = Regex::new(r"(?s)table_name = schema::(\w+)[^\n]*\n(?:#[^\n]*\n)*pub struct \w+ \{\n(.*?)\n\}")
        .unwrap();
    let field = Regex::new(r"pub (\w+): (?:Option<)*(\w+)>*,").unwrap();
    let mut columns = BTreeSet::new();
    for row in row.captures_iter(&sources) {
        for field in field.captures_iter(&row[2]).filter(|field| words.contains(&field[2])) {
            columns.insert((row[1].to_owned(), field[1].to_owned()));
        }
    }
    columns
}

/// A newer release has other constraints.
const WITHOUT_CHECKS: &str = "DO $$ DECLARE c record; BEGIN \
     FOR c IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint \
              WHERE contype = 'c' AND connamespace = current_schema()::regnamespace LOOP \
         EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.owner, c.conname); \
     END LOOP; END $$;";

/// The same for SQLite, which keeps its schema as text that every connection reads again when the version is another.
const WITH_CHECKS_THAT_HOLD: &str = "PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON; \
     UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (', 'CHECK (1 OR '); \
     PRAGMA schema_version = 1000000; PRAGMA writable_schema = OFF;";

async fn spoil(scene: &Scene, columns: &BTreeSet<Column>, value: &str) {
    let me = scene.user();
    let statements = columns.iter().map(|(table, column)| {
        // Whoever asks stays who they are.
        let others = if table == "organization_members" && column == "role" {
            format!(" WHERE user_id <> '{me}'")
        } else {
            String::new()
        };
        format!("UPDATE {table} SET {column} = '{}'{others};", value.replace('\'', "''"))
    });
    let unguarded = match scene.db.backend() {
        StoreBackend::Sqlite => WITH_CHECKS_THAT_HOLD,
        StoreBackend::Postgres => WITHOUT_CHECKS,
    };
    let sql = format!("{unguarded}{}", statements.collect::<String>());
    scene.write(move |tx| Ok(tx.batch_execute(&sql)?)).await;
}

/// The status of every route that reads, by path.
async fn statuses(scene: &Scene, reading: &[Route<'_>], places: &Places) -> BTreeMap<String, u16> {
    let (person, agent) = (scene.enter(Actor::Owner).await, scene.enter(Actor::Lead).await);
    let mut statuses = BTreeMap::new();
    for route in reading {
        let client = if route.admits("user") { &person } else { &agent };
        for path in BTreeSet::from([route.path(places), route.narrowed_path(places)]) {
            statuses.insert(path.clone(), client.get(&path).send().await.status);
        }
    }
    statuses
}

/// What a program may have written that nobody here knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Documents,
    Times,
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_here_knows_breaks_no_route_that_reads(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(Kind::Words, Kind::Documents, Kind::Times)] kind: Kind,
) {
    let words = columns_of_words();
    for known in [("tasks", "status"), ("approvals", "status"), ("jobs", "state"), ("agents", "status")] {
        assert!(words.contains(&(known.0.to_owned(), known.1.to_owned())), "{words:?}");
    }
    let (documents, times) = (columns_of("Json"), columns_of("Timestamp"));
    assert!(words.len() > 12 && documents.len() > 12 && times.len() > 40);

    // A worker would go on with what is spoiled here.
    let server = Server::without_worker(backend).await;
    let scene = scene::set_on(&server).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let places = everything::add(&scene, 2).await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut reading = Route::all(&document);
    reading.retain(|route| route.method() == reqwest::Method::GET && !route.is_stream());
    reading.retain(|route| route.admits("user") || route.admits("agent"));
    let before = statuses(&scene, &reading, &places).await;

    let (columns, values): (_, &[&str]) = match (kind, backend) {
        (Kind::Words, _) => (&words, &["from-the-future"]),
        (Kind::Documents, Backend::Sqlite) => {
            (&documents, &["{broken", "", "\"text\"", "[1, null]", "1e999"])
        }
        (Kind::Documents, Backend::Postgres) => (&documents, &["\"text\"", "[1, null]", "1e999", "null"]),
        (Kind::Times, Backend::Sqlite) => (&times, &["soon", "", "2026-11-28T10:00:00Z"]),
        (Kind::Times, Backend::Postgres) => (&times, &["infinity", "-infinity", "294276-12-31"]),
    };
    let mut failures = Vec::new();
    for value in values {
        spoil(&scene, columns, value).await;
        for (path, status) in statuses(&scene, &reading, &places).await {
            // Which gateway is asked may change with what was spoiled, and one of them cannot be reached.
            let elsewhere = status == 502;
            if status != before[&path] && !elsewhere && (status >= 500 || before[&path] == 200) {
                failures.push(format!("{value:?}: {path} answers {status} instead of {}", before[&path]));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures: {failures:#?}", failures.len());

    if kind == Kind::Words {
        let shown = scene
            .enter(Actor::Owner)
            .await
            .get(&format!("/api/v1/boards/{}/tasks", scene.board))
            .expect(200)
            .await;
        assert_eq!(shown["items"][0]["status"], "from-the-future");
    }
}
