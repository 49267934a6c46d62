//! Who a request comes from, whatever route it is for.

use std::collections::{BTreeSet, HashMap};

use actix_web::HttpRequest;
use mission_control_core::id::{AgentId, ApiTokenId, UserId};
use mission_control_core::rules::{access, agent_token};
use mission_control_store::{Conn, Db, StoreResult, agents, boards, members};

use super::{Proof, agent, credentials, user};
use crate::error::ApiResult;

/// The holders of all credentials of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Principal {
    /// A person, in whichever organization they work at the moment: what takes them to another one is repeated from there.
    person: Option<UserId>,
    /// The token by which a program acts for the person.
    token: Option<ApiTokenId>,
    agent: Option<AgentId>,
}

/// The holders of a request's credentials; `None` without a valid one.
///
/// # Errors
/// 401 and 429 for an agent's token that is none; 403 for a paused or leaving agent that wants to change something.
pub(crate) async fn principal(request: &HttpRequest) -> ApiResult<Option<Principal>> {
    let person = user::signed_in(request).await?;
    let token = match &person {
        Some(_) => credentials::agent_header(request.headers()).map(str::to_owned),
        None => agent::presented_token(request),
    };
    let agent = match token {
        Some(token) => Some(agent::authenticate(request, &token).await?),
        None => None,
    };
    let token = person.as_ref().and_then(|it| match &it.proof {
        Proof::ApiToken(token) => Some(token.id),
        Proof::AccessToken | Proof::Session(_) | Proof::ProviderToken(_) | Proof::ClerkToken(_) => None,
    });
    let person = person.map(|it| it.user.id);
    let agent = agent.map(|agent| agent.0.id);
    Ok((person.is_some() || agent.is_some()).then_some(Principal { person, token, agent }))
}

impl Principal {
    /// A text that stands for them.
    pub(crate) fn name(&self) -> String {
        let person = self.person.map(|user| format!("user {user}"));
        let token = self.token.map(|token| format!("token {token}"));
        let agent = self.agent.map(|agent| format!("agent {agent}"));
        person.into_iter().chain(token).chain(agent).collect::<Vec<_>>().join(", ")
    }

    /// A digest of what they may do now: another one when a role, a grant, an agent's place, or the group of a board that opens it
    /// has changed.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn rights(self, db: &Db) -> StoreResult<String> {
        db.read(move |conn| self.read_rights(conn)).await
    }

    fn read_rights(self, conn: &mut Conn) -> StoreResult<String> {
        let mut rights = Vec::new();
        if let Some(user) = self.person {
            for member in members::all_of_user(conn, user)? {
                let all = (member.all_boards_read, member.all_boards_write);
                rights.push(format!("{} {} {all:?}", member.organization_id, member.role));
                let groups: HashMap<_, _> =
                    boards::with_groups(conn, member.organization_id)?.into_iter().collect();
                if access::is_admin(&member.role) {
                    // A group is theirs as long as it has no board.
                    rights.push(format!("{:?}", groups.values().collect::<BTreeSet<_>>()));
                }
                for grant in members::access(conn, member.id)? {
                    let group = groups.get(&grant.board_id);
                    rights.push(format!("{} {:?}", grant.board_id, (grant.can_read, grant.can_write, group)));
                }
            }
        }
        if let Some(id) = self.agent
            && let Some(agent) = agents::find(conn, id)?
        {
            let board = agent.board_id.map(|id| boards::find(conn, id)).transpose()?.flatten();
            let group = board.and_then(|board| board.board_group_id);
            rights.push(format!("{:?}", (agent.board_id, agent.gateway_id, agent.is_board_lead, group)));
        }
        rights.sort();
        Ok(agent_token::digest(&rights.join("\n")))
    }
}
