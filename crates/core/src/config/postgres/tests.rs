//! Spellings of connection parameters, as tables.

use rstest::rstest;

use super::*;
use crate::config::DatabaseLocation;

fn read(url: &str) -> Result<PostgresParameters, String> {
    match DatabaseLocation::parse(url)? {
        DatabaseLocation::Postgres(parameters) => Ok(parameters),
        DatabaseLocation::Sqlite(path) => panic!("a file: {}", path.display()),
    }
}

fn parameters(url: &str) -> PostgresParameters {
    read(url).unwrap_or_else(|rule| panic!("{url}: {rule}"))
}

#[rstest]
#[case("postgresql://", "")]
#[case("postgresql:///mc", "dbname='mc'")]
#[case("postgres://db", "host='db'")]
#[case("postgresql://me:pw@db:5433/mc", "dbname='mc' host='db' password='pw' port='5433' user='me'")]
#[case("postgresql+psycopg://me:pw@db/mc", "dbname='mc' host='db' password='pw' user='me'")]
#[case("postgresql+asyncpg://me@db/", "host='db' user='me'")]
#[case(
    "postgresql://me:pw@/mc?host=/run/postgresql",
    "dbname='mc' host='/run/postgresql' password='pw' user='me'"
)]
#[case("postgresql://%2Frun%2Fpostgresql/mc", "dbname='mc' host='/run/postgresql'")]
#[case("postgresql://h1:5432,h2:5433/mc", "dbname='mc' host='h1,h2' port='5432,5433'")]
#[case("postgresql://h1,h2:5433/mc", "dbname='mc' host='h1,h2' port=',5433'")]
#[case("postgresql://[::1]:5433,[fd00::2]/mc", "dbname='mc' host='::1,fd00::2' port='5433,'")]
#[case("postgresql+psycopg:///mc?host=h1:5432&host=h2:5433", "dbname='mc' host='h1,h2' port='5432,5433'")]
#[case("postgresql:///mc?host=h1,h2&port=5433", "dbname='mc' host='h1,h2' port='5433'")]
#[case(
    "postgresql://h1,h2/mc?target_session_attrs=read-write",
    "dbname='mc' host='h1,h2' target_session_attrs='read-write'"
)]
#[case("postgresql://me:p%40%2F%23%25%27%5Cw@db", r"host='db' password='p@/#%\'\\w' user='me'")]
#[case("postgresql://me:a:b#c?d=e&f@db/mc", "dbname='mc' host='db' password='a:b#c?d=e&f' user='me'")]
#[case(
    "postgresql://db/mc?options=-c%20search_path%3Dmc",
    "dbname='mc' host='db' options='-c search_path=mc'"
)]
#[case("postgresql://db/mc?", "dbname='mc' host='db'")]
#[case(
    "host=db port=5433 dbname=mc user=me password=pw",
    "dbname='mc' host='db' password='pw' port='5433' user='me'"
)]
#[case(r"host = db password = 'it\'s a \\ secret' ", r"host='db' password='it\'s a \\ secret'")]
#[case(r"password=a\ b\'c", r"password='a b\'c'")]
#[case("host='' password='x://y=z'", "password='x://y=z'")]
fn every_form_that_libpq_understands_is_understood(#[case] url: &str, #[case] expected: &str) {
    let told = parameters(url).for_libpq(&[]);
    let own = told.expose_secret().split("channel_binding=").next().unwrap().trim_end();
    assert_eq!(own, expected);
}

#[rstest]
#[case("postgresql://me:hun@ter2@db/mc", "%40")]
#[case("postgresql://me:hun/ter2@db/mc", "%2F")]
#[case("postgresql://me:123/ter2@db/mc", "%2F")]
#[case("postgresql://me:hunter2/@db/mc", "%2F")]
#[case("postgresql://me:hunter2%@db/mc", "%25")]
#[case("postgresql://me:hunter2%zz@db/mc", "%25")]
#[case("postgresql://me:hunter2@db:54x/mc", "port")]
#[case("postgresql://me:hunter2@db:0/mc", "port")]
#[case("postgresql://me:hunter2@db:99999/mc", "port")]
#[case("postgresql://me:hunter2@db/mc?hunter2=x", "none of PostgreSQL's")]
#[case("postgresql://me:hunter2@db/mc?sslmode=hunter2", "`sslmode` that is none of `disable`")]
#[case("postgresql://me:hunter2@db/mc?sslmode", "without `=`")]
#[case("postgresql://me:hunter2@[::1/mc", "`[`")]
#[case("postgresql://me:hunter2@[::1]x/mc", "`]`")]
#[case("postgresql://me:hunter2@h1:1,h2:2/mc?port=1,2,3", "ports")]
#[case("postgresql://me:hunter2%00@db/mc", "zero byte")]
#[case("postgresql://me:hunter2%ff@db/mc", "UTF-8")]
#[case("postgresql://me:hunter2@db/mc?service=x", "service")]
#[case("postgresql://me:hunter2@db/mc?channel_binding=require", "channel_binding")]
#[case("postgresql://me:hunter2@db/mc?sslmode=require&sslrootcert=system", "verify-full")]
#[case("postgresql://me:hunter2@db/mc?sslnegotiation=direct", "sslmode=require")]
#[case("postgresql://me:hunter2@db/mc?sslcrl=/x", "revoked")]
#[case("host=db password='hunter2", "quote")]
#[case("host=db password=hunter2 dbname", "without `=`")]
#[case("host=db hunter 2=hunter2", "none of PostgreSQL's")]
#[case("hunter2://db/mc", "unknown scheme")]
fn what_cannot_be_understood_is_told_with_a_remedy_and_without_the_password(
    #[case] url: &str,
    #[case] told: &str,
) {
    let rule = read(url).unwrap_err();
    assert!(rule.contains(told), "{url}: {rule}");
    let shown = rule.replace("scheme `hunter2`", "").replace("parameter `hunter2`", "");
    assert!(!shown.contains("hunter") && !shown.contains("ter2"), "{url}: {rule}");
}

#[rstest]
#[case("postgresql://db/mc", SslMode::Prefer)]
#[case("postgresql://db/mc?ssl=true", SslMode::Require)]
#[case("postgresql://db/mc?sslmode=allow", SslMode::Allow)]
#[case("postgresql://db/mc?sslmode=verify-ca", SslMode::VerifyCa)]
#[case("postgresql://db/mc?sslrootcert=system", SslMode::VerifyFull)]
#[case("host=db sslmode=disable", SslMode::Disable)]
fn the_wanted_encryption_is_the_given_one_or_that_of_libpq(#[case] url: &str, #[case] expected: SslMode) {
    assert_eq!(parameters(url).ssl_mode(), expected);
}

#[test]
fn a_variable_completes_what_the_url_leaves_open_and_is_held_to_the_same_rules() {
    let completed = |value: &'static str| {
        parameters("postgresql://db/mc").completed_by(|name| (name == "PGPASSWORD").then_some(value))
    };
    assert_eq!(completed("hunter2").unwrap().get("password"), Some("hunter2"));
    assert_eq!(completed("hunter2\0").unwrap_err(), "contains a zero byte");
}

#[test]
fn servers_are_tried_in_the_order_of_the_url() {
    let endpoints = parameters("host=h1,,/run/pg hostaddr=10.0.0.1,, port=5433").endpoints();
    let host = |host: Option<&str>, address: Option<&str>| Endpoint {
        host: host.map(str::to_owned),
        address: address.map(str::to_owned),
        port: 5433,
    };
    assert_eq!(
        endpoints,
        [host(Some("h1"), Some("10.0.0.1")), host(None, None), host(Some("/run/pg"), None)]
    );
    assert_eq!(endpoints.iter().map(Endpoint::is_local).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn libpq_is_told_nothing_about_tls_and_gets_what_overrides() {
    let text = "host=db user=me sslmode=require sslrootcert=/ca.pem ssl_min_protocol_version=TLSv1.3 dbname=mc gssencmode=prefer";
    let given = parameters(text).for_libpq(&[("host", "/tmp/x".to_owned())]);
    assert_eq!(
        given.expose_secret(),
        "dbname='mc' user='me' channel_binding='disable' gssencmode='disable' sslcertmode='disable' sslmode='disable' \
         sslnegotiation='postgres' sslrootcert='' host='/tmp/x'"
    );
}

proptest::proptest! {
    #[test]
    fn any_password_is_read_back_from_both_forms(password in "[^\\x00]{1,20}") {
        let encoded: String = password.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let url = parameters(&format!("postgresql://me:{encoded}@db/mc"));
        let keywords = parameters(url.for_libpq(&[]).expose_secret());
        proptest::prop_assert_eq!(url.get("password"), Some(password.as_str()));
        proptest::prop_assert_eq!(keywords.get("password"), Some(password.as_str()));
        proptest::prop_assert_eq!(format!("{:?} {}", url, url), "postgresql://db/mc postgresql://db/mc");
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in "(postgresql://)?[a='\\\\ @/:?&%\\[\\],0-9é]{0,30}") {
        drop(DatabaseLocation::parse(&text));
    }
}
