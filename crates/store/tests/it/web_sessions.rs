use std::time::Duration;

use mission_control_core::id::WebSessionId;
use mission_control_core::models::{User, WebSession};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, users, web_sessions};
use rstest::rstest;

use crate::support::{Backend, fixture};

fn session(user: &User, cookie: &str, begun: Timestamp) -> WebSession {
    WebSession {
        id: WebSessionId::random(),
        user_id: user.id,
        cookie_digest: cookie.to_owned(),
        credential_digest: "credential".to_owned(),
        created_at: begun,
        expires_at: begun.plus(Duration::from_secs(60)),
        device: None,
        last_used_at: None,
        last_used_address: None,
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_is_none_and_is_forgotten_by_the_next_sign_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let user = User::new("somebody");
    let (now, later) = (Timestamp::now(), Timestamp::now().plus(Duration::from_secs(60)));
    let (first, second) = (session(&user, "first", now), session(&user, "second", later));
    let (old, old_id) = (first.clone(), first.id);
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            users::get_or_insert(tx, &user)?;
            web_sessions::insert(tx, &old)
        })
        .await
        .unwrap();
    fixture
        .db
        .read::<_, StoreError, _>(move |conn| {
            assert_eq!(web_sessions::find_live(conn, "first", now)?, Some(first));
            assert_eq!(web_sessions::find_live(conn, "another", now)?, None);
            assert_eq!(web_sessions::find_live(conn, "first", later)?, None);
            assert!(web_sessions::is_live(conn, old_id, now)?);
            assert!(!web_sessions::is_live(conn, old_id, later)?);
            Ok(())
        })
        .await
        .unwrap();
    fixture.db.write::<_, StoreError, _>(move |tx| web_sessions::insert(tx, &second)).await.unwrap();
    let left = fixture.db.read::<_, StoreError, _>(move |conn| web_sessions::is_live(conn, old_id, now));
    assert!(!left.await.unwrap(), "its row is gone");
}
