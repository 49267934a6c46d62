//! Who has a task: an agent or a person, never both.

use crate::id::{AgentId, UserId};

/// Who has a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    /// An agent.
    Agent(AgentId),
    /// A person.
    Person(UserId),
}

impl Assignee {
    /// As the two columns of a task have it, of which at most one is set.
    pub const fn of(agent: Option<AgentId>, person: Option<UserId>) -> Option<Self> {
        match (agent, person) {
            (_, Some(person)) => Some(Self::Person(person)),
            (Some(agent), None) => Some(Self::Agent(agent)),
            (None, None) => None,
        }
    }

    /// The agent, if it is one.
    pub const fn agent(self) -> Option<AgentId> {
        match self {
            Self::Agent(id) => Some(id),
            Self::Person(_) => None,
        }
    }

    /// The person, if it is one.
    pub const fn person(self) -> Option<UserId> {
        match self {
            Self::Agent(_) => None,
            Self::Person(id) => Some(id),
        }
    }
}

/// A task was to have two assignees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A task is an agent's or a person's: send assigned_agent_id or assigned_user_id, not both.")]
pub struct TwoAssignees;

/// What is asked for of who has a task. Each of the two is absent (`None`), emptied (`Some(None)`) or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assignment {
    agent: Option<Option<AgentId>>,
    person: Option<Option<UserId>>,
}

impl Assignment {
    /// What is asked for.
    ///
    /// # Errors
    /// Both at once.
    pub const fn new(
        agent: Option<Option<AgentId>>,
        person: Option<Option<UserId>>,
    ) -> Result<Self, TwoAssignees> {
        match (agent, person) {
            (Some(Some(_)), Some(Some(_))) => Err(TwoAssignees),
            _ => Ok(Self { agent, person }),
        }
    }

    /// Whether anything is asked for.
    pub const fn is_some(&self) -> bool {
        self.agent.is_some() || self.person.is_some()
    }

    /// Who is to have it, if it is to be given to somebody.
    pub fn given(&self) -> Option<Assignee> {
        Assignee::of(self.agent.flatten(), self.person.flatten())
    }

    /// What becomes of a task that `current` has; `None` when it stays with whom it is. Emptying says of an agent that it
    /// is not to have the task, which a person may have all the same, and the other way round: clients that know nothing of
    /// people take no task from one.
    pub fn of(&self, current: Option<Assignee>) -> Option<Option<Assignee>> {
        if let Some(given) = self.given() {
            return Some(Some(given));
        }
        let taken = match current {
            Some(Assignee::Agent(_)) => self.agent.is_some(),
            Some(Assignee::Person(_)) => self.person.is_some(),
            None => self.is_some(),
        };
        taken.then_some(None)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ADA: AgentId = AgentId::from_uuid(uuid::Uuid::from_u128(1));
    const EVE: UserId = UserId::from_uuid(uuid::Uuid::from_u128(2));
    const AGENT: Option<Assignee> = Some(Assignee::Agent(ADA));
    const PERSON: Option<Assignee> = Some(Assignee::Person(EVE));

    #[rstest]
    #[case::nothing_is_asked_for(None, None, AGENT, None)]
    #[case::an_agent_takes_the_place_of_a_person(Some(Some(ADA)), None, PERSON, Some(AGENT))]
    #[case::whatever_is_said_of_the_person(Some(Some(ADA)), Some(None), PERSON, Some(AGENT))]
    #[case::a_person_takes_the_place_of_an_agent(None, Some(Some(EVE)), AGENT, Some(PERSON))]
    #[case::no_agent_leaves_a_person(Some(None), None, PERSON, None)]
    #[case::no_person_leaves_an_agent(None, Some(None), AGENT, None)]
    #[case::no_agent_takes_it_from_one(Some(None), None, AGENT, Some(None))]
    #[case::no_person_takes_it_from_one(None, Some(None), PERSON, Some(None))]
    #[case::nobody_takes_it_from_either(Some(None), Some(None), PERSON, Some(None))]
    #[case::nobody_has_what_nobody_had(Some(None), None, None, Some(None))]
    fn one_takes_the_place_of_the_other_and_emptying_means_its_own_kind(
        #[case] agent: Option<Option<AgentId>>,
        #[case] person: Option<Option<UserId>>,
        #[case] current: Option<Assignee>,
        #[case] then: Option<Option<Assignee>>,
    ) {
        assert_eq!(Assignment::new(agent, person).unwrap().of(current), then);
    }

    #[test]
    fn nobody_gives_a_task_to_two() {
        assert_eq!(Assignment::new(Some(Some(ADA)), Some(Some(EVE))), Err(TwoAssignees));
    }
}
