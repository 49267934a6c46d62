//! `mission-control-api doctor`.

use std::process::Command;

use rstest::rstest;
use serde_json::Value;

#[rstest]
#[case(&[("PORT", "many")], "settings_invalid")]
#[case(&[("DATABASE_URL", "mysql://u:hidden@h/x")], "database_url_invalid")]
#[case(&[("LOCAL_AUTH_TOKEN", "hidden")], "access_token_unusable")]
fn settings_that_cannot_be_read_are_findings_and_no_secret_is_told(
    #[case] variables: &[(&str, &str)],
    #[case] code: &str,
) {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["doctor", "--json"])
        .env_clear()
        .env("MISSION_CONTROL_DATA_DIR", data.path())
        .current_dir(data.path())
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told:#}");
    assert_eq!(told["findings"][0]["code"], code);
    assert!(!told.to_string().contains("hidden"));
}

#[test]
fn a_file_that_is_not_there_keeps_the_doctor_from_looking() {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mission-control-api"))
        .args(["doctor", "--env-file", "nowhere"])
        .env_clear()
        .current_dir(data.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
