//! Letters, to a server that keeps them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use mission_control_core::config::{MailPrivacy, MailSettings};
use mission_control_mail::{Letter, MailError, Mailer};
use mission_control_testkit::mail_server::MailServer;

fn mailer(url: &str) -> Mailer {
    let (host, port) = url.trim_start_matches("smtp://").rsplit_once(':').unwrap();
    let settings = MailSettings {
        host: host.to_owned(),
        port: port.parse().unwrap(),
        privacy: MailPrivacy::ThisMachine,
        credentials: None,
        from: "Mission Control <mc@example.com>".to_owned(),
    };
    Mailer::new(&settings).unwrap()
}

fn letter(to: &str, subject: &str) -> Letter {
    let text = "A line — with more than ASCII in it.\n\nhttps://mc.example.com/reset#0123456789_-\n";
    Letter { to: to.to_owned(), subject: subject.to_owned(), text: text.to_owned() }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written_and_is_answered_by_no_absence_notice() {
    let server = MailServer::start().await;
    mailer(&server.url()).send(letter("ada@example.com", "An invitation")).await.unwrap();
    let received = server.letters(1).await.remove(0);
    assert_eq!(received.to, "ada@example.com");
    for part in [
        "From: \"Mission Control\" <mc@example.com>",
        "Subject: An invitation",
        "Auto-Submitted: auto-generated",
        "A line — with more than ASCII in it.",
        "https://mc.example.com/reset#0123456789_-\n",
    ] {
        assert!(received.content.contains(part), "{part} in {}", received.content);
    }
}

#[tokio::test]
async fn no_text_makes_another_head_line_or_another_recipient() {
    let server = MailServer::start().await;
    let mailer = mailer(&server.url());
    mailer.send(letter("ada@example.com", "Hello\r\nBcc: eve@example.com")).await.unwrap();
    let received = server.letters(1).await.remove(0);
    assert!(!received.content.lines().any(|line| line.starts_with("Bcc:")), "{}", received.content);
    for to in ["", "ada", "ada@example.com\r\nRCPT TO:<eve@example.com>", "a@example.com, b@example.com"] {
        let refused = mailer.send(letter(to, "Hello")).await.unwrap_err();
        assert!(matches!(refused, MailError::Refused(_)), "{to:?}: {refused}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_is_told_from_one_that_is_away() {
    let server = MailServer::start().await;
    let refused = mailer(&server.url()).send(letter("nobody@example.com", "Hello")).await.unwrap_err();
    assert!(matches!(&refused, MailError::Refused(why) if why.contains("nobody of this name")), "{refused}");
    mailer(&server.url()).look().await.unwrap();
    assert!(matches!(mailer("smtp://127.0.0.1:1").look().await, Err(MailError::Away(_))));
    let away = mailer("smtp://127.0.0.1:1").send(letter("ada@example.com", "Hello")).await.unwrap_err();
    assert!(matches!(away, MailError::Away(_)), "{away}");
}
