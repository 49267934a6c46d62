//! What every kind of job says of itself.

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Job, Lane};
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, StoreResult};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Attempts of a job that nobody waits for, or that goes on after the waiting.
pub(crate) const ATTEMPTS: i32 = 5;
/// Attempts of a job that ends with its first failure: only a crash of the worker makes it run again. Crashes are seldom
/// the job's fault; if they are, it may not go on for ever.
pub(crate) const ATTEMPTS_AFTER_CRASH: i32 = 10;

/// A kind of job, as the type of its arguments. What a worker does with it is the
/// [`Handler`](crate::handlers::handler::Handler) of the same type.
pub(crate) trait Kind: Serialize + DeserializeOwned + Send + 'static {
    /// How it is stored.
    const NAME: &'static str;
    /// Which form of the arguments this type is. An older form stays a type of its own as long as it may be stored.
    const FORM: i32 = 1;

    /// Which workers take it.
    fn lane(&self) -> Lane;

    /// Attempts after which a failure is final.
    fn attempts(&self) -> i32;

    /// What it is about, as far as it says itself.
    fn about(&self) -> About;

    /// The jobs that are about the same thing as this one.
    fn group(&self) -> String {
        self.about().group()
    }

    /// What there is one live job of this kind about: asking for another one means that one. Nothing where each is a job
    /// of its own.
    fn only_one_for(&self) -> Option<String> {
        None
    }

    /// The job to enqueue.
    ///
    /// # Errors
    /// Arguments that have no form in JSON.
    fn job(&self, organization: impl Into<Option<OrganizationId>>) -> StoreResult<NewJob> {
        let payload = serde_json::to_value(self)
            .map_err(|error| StoreError::Unwritable(format!("arguments of {}: {error}", Self::NAME)))?;
        let mut job = NewJob::new(Self::NAME, payload);
        job.version = Self::FORM;
        match self.about() {
            About::Agent(id) => job.agent_id = Some(id),
            About::Board(id) => job.board_id = Some(id),
            About::Gateway(id) => job.gateway_id = Some(id),
            About::Other(_) => {}
        }
        job.lane = self.lane();
        job.max_attempts = self.attempts();
        job.group_key = Some(self.group());
        job.dedupe_key = self.only_one_for().map(|what| format!("{}:{what}", Self::NAME));
        job.organization_id = organization.into();
        Ok(job)
    }

    /// The arguments of a stored job of this kind and form.
    ///
    /// # Errors
    /// Arguments of another form.
    fn read(job: &Job) -> Result<Self, serde_json::Error> {
        Self::deserialize(&job.payload)
    }
}

/// What a job is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    Agent(AgentId),
    Board(BoardId),
    Gateway(GatewayId),
    /// None of these: the name of the group.
    Other(String),
}

impl About {
    /// The name of the group of jobs about it.
    pub(crate) fn group(&self) -> String {
        match self {
            Self::Agent(id) => format!("agent:{id}"),
            Self::Board(id) => format!("board:{id}"),
            Self::Gateway(id) => format!("gateway:{id}"),
            Self::Other(group) => group.clone(),
        }
    }
}
