//! The device identity: signatures, file format, and safe creation.

use std::path::Path;

use mission_control_gateway_rpc::{DeviceIdentity, IdentityError, SignatureVersion, SignedFacts};
use rstest::rstest;
use secrecy::ExposeSecret;

const DEVICE_ID: &str = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";

fn seed() -> [u8; 32] {
    std::array::from_fn(|i| u8::try_from(i).expect("below 32"))
}

fn facts<'a>(scopes: &'a [String], platform: &'a str, device_family: &'a str) -> SignedFacts<'a> {
    SignedFacts {
        device_id: DEVICE_ID,
        client_id: "gateway-client",
        client_mode: "backend",
        role: "operator",
        scopes,
        signed_at_ms: 1_700_000_000_000,
        token: "secret-token",
        nonce: "nonce-123",
        platform,
        device_family,
    }
}

#[rstest]
#[case(
    SignatureVersion::V2,
    "linux",
    "",
    "RgesfV8w-9lw3AhYHPHaTY7sWFohIRKHWvI0BXNQ0K4afUJk5DulKd05MYR_8BsSCuFPWF0xmAuJxLFVGO4FDg"
)]
#[case(
    SignatureVersion::V3,
    "linux",
    "",
    "z6qpujqlDBjSaZ6HkQ2xb7J4ITzhcwbw9JGkQWS0AaQXmTirZPX9_8_2DabcfRzf-YMKYHuvNbdYr38_MJWLDA"
)]
#[case(
    SignatureVersion::V3,
    " Darwin ",
    "Mac",
    "WgYFGd5PnHMqpX7I6w5uq9qna-GufJh2g9ZsQdyLMGWNDbj1_yQtQEi2aQSYUreHmxPlCc9t_k5vCixfLPiKAQ"
)]
fn signatures_are_those_a_gateway_accepts(
    #[case] version: SignatureVersion,
    #[case] platform: &str,
    #[case] family: &str,
    #[case] signature: &str,
) {
    let identity = DeviceIdentity::from_seed(&seed());
    assert_eq!(identity.device_id(), DEVICE_ID);
    assert_eq!(identity.public_key(), "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg");
    let scopes = ["read", "write", "admin", "approvals", "pairing"].map(|s| format!("operator.{s}"));
    assert_eq!(identity.sign(&facts(&scopes, platform, family).text(version)), signature);
}

#[test]
fn the_v1_text_has_no_nonce() {
    let scopes = ["operator.read".to_owned()];
    let text = facts(&scopes, "linux", "").text(SignatureVersion::V1);
    assert_eq!(
        text,
        format!("v1|{DEVICE_ID}|gateway-client|backend|operator|operator.read|1700000000000|secret-token")
    );
}

/// The file OpenClaw writes for the key of the vectors.
const OPENCLAW_FILE: &str = r#"{
  "version": 1,
  "deviceId": "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c",
  "publicKeyPem": "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n-----END PUBLIC KEY-----\n",
  "privateKeyPem": "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n",
  "createdAtMs": 1795416019649
}
"#;

#[test]
fn the_file_is_the_one_openclaw_reads_and_writes() {
    let identity = DeviceIdentity::from_json(OPENCLAW_FILE).expect("OpenClaw's file");
    assert_eq!(identity.device_id(), DEVICE_ID);
    assert_eq!(identity.to_json().expect("a file").expose_secret(), OPENCLAW_FILE);
}

#[test]
fn the_device_id_follows_the_key_whatever_the_file_says() {
    let altered = OPENCLAW_FILE.replace(DEVICE_ID, &"0".repeat(64));
    assert_eq!(DeviceIdentity::from_json(&altered).expect("usable").device_id(), DEVICE_ID);
}

#[test]
fn a_new_identity_is_kept_private_and_found_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a/b/device.json");
    let made = DeviceIdentity::load_or_create(&path).expect("made");
    assert_eq!(DeviceIdentity::load_or_create(&path).expect("found").device_id(), made.device_id());
    assert_eq!(std::fs::read_dir(path.parent().expect("a folder")).expect("listed").count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |p: &Path| std::fs::metadata(p).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        // A key copied in by hand loses the access of others.
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("set");
        DeviceIdentity::load(&path).expect("loaded");
        assert_eq!(mode(&path), 0o600);
    }
}

#[test]
fn processes_that_start_together_end_up_with_one_identity() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("device.json");
    let ids: std::collections::HashSet<String> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    DeviceIdentity::load_or_create(&path).expect("an identity").device_id().to_owned()
                })
            })
            .collect();
        starts.into_iter().map(|start| start.join().expect("no panic")).collect()
    });
    assert_eq!(ids.len(), 1);
}

#[rstest]
#[case::not_json("{\"privateKeyPem\": \"-----BEGIN SECRET")]
#[case::another_version(&OPENCLAW_FILE.replace("\"version\": 1", "\"version\": 2"))]
#[case::no_key(&OPENCLAW_FILE.replace("MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f", "AAAA"))]
fn a_damaged_file_is_reported_and_left_as_it_is(#[case] content: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("device.json");
    std::fs::write(&path, content).expect("written");
    let error = DeviceIdentity::load_or_create(&path).expect_err("damaged");
    assert!(matches!(&error, IdentityError::Invalid(_)), "{error:?}");
    assert!(error.to_string().contains("device.json") && !error.to_string().contains("BEGIN"));
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), content);
}
