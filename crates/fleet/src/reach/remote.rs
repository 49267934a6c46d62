//! A gateway as use-cases see it: the calls they need, repeated where a restart got in between.

use std::sync::Arc;
use std::time::Duration;

use mission_control_core::models::{Agent, Gateway};
use mission_control_gateway_rpc::{
    Client, Connected, Features, GatewayError, LinkState, Request, RpcErrorKind,
};
use tokio::time::{Instant, sleep, timeout};

use crate::naming::OnGateway;

/// How long a gateway may be away in the middle of a piece of work: the coldest start seen takes 20 s.
pub(super) const RIDE_OUT: Duration = Duration::from_secs(45);
/// Pause between attempts while a gateway is away.
pub(super) const PAUSE: Duration = Duration::from_millis(500);
/// How long to look for a first connection.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// A gateway that answered at least once.
pub(crate) struct Remote {
    client: Client,
    info: Arc<Connected>,
    features: Features,
}

impl Remote {
    /// Waits for the connection of `client`.
    pub(crate) async fn open(client: Client) -> Result<Self, GatewayError> {
        let mut state = client.watch();
        if matches!(client.state(), LinkState::Down { .. }) {
            // What kept the last attempt from succeeding may be cured by now: do not answer with old news.
            client.retry_now();
            let moved = state.wait_for(|state| !matches!(state, LinkState::Down { .. }));
            let _ = timeout(Duration::from_secs(1), moved).await;
        }
        let info = client.connected(FIRST_CONTACT).await.map_err(cause)?;
        let features = Features::of(&info, None);
        Ok(Self { client, info, features })
    }

    /// Like [`Self::open`], but the outcome of the next attempt is the answer: whoever looks wants to know how it is now.
    pub(crate) async fn look(client: Client) -> Result<Self, GatewayError> {
        let mut state = client.watch();
        if matches!(*state.borrow_and_update(), LinkState::Down { .. }) {
            client.retry_now();
            let _ = timeout(FIRST_CONTACT, state.changed()).await;
        }
        let settled = state.wait_for(|state| !matches!(state, LinkState::Connecting));
        let _ = timeout(FIRST_CONTACT, settled).await;
        match client.state() {
            LinkState::Down { error, .. } => Err(error),
            _ => Self::open(client).await,
        }
    }

    /// What the gateway said of itself when it was reached.
    pub(crate) fn info(&self) -> &Connected {
        &self.info
    }

    /// What the gateway can do, as far as its version tells.
    pub(crate) fn features(&self) -> &Features {
        &self.features
    }

    /// The place of `agent`, which is an agent of this `gateway`.
    pub(crate) fn place(&self, agent: &Agent, gateway: &Gateway) -> OnGateway {
        OnGateway::of(agent, gateway, self.info.state_dir.as_deref())
    }

    /// The connection.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Asks once: for reads whose failure the caller wants to see at once.
    pub(crate) async fn ask_once<R: Request>(&self, request: &R) -> Result<R::Answer, GatewayError> {
        self.client.ask(request).await.map_err(cause)
    }

    /// Asks for something that may be repeated without harm; a gateway that goes away is waited for.
    pub(crate) async fn ask<R: Request>(&self, request: &R) -> Result<R::Answer, GatewayError> {
        let deadline = Instant::now() + RIDE_OUT;
        loop {
            match self.ask_once(request).await {
                Err(error) if rides_out(&error) && Instant::now() < deadline => {
                    tracing::debug!(method = R::METHOD, %error, "gateway call repeated");
                    sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
    }
}

/// The failure itself, when "not connected" only wraps it.
pub(super) fn cause(error: GatewayError) -> GatewayError {
    match error {
        GatewayError::NotConnected { cause: Some(cause) } => *cause,
        other => other,
    }
}

/// Whether the gateway is only away for a moment. A rate limit is not that: it is waited out by the job.
pub(super) fn rides_out(error: &GatewayError) -> bool {
    error.is_transient() && kind(error) != Some(RpcErrorKind::RateLimited)
}

/// What the gateway's answer means.
pub(crate) fn kind(error: &GatewayError) -> Option<RpcErrorKind> {
    error.rpc().map(mission_control_gateway_rpc::RpcError::kind)
}

/// The gateway does not know the agent.
pub(crate) fn is_missing_agent(error: &GatewayError) -> bool {
    kind(error) == Some(RpcErrorKind::AgentNotFound)
}
