//! Secrets at rest.

use mission_control_core::config::SecretsKey;
use mission_control_core::id::GatewayId;
use mission_control_store::vault::{Vault, VaultError};
use secrecy::ExposeSecret;

#[test]
fn a_sealed_secret_opens_in_its_own_row_only() {
    let vault = Vault::new(&SecretsKey::generate());
    let (id, other) = (GatewayId::random(), GatewayId::random());
    let sealed = vault.seal("gateways.token", id, "s3cret");
    assert!(Vault::is_sealed(&sealed) && !sealed.contains("s3cret"));
    assert_eq!(vault.open("gateways.token", id, &sealed).unwrap().expose_secret(), "s3cret");
    assert!(matches!(vault.open("gateways.token", other, &sealed), Err(VaultError::Sealed(_))));
    assert!(matches!(vault.open("gateways.device_token", id, &sealed), Err(VaultError::Sealed(_))));
}

#[test]
fn equal_secrets_are_sealed_differently() {
    let vault = Vault::new(&SecretsKey::generate());
    assert_ne!(vault.seal("t.c", 1, "same"), vault.seal("t.c", 1, "same"));
}

#[test]
fn a_changed_character_or_another_key_is_noticed() {
    let vault = Vault::new(&SecretsKey::generate());
    let sealed = vault.seal("t.c", 1, "s3cret");
    for at in "mcs1:".len()..sealed.len() {
        let mut damaged = sealed.clone().into_bytes();
        damaged[at] = if damaged[at] == b'A' { b'B' } else { b'A' };
        let damaged = String::from_utf8(damaged).unwrap();
        assert!(vault.open("t.c", 1, &damaged).is_err(), "{at}");
    }
    assert!(vault.open("t.c", 1, "mcs1:").is_err());
    let error = Vault::new(&SecretsKey::generate()).open("t.c", 1, &sealed).unwrap_err().to_string();
    assert!(error.contains("SECRETS_KEY") && error.contains("t.c:1") && !error.contains("s3cret"), "{error}");
}

#[test]
fn plain_text_of_the_reference_is_read_as_it_is() {
    let vault = Vault::new(&SecretsKey::generate());
    assert_eq!(vault.open("gateways.token", 1, "plain").unwrap().expose_secret(), "plain");
}

#[test]
fn the_key_file_is_made_once_and_private() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("secrets-key");
    let vaults = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| Vault::load_or_create(&path).unwrap())).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect::<Vec<_>>()
    });
    let sealed = vaults[0].seal("t.c", 1, "s3cret");
    for vault in &vaults {
        assert_eq!(vault.open("t.c", 1, &sealed).unwrap().expose_secret(), "s3cret");
    }
    let files: Vec<_> =
        std::fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["secrets-key"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_bad_key_is_refused_by_name() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("secrets-key");
    std::fs::write(&path, "not a key").unwrap();
    assert!(Vault::load_or_create(&path).unwrap_err().to_string().contains("secrets-key"));
    assert!(Vault::from_secret("short").unwrap_err().to_string().contains("SECRETS_KEY"));
}
