use std::{cell::Cell, error::Error};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
    sql_query, sql_types::BigInt,
};
use mission_control_testkit::scratch::{Backend, Schema, ScratchDatabase, ScratchRedis};
use redis::Commands;
use rstest::rstest;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

const COUNT: &str = "SELECT count(*) AS count FROM notes";

fn execute(url: &str, sql: &str) -> Result<(), Box<dyn Error>> {
    match url.strip_prefix("sqlite://") {
        Some(path) => SqliteConnection::establish(path)?.batch_execute(sql)?,
        None => PgConnection::establish(url)?.batch_execute(sql)?,
    }
    Ok(())
}

fn count(url: &str) -> i64 {
    let row = match url.strip_prefix("sqlite://") {
        Some(path) => sql_query(COUNT).get_result::<Count>(&mut SqliteConnection::establish(path).unwrap()),
        None => sql_query(COUNT).get_result::<Count>(&mut PgConnection::establish(url).unwrap()),
    };
    row.unwrap().count
}

fn notes(url: &str) -> Result<(), Box<dyn Error>> {
    execute(url, "CREATE TABLE notes (body text); INSERT INTO notes VALUES ('seed')")
}

#[rstest]
fn each_test_has_a_database_of_its_own_with_the_schema(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let schema = Schema { fingerprint: "testkit notes", create: &notes };
    let (one, other) = (ScratchDatabase::new(backend, &schema), ScratchDatabase::new(backend, &schema));
    execute(one.url(), "INSERT INTO notes VALUES ('mine')").unwrap();
    assert_eq!((count(one.url()), count(other.url())), (2, 1));
}

#[rstest]
fn a_database_is_gone_with_its_value(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = ScratchDatabase::empty(backend);
    let url = database.url().to_owned();
    execute(&url, "CREATE TABLE notes (body text)").unwrap();
    drop(database);
    assert!(execute(&url, "SELECT 1").is_err());
}

#[test]
fn a_database_goes_even_while_somebody_is_connected_to_it() {
    let database = ScratchDatabase::empty(Backend::Postgres);
    let url = database.url().to_owned();
    let mut connection = PgConnection::establish(&url).unwrap();
    drop(database);
    assert!(connection.batch_execute("SELECT 1").is_err());
    assert!(PgConnection::establish(&url).is_err());
}

#[test]
fn the_template_is_made_once_however_many_ask_for_it() {
    let fingerprint = format!("testkit once {}", std::process::id());
    let made: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let made = Cell::new(0);
                    let create = |url: &str| {
                        made.set(made.get() + 1);
                        notes(url)
                    };
                    let database = ScratchDatabase::new(
                        Backend::Postgres,
                        &Schema { fingerprint: &fingerprint, create: &create },
                    );
                    assert_eq!(count(database.url()), 1);
                    made.get()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(made, 1);
}

#[test]
fn databases_that_a_crashed_run_left_behind_are_swept_by_the_next_run() {
    let name = "mctest_s1000000000_left_behind";
    let current = ScratchDatabase::empty(Backend::Postgres);
    drop(execute(current.url(), &format!("CREATE DATABASE {name}")));
    let exe = std::env::current_exe().unwrap();
    let run = std::process::Command::new(exe)
        .args(["--exact", "scratch::a_database_is_gone_with_its_value::backend_2_Backend__Postgres"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    execute(current.url(), &format!("CREATE DATABASE {name}")).expect("the name is free again");
    drop(execute(current.url(), &format!("DROP DATABASE {name}")));
}

#[test]
fn redis_keys_are_deleted_with_the_name_and_others_stay() {
    let (redis, other) = (ScratchRedis::new(), ScratchRedis::new());
    assert_ne!(redis.name(), other.name());
    let mut connection = redis::Client::open(redis.url()).unwrap().get_connection().unwrap();
    for scratch in [&redis, &other] {
        let () = connection.set(format!("app:{}:key", scratch.name()), "value").unwrap();
    }
    let key = format!("app:{}:key", redis.name());
    assert_eq!(redis.keys(), [key.as_str()]);
    drop(redis);
    assert!(!connection.exists::<_, bool>(&key).unwrap());
    assert_eq!(other.keys().len(), 1);
}
