use mission_control_core::config::SecretsKey;
use mission_control_core::models::{Account, DeviceIdentity, Gateway, Organization, User};
use mission_control_core::time::Timestamp;
use mission_control_store::sealed::{ResealError, Rotation, reseal};
use mission_control_store::vault::Vault;
use mission_control_store::{Db, StoreError, accounts, device_identities, gateways, organizations, users};
use rstest::rstest;
use secrecy::ExposeSecret;

use crate::support::{Backend, fixture};

async fn rotate(db: &Db, from: &Vault, to: &Vault) -> Result<usize, ResealError> {
    let (from, to) = (from.clone(), to.clone());
    db.write(move |tx| reseal(tx, &Rotation { from: &from, to: &to })).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_opens_with_the_new_key_alone_and_repeating_it_changes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let [old, new, other] = [(); 3].map(|()| Vault::new(&SecretsKey::generate()));
    let (organization, user, now) = (Organization::new("Acme"), User::new("ada"), Timestamp::now());
    let mut gateway = Gateway::new(organization.id, "g", "ws://127.0.0.1:1", "~");
    gateway.token = Some(old.seal(Gateway::TOKEN_COLUMN, gateway.id, "token"));
    let mut plain = Gateway::new(organization.id, "of the reference", "ws://127.0.0.1:1", "~");
    plain.token = Some("plain".to_owned());
    let mut account = Account::new(user.id, "ada@example.com".to_owned(), "hash".to_owned(), now);
    account.totp_secret = Some(old.seal(Account::TOTP_COLUMN, user.id, "secret"));
    let identity = DeviceIdentity {
        name: "default".to_owned(),
        device_id: "id".to_owned(),
        public_key: "key".to_owned(),
        private_key: old.seal(DeviceIdentity::KEY_COLUMN, "default", "private"),
        created_at: now,
    };
    let (id, of_user, plain_id) = (gateway.id, user.id, plain.id);
    let insert = fixture.db.write::<_, StoreError, _>(move |tx| {
        organizations::insert(tx, &organization)?;
        users::get_or_insert(tx, &user)?;
        gateways::insert(tx, &gateway)?;
        gateways::insert(tx, &plain)?;
        accounts::insert(tx, &account)?;
        device_identities::insert_if_absent(tx, &identity).map(drop)
    });
    insert.await.unwrap();

    let refused = rotate(&fixture.db, &other, &new).await.unwrap_err();
    assert!(matches!(refused, ResealError::Vault(_)), "{refused}");
    assert_eq!(rotate(&fixture.db, &old, &new).await.unwrap(), 3);
    assert_eq!(rotate(&fixture.db, &old, &new).await.unwrap(), 0, "it was done");
    let found = fixture.db.read::<_, StoreError, _>(move |conn| {
        let token = |conn: &mut _, id| gateways::find(conn, id).map(|found| found.unwrap().token.unwrap());
        let totp = accounts::find(conn, of_user)?.unwrap().totp_secret.unwrap();
        let key = device_identities::find(conn, "default")?.unwrap().private_key;
        Ok((token(conn, id)?, token(conn, plain_id)?, totp, key))
    });
    let (token, plain, totp, key) = found.await.unwrap();
    assert_eq!(new.open(Gateway::TOKEN_COLUMN, id, &token).unwrap().expose_secret(), "token");
    assert_eq!(new.open(Account::TOTP_COLUMN, of_user, &totp).unwrap().expose_secret(), "secret");
    assert_eq!(new.open(DeviceIdentity::KEY_COLUMN, "default", &key).unwrap().expose_secret(), "private");
    assert!(old.open(Gateway::TOKEN_COLUMN, id, &token).is_err());
    assert_eq!(plain, "plain", "it is sealed when it is written next");
}
