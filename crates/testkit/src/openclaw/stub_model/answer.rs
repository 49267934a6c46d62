//! What the stub model answers to a prompt.

use serde_json::Value;

/// The gateway's tool that runs a shell command.
pub(super) const SHELL_TOOL: &str = "exec";

/// The gateway fences its own notes to the model with these.
const INTERNAL_CONTEXT: (&str, &str) =
    ("<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>", "<<<END_OPENCLAW_INTERNAL_CONTEXT>>>");

/// Starts the line of facts about the run at the end of a message.
const RUN_FACTS: &str = "\n\nRuntime: agent=";

/// Words of a message that tell an agent to check in.
const WAKE_WORDS: [&str; 3] = ["workspace", "heartbeat", "check in"];

/// What the model does in a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Says a text, which ends the turn.
    Say(String),
    /// Runs a shell command on the gateway's host. In a rule `$BASE_URL` and `$AUTH_TOKEN` stand for what the agent's
    /// workspace files say.
    Run(String),
    /// Fails with an HTTP status.
    Fail(u16),
}

/// An answer for every turn whose message contains a text.
#[derive(Debug, Clone)]
pub struct Rule {
    contains: String,
    answer: Answer,
}

impl Rule {
    /// Answers messages that contain `text`, in any case.
    pub fn on(text: &str, answer: Answer) -> Rule {
        Rule { contains: text.to_lowercase(), answer }
    }
}

/// The parts of a request that decide the answer.
#[derive(Debug)]
pub(super) struct Prompt {
    /// The newest message in which the user wrote anything.
    pub(super) user: String,
    tool_result: Option<String>,
    has_shell: bool,
    everything: String,
}

impl Prompt {
    pub(super) fn read(request: &Value) -> Prompt {
        let messages = request["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let user = messages
            .iter()
            .rev()
            .filter(|message| message["role"] == "user")
            .map(|message| without_gateway_notes(&text_of(&message["content"])))
            .find(|text| !text.is_empty());
        let tool_result = messages
            .iter()
            .rev()
            .take_while(|message| message["role"] != "assistant")
            .find(|message| message["role"] == "tool")
            .map(|message| text_of(&message["content"]));
        let tools = request["tools"].as_array().map(Vec::as_slice).unwrap_or_default();
        Prompt {
            user: user.unwrap_or_default(),
            tool_result,
            has_shell: tools.iter().any(|tool| tool["function"]["name"] == SHELL_TOOL),
            everything: messages.iter().map(|message| text_of(&message["content"]) + "\n").collect(),
        }
    }

    pub(super) fn answer(&self, rules: &[Rule]) -> Answer {
        if let Some(result) = &self.tool_result {
            return Answer::Say(format!("Done: {}", result.trim().chars().take(400).collect::<String>()));
        }
        let message = self.user.to_lowercase();
        if let Some(rule) = rules.iter().find(|rule| message.contains(&rule.contains)) {
            return self.filled_in(rule.answer.clone());
        }
        if self.has_shell
            && WAKE_WORDS.iter().any(|word| message.contains(word))
            && let Some(command) = self.check_in()
        {
            return Answer::Run(command);
        }
        Answer::Say(format!("Heard: {}", self.user.chars().take(200).collect::<String>()))
    }

    /// A command with the address and token from the workspace files in the prompt.
    fn filled_in(&self, answer: Answer) -> Answer {
        match answer {
            Answer::Run(command) => {
                let filled = ["BASE_URL", "AUTH_TOKEN"].iter().fold(command, |command, name| {
                    command.replace(&format!("${name}"), self.setting(name).unwrap_or_default())
                });
                Answer::Run(filled)
            }
            answer => answer,
        }
    }

    /// The command that checks in with the address and token from the workspace files in the prompt.
    fn check_in(&self) -> Option<String> {
        let base_url = self.setting("BASE_URL")?.trim_end_matches('/');
        let token = self.setting("AUTH_TOKEN")?;
        Some(format!(
            "curl -sS -m 10 -X POST '{base_url}/api/v1/agent/heartbeat' -H 'X-Agent-Token: {token}' -w ' HTTP %{{http_code}}'"
        ))
    }

    /// The first value written as `NAME=value` in the prompt; workspace files come before the conversation.
    fn setting(&self, name: &str) -> Option<&str> {
        let ends_value = |c: char| c.is_whitespace() || "`'\"".contains(c);
        self.everything
            .match_indices(name)
            .filter_map(|(at, _)| self.everything.get(at + name.len()..)?.strip_prefix('='))
            .map(|rest| rest.trim_start_matches(['`', '\'', '"']))
            .map(|rest| rest.split(ends_value).next().unwrap_or_default())
            .find(|value| !value.is_empty() && !value.starts_with(['<', '$', '{']))
    }
}

/// A message's content is a text or a list of parts with texts.
fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts: Vec<&str> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            texts.join("\n")
        }
        _ => String::new(),
    }
}

/// What the user wrote: without fenced context and without the facts about the run that new releases append.
fn without_gateway_notes(text: &str) -> String {
    let (begin, end) = INTERNAL_CONTEXT;
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, fenced)) = rest.split_once(begin) {
        kept.push_str(before);
        rest = fenced.split_once(end).map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let message = kept.split_once(RUN_FACTS).map_or(kept.as_str(), |(before, _)| before);
    message.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(messages: Value) -> Value {
        json!({"messages": messages, "tools": [{"type": "function", "function": {"name": "exec"}}]})
    }

    fn answer(messages: Value) -> Answer {
        Prompt::read(&request(messages)).answer(&[])
    }

    #[test]
    fn a_woken_agent_checks_in_with_the_settings_of_its_workspace() {
        let woken = answer(json!([
            {"role": "system", "content": "`BASE_URL=http://mc:8000/`\n- AUTH_TOKEN=t0k3n\ncurl $BASE_URL"},
            {"role": "user", "content": [{"type": "text", "text": "Your workspace is ready."}]},
        ]));
        let Answer::Run(command) = woken else { panic!("{woken:?}") };
        assert!(command.contains("'http://mc:8000/api/v1/agent/heartbeat'"), "{command}");
        assert!(command.contains("'X-Agent-Token: t0k3n'"), "{command}");
    }

    #[test]
    fn a_placeholder_is_not_a_setting() {
        let woken = answer(json!([
            {"role": "system", "content": "AUTH_TOKEN=$AUTH_TOKEN BASE_URL=<url>"},
            {"role": "user", "content": "Check in."},
        ]));
        assert_eq!(woken, Answer::Say("Heard: Check in.".into()));
    }

    #[test]
    fn a_tool_result_ends_the_turn() {
        let ended = answer(json!([
            {"role": "user", "content": "Check in."},
            {"role": "assistant", "content": null},
            {"role": "tool", "content": "HTTP 200"},
        ]));
        assert_eq!(ended, Answer::Say("Done: HTTP 200".into()));
    }

    #[test]
    fn an_older_tool_result_does_not_end_a_new_turn() {
        let next = answer(json!([
            {"role": "tool", "content": "HTTP 200"},
            {"role": "assistant", "content": "Done"},
            {"role": "user", "content": "Hello"},
        ]));
        assert_eq!(next, Answer::Say("Heard: Hello".into()));
    }

    #[test]
    fn the_gateways_own_notes_are_not_the_users_message() {
        let (begin, end) = INTERNAL_CONTEXT;
        let heard = answer(json!([
            {"role": "user", "content": "Hello\n\nRuntime: agent=main | repo=/state/workspace"},
            {"role": "user", "content": format!("{begin} heartbeat {end}")},
        ]));
        assert_eq!(heard, Answer::Say("Heard: Hello".into()));
    }

    #[test]
    fn a_rule_decides_before_the_model_does() {
        let rules = [Rule::on("WORKSPACE", Answer::Fail(503))];
        let request = request(json!([{"role": "user", "content": "your workspace"}]));
        assert_eq!(Prompt::read(&request).answer(&rules), Answer::Fail(503));
    }
}
