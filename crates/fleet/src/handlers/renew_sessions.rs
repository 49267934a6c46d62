//! `sessions.renew`: asks the identity provider whether people may still come in, one after the other.

use mission_control_core::time::Timestamp;
use mission_control_identity::Provider;
use mission_control_store::{StoreError, provider_grants};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::RenewSessions;
use crate::renewals::{Outcome, renew_one};

impl Handler for RenewSessions {
    async fn run(self, fleet: &Fleet, attempt: &Attempt) -> Result<Value, JobError> {
        let settings = fleet.settings();
        let (mut renewed, mut ended) = (0, 0);
        // Most of the time nobody's time has come, and no client is needed.
        let is_due: Result<bool, StoreError> =
            fleet.db().read(|conn| provider_grants::any_due(conn, Timestamp::now())).await;
        if let (Some(oidc), true) = (&settings.auth.oidc, is_due?) {
            let provider = Provider::new(oidc, &settings.http.base_url)
                .map_err(|error| JobError::Fatal(error.to_string().into()))?;
            while let Some(outcome) = renew_one(fleet, &provider).await.map_err(failed)? {
                match outcome {
                    Outcome::Renewed => renewed += 1,
                    Outcome::Ended => ended += 1,
                    Outcome::Unknown => {}
                    // The others would wait for the same silence; the next run asks for them.
                    Outcome::Away => break,
                }
                attempt.go_on()?;
            }
        }
        Ok(json!({ "renewed": renewed, "ended": ended }))
    }
}

fn failed(error: FleetError) -> JobError {
    match error {
        FleetError::Store(error) => error.into(),
        other => JobError::Retry(other.to_string().into()),
    }
}
