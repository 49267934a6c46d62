use crate::tool::{Home, run};

#[tokio::test(flavor = "multi_thread")]
async fn the_help_of_each_command_describes_it() {
    for (arguments, expected) in [
        (
            &["--help"][..],
            &["serve", "simulate", "RQ_REDIS_URL", "OPENCLAW_GATEWAY_TOKEN", "Exit status"][..],
        ),
        (&["serve", "--help"], &["stand by", "TERM"]),
        (
            &["call", "--help"],
            &["--gateway", "--token-file", "--timeout", "identity/device.json", "Examples"],
        ),
        (&["status", "--help"], &["--json", "Exit status 1"]),
        (&["pair", "--help"], &["--timeout", "approve", "device token"]),
        (
            &["simulate", "--help"],
            &["--profile", "--protocol", "--faults", "restart_mid_call", "rotate_tokens"],
        ),
    ] {
        let help = run(Home::Empty, arguments, &[]).await;
        assert_eq!(help.code, Some(0), "{arguments:?}");
        for text in expected {
            assert!(help.shown.contains(text), "{arguments:?} lacks {text}:\n{}", help.shown);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_configuration_queue_and_database_is_told_and_has_its_own_exit_code() {
    for (variables, code, expected) in [
        (("GATEWAY_MIN_VERSION", "latest"), 2, "GATEWAY_MIN_VERSION"),
        (("RQ_REDIS_URL", "redis://someone:hunter2@127.0.0.1:1/0"), 4, "127.0.0.1:1"),
        (("DATABASE_URL", "postgresql://someone:hunter2@127.0.0.1:1/mc"), 3, "127.0.0.1"),
    ] {
        let outcome = run(Home::Empty, &["serve"], &[variables]).await;
        assert_eq!(outcome.code, Some(code), "{variables:?}: {}", outcome.told);
        assert!(outcome.told.contains(expected) && !outcome.told.contains("hunter2"), "{}", outcome.told);
    }
}
