//! `account.mail_reset`: mails a link for a new password to whoever signs in with an address. That nobody does is no failure: only
//! who reads the mail of an address learns whether it is known here.

use mission_control_mail::MailError;
use serde_json::{Value, json};

use super::handler::Handler;
use crate::accounts::mailed_offer;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::MailReset;
use crate::letters;

impl Handler for MailReset {
    async fn run(self, fleet: &Fleet, _attempt: &Attempt) -> Result<Value, JobError> {
        let Some(mailer) = fleet.mailer() else {
            return Err(JobError::Fatal("no mail server is set: SMTP_URL".to_owned().into()));
        };
        let offer = mailed_offer(fleet, self.email).await.map_err(|error| match error {
            FleetError::Store(error) => error.into(),
            other => JobError::Fatal(other.detail().into()),
        })?;
        if let Some(offer) = &offer {
            let letter = letters::new_password(&fleet.settings().http.base_url, &offer.email, &offer.token);
            mailer.send(letter).await.map_err(|error| match error {
                MailError::Away(_) => JobError::Retry(error.to_string().into()),
                MailError::Refused(_) => JobError::Fatal(error.to_string().into()),
            })?;
        }
        Ok(json!({}))
    }
}
