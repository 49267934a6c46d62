//! Letters to people, by SMTP.
//!
//! A [`Mailer`] knows one server and sends one letter at a time, each by a connection of its own: letters are few. Every sending has
//! a deadline. What is in a letter is no affair of this crate.

use std::error::Error;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::{
    self,
    authentication::Credentials,
    client::{Tls, TlsParameters},
};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use mission_control_core::config::{MailPrivacy, MailSettings};
use secrecy::ExposeSecret;
use tokio::time::timeout;

/// How long sending may take, from looking up the server's name to its receipt.
const DEADLINE: Duration = Duration::from_secs(20);

/// A letter of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it is to, an e-mail address.
    pub to: String,
    /// What it is about, one line.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The address is none, or the server takes no letter for it, or none from here.
    #[error("the mail server takes no such letter: {0}")]
    Refused(String),
    /// The server is away, or busy: another time it may work.
    #[error("the mail server cannot be reached: {0}")]
    Away(String),
}

/// Sends letters by one server.
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for these settings. The server is asked nothing before there is a letter.
    ///
    /// # Errors
    /// A sender that is no address; a host name that no certificate can be for.
    pub fn new(settings: &MailSettings) -> Result<Self, MailError> {
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|error| refused(&error));
        let tls = match settings.privacy {
            MailPrivacy::Tls => Tls::Wrapper(tls()?),
            MailPrivacy::StartTls => Tls::Required(tls()?),
            MailPrivacy::ThisMachine => Tls::None,
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.clone())
            .port(settings.port)
            .timeout(Some(DEADLINE))
            .tls(tls);
        if let Some((user, password)) = &settings.credentials {
            server = server.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { server: server.build(), from: settings.from.parse().map_err(|error| refused(&error))? })
    }

    /// Sends a letter: the server has taken it.
    ///
    /// # Errors
    /// A server that is away, or does not take it.
    pub async fn send(&self, letter: Letter) -> Result<(), MailError> {
        let to: Mailbox = letter.to.parse().map_err(|error| refused(&error))?;
        let message = automatic()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)
            .map_err(|error| refused(&error))?;
        in_time(self.server.send(message)).await.map(drop)
    }

    /// Looks whether the server answers, and knows who signs in there.
    ///
    /// # Errors
    /// A server that is away, or turns this installation away.
    pub async fn look(&self) -> Result<(), MailError> {
        match in_time(self.server.test_connection()).await? {
            true => Ok(()),
            false => Err(MailError::Away("it does not do what it is told".to_owned())),
        }
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T, smtp::Error>>) -> Result<T, MailError> {
    match timeout(DEADLINE, asked).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) if error.is_permanent() || error.is_client() => Err(refused(&error)),
        Ok(Err(error)) => Err(MailError::Away(cause(&error))),
        Err(_) => Err(MailError::Away(format!("no answer within {} s", DEADLINE.as_secs()))),
    }
}

/// A message that nobody's absence notice answers (RFC 3834).
fn automatic() -> MessageBuilder {
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    Message::builder().raw_header(HeaderValue::new(name, "auto-generated".to_owned()))
}

fn refused(error: &(dyn Error + 'static)) -> MailError {
    MailError::Refused(cause(error))
}

/// The error with what caused it, which the libraries keep apart.
fn cause(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}
