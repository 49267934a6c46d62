//! What every kind of job says of itself.

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Job, Lane};
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, StoreResult};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Which workers take a job, and after how many attempts a failure of it is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Terms {
    pub(crate) lane: Lane,
    pub(crate) attempts: i32,
}

impl Terms {
    /// Somebody waits, and hears of the first failure. Only a crash of the worker makes the job run again; crashes are seldom
    /// the job's fault, and if they are, it may not go on for ever.
    pub(crate) const ATTENDED: Self = Self { lane: Lane::Interactive, attempts: 10 };
    /// Somebody wants it soon, and it goes on after the waiting: it is tried again.
    pub(crate) const URGENT: Self = Self { lane: Lane::Interactive, attempts: 5 };
    /// Nobody waits, and it is tried again.
    pub(crate) const BACKGROUND: Self = Self { lane: Lane::Bulk, attempts: 5 };
    /// Nobody waits, and the next one comes by itself: only a crash of the worker makes it run again.
    pub(crate) const RECURRING: Self = Self { lane: Lane::Bulk, ..Self::ATTENDED };
}

/// A kind of job, as the type of its arguments. What a worker does with it is the
/// [`Handler`](crate::handlers::handler::Handler) of the same type.
pub(crate) trait Kind: Serialize + DeserializeOwned + Send + 'static {
    /// How it is stored.
    const NAME: &'static str;
    /// Which form of the arguments this type is. An older form stays a type of its own as long as it may be stored.
    const FORM: i32 = 1;

    /// Who takes it, and how often.
    fn terms(&self) -> Terms;

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
        let Terms { lane, attempts } = self.terms();
        (job.lane, job.max_attempts) = (lane, attempts);
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
