//! Whom a memory entry reaches besides those who read it later.

use super::mentions::{self, Mentions};
use crate::id::AgentId;
use crate::models::Agent;

/// The tag of chat messages.
const CHAT: &str = "chat";
/// The tag of messages to every agent of a group.
const BROADCAST: &str = "broadcast";
/// What people tell all agents of a board at once; agents understand it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Stop until further notice.
    Pause,
    /// Go on.
    Resume,
}

impl Command {
    /// The message.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pause => "/pause",
            Self::Resume => "/resume",
        }
    }
}

/// Whether an entry with these tags is a message of the chat.
pub fn is_chat(tags: &[String]) -> bool {
    tags.iter().any(|tag| tag == CHAT)
}

/// The command that a person's chat message consists of, in either case: it goes to every agent. Agents command nobody:
/// the same words of theirs are a message like any other.
pub fn command(text: &str, author: Option<AgentId>) -> Option<Command> {
    let text = text.trim();
    if author.is_some() {
        return None;
    }
    [Command::Pause, Command::Resume].into_iter().find(|command| text.eq_ignore_ascii_case(command.as_str()))
}

/// How a message concerns one agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// As its board's lead, who hears everything.
    Lead,
    /// By name.
    Mentioned,
    /// With all others.
    Everybody,
}

/// Whom of a group's `agents` a message in its memory is for. `None`: it is a note, for nobody in particular.
pub fn group_audience(tags: &[String], text: &str, agents: &[Agent]) -> Option<Audience> {
    let mentions = mentions::of(text, agents, &[]);
    let broadcast = tags.iter().any(|tag| tag == BROADCAST) || mentions.everybody;
    (broadcast || is_chat(tags)).then_some(Audience { mentions, broadcast })
}

/// Whom of a board's `agents` a message in its chat is for.
pub fn board_audience(text: &str, agents: &[Agent]) -> Audience {
    Audience { mentions: mentions::of(text, agents, &[]), broadcast: false }
}

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    mentions: Mentions,
    broadcast: bool,
}

impl Audience {
    /// How the message concerns `agent`, if it does; nobody hears their own words.
    pub fn address(&self, agent: &Agent, author: Option<AgentId>) -> Option<Address> {
        if author == Some(agent.id) {
            None
        } else if self.broadcast {
            Some(Address::Everybody)
        } else if self.mentions.agents.contains(&agent.id) {
            Some(Address::Mentioned)
        } else {
            agent.is_board_lead.then_some(Address::Lead)
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::GatewayId;

    fn agents() -> [Agent; 3] {
        let mut lead = Agent::new(GatewayId::random(), "Boss");
        lead.is_board_lead = true;
        [lead, Agent::new(GatewayId::random(), "Ada Lovelace"), Agent::new(GatewayId::random(), "Bob")]
    }

    fn tags(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[rstest]
    #[case("hello", [Some(Address::Lead), None, None])]
    #[case("@lead look", [Some(Address::Mentioned), None, None])]
    #[case("@ada and @BOB", [Some(Address::Lead), Some(Address::Mentioned), Some(Address::Mentioned)])]
    #[case("@all", [Some(Address::Lead), None, None])]
    fn chat_on_a_board_reaches_its_lead_and_whom_it_names(
        #[case] text: &str,
        #[case] reached: [Option<Address>; 3],
    ) {
        let agents = agents();
        let audience = board_audience(text, &agents);
        assert_eq!(agents.map(|agent| audience.address(&agent, None)), reached);
    }

    #[rstest]
    #[case(&["broadcast"], "hello")]
    #[case(&[], "ping @all")]
    #[case(&["chat"], "ping @ALL")]
    fn a_broadcast_reaches_everybody_in_the_group(#[case] words: &[&str], #[case] text: &str) {
        let agents = agents();
        let audience = group_audience(&tags(words), text, &agents).unwrap();
        assert_eq!(agents.map(|agent| audience.address(&agent, None)), [Some(Address::Everybody); 3]);
    }

    #[rstest]
    #[case(&[], "hello @ada")]
    #[case(&["plan", "Chat"], "hello")]
    #[case(&[], "write to x@all.com, `@all`")]
    fn a_note_of_a_group_reaches_nobody(#[case] words: &[&str], #[case] text: &str) {
        assert_eq!(group_audience(&tags(words), text, &agents()), None);
    }

    #[test]
    fn nobody_hears_their_own_words() {
        let agents = agents();
        let lead = &agents[0];
        let broadcast = group_audience(&tags(&["broadcast"]), "x", &agents).unwrap();
        for audience in [board_audience("@lead", &agents), broadcast] {
            assert_eq!(audience.address(lead, Some(lead.id)), None);
            assert!(audience.address(lead, Some(AgentId::random())).is_some());
        }
    }

    #[rstest]
    #[case(" /Pause\n", Some(Command::Pause))]
    #[case("/resume", Some(Command::Resume))]
    #[case("/pause now", None)]
    #[case("please /pause", None)]
    #[case("/stop", None)]
    fn a_command_is_the_whole_message(#[case] text: &str, #[case] expected: Option<Command>) {
        assert_eq!(command(text, None), expected);
        assert_eq!(command(text, Some(AgentId::random())), None, "agents command nobody");
    }
}
