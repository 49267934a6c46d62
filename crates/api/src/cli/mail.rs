//! `mission-control-api mail`: whether letters can be sent.

use std::path::Path;

use clap::{Args, Subcommand};
use mission_control_core::config::Settings;
use mission_control_mail::{Letter, Mailer};
use mission_control_process::{Exit, Failure, runtime};

use super::start::told;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Send a letter, and say whether the mail server of SMTP_URL took it
    Test {
        /// E-mail address
        address: String,
    },
}

pub(super) fn run(arguments: Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let settings = Settings::from_env(told(env_file, [])?)?;
    let Action::Test { address } = arguments.action;
    let Some(mail) = &settings.mail else {
        return Err(Failure::new(Exit::Usage, "no mail is sent from here; set SMTP_URL and MAIL_FROM"));
    };
    let letter = Letter {
        to: address.clone(),
        subject: "Mission Control can send mail".to_owned(),
        text: format!("This letter was asked for at the server of {}.\n", settings.http.base_url),
    };
    let failed = |error| Failure::new(Exit::Failed, format!("{error}; check SMTP_URL and MAIL_FROM"));
    let mailer = Mailer::new(mail).map_err(failed)?;
    runtime()?.block_on(mailer.send(letter)).map_err(failed)?;
    println!("{} has taken a letter to {address}", mail.address());
    Ok(())
}
