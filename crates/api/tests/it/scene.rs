//! The scene of the test kit, on a server of its own.

use std::ops::Deref;

use mission_control_core::id::AgentId;
use mission_control_testkit::scene;
use mission_control_testkit::scratch::Backend;

use crate::server::{Server, TOKEN};

pub(crate) struct Scene {
    pub(crate) server: Server,
    set: scene::Scene,
}

impl Scene {
    pub(crate) async fn start(backend: Backend) -> Self {
        Self::start_with(backend, &[]).await
    }

    /// With these variables beside those of every test.
    pub(crate) async fn start_with(backend: Backend, variables: &[(&str, &str)]) -> Self {
        let server = Server::start_with(backend, variables).await;
        let set = set_on(&server).await;
        Self { server, set }
    }
}

/// One more scene on a server.
pub(crate) async fn set_on(server: &Server) -> scene::Scene {
    scene::Scene::set(server.db().await, server.stranger(), TOKEN).await
}

impl Deref for Scene {
    type Target = scene::Scene;

    fn deref(&self) -> &scene::Scene {
        &self.set
    }
}

/// Agents with the first lines that they were told, in the order of [`scene::Scene::headlines`].
pub(crate) fn headlines(expected: &[(AgentId, &str)]) -> Vec<(AgentId, String)> {
    let mut expected: Vec<_> = expected.iter().map(|(agent, text)| (*agent, (*text).to_owned())).collect();
    expected.sort();
    expected
}
