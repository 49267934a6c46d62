//! The conversation that sets up a board: what was said, and what becomes of the agent's proposal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::models::{
    Agent, Autonomy, Board, Completion, OnboardingStatus, OutputFormat, UpdateCadence, UserChanges, Verbosity,
};
use crate::time::Timestamp;

/// What the agent that asks the questions has to say.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Turn {
    /// A proposal; it ends the questions.
    Proposal(Box<Proposal>),
    /// One question.
    Question(Question),
}

/// A question to the person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// The question.
    pub question: String,
    /// Answers to choose from.
    pub options: Vec<Choice>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// What the answer refers to it by.
    pub id: String,
    /// What the person reads.
    pub label: String,
}

/// What the agent proposes; stored as the draft of the goal, without what it left open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// The goal.
    #[serde(flatten)]
    pub goal: Goal,
    /// Marks the end of the questions.
    pub status: Completion,
    /// What was learned about the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_profile: Option<Profile>,
    /// How the lead shall be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_agent: Option<Lead>,
}

/// The goal of a board.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    /// `goal` or `general`.
    pub board_type: String,
    /// What is to be achieved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// How success is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success_metrics: Option<Map<String, Value>>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_date: Option<Timestamp>,
}

/// What was learned about the person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the user")]
#[serde(default)]
pub struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pronouns: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
}

/// How a lead shall be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lead {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Traits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_profile: Option<BTreeMap<String, String>>,
    /// How much it decides by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autonomy_level: Option<Autonomy>,
    /// How much it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verbosity: Option<Verbosity>,
    /// In which form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<OutputFormat>,
    /// How often it reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_cadence: Option<UpdateCadence>,
    /// Anything else, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_instructions: Option<String>,
}

impl Goal {
    /// A board of type `goal` has an objective and a measure.
    pub fn is_whole(&self) -> bool {
        let has_objective = self.objective.as_deref().is_some_and(|text| !text.is_empty());
        let has_measure = self.success_metrics.as_ref().is_some_and(|metrics| !metrics.is_empty());
        self.board_type != "goal" || (has_objective && has_measure)
    }
}

impl Profile {
    /// What was learned, as changes to the person.
    pub fn changes(self) -> UserChanges {
        UserChanges {
            preferred_name: self.preferred_name.map(Some),
            pronouns: self.pronouns.map(Some),
            timezone: self.timezone.map(Some),
            notes: self.notes.map(Some),
            context: self.context.map(Some),
            ..UserChanges::default()
        }
    }
}

impl Lead {
    /// All traits in one profile, which is what templates know.
    pub fn traits(&self) -> Option<Map<String, Value>> {
        let words = [
            ("autonomy_level", self.autonomy_level.map(|word| word.as_str())),
            ("verbosity", self.verbosity.map(|word| word.as_str())),
            ("output_format", self.output_format.map(|word| word.as_str())),
            ("update_cadence", self.update_cadence.map(|word| word.as_str())),
            ("custom_instructions", self.custom_instructions.as_deref()),
        ];
        let given = self.identity_profile.iter().flatten().map(|(key, value)| (key.as_str(), value.as_str()));
        let chosen = words.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let traits: Map<_, _> =
            given.chain(chosen).map(|(key, value)| (key.to_owned(), Value::from(value))).collect();
        (!traits.is_empty()).then_some(traits)
    }
}

/// Only the main agent of the board's gateway holds the conversation.
pub fn may_ask(agent: &Agent, board: &Board) -> bool {
    agent.board_id.is_none() && board.gateway_id == Some(agent.gateway_id)
}

/// A proposal may be amended until a person accepted it.
pub fn is_open(status: OnboardingStatus) -> bool {
    status != OnboardingStatus::Confirmed
}

/// Whether a person who confirms has seen the proposal of this version: by its version, or because it is the only one.
pub fn is_seen(version: i32, seen: Option<i32>) -> bool {
    seen.map_or(version <= 1, |seen| seen == version)
}

/// A message of the person, or of the product in the person's name.
pub fn from_person(text: &str, at: Timestamp) -> Value {
    json!({ "role": "user", "content": text, "timestamp": at })
}

/// A message of the agent.
pub fn from_agent(text: &str, at: Timestamp) -> Value {
    json!({ "role": "assistant", "content": text, "timestamp": at })
}

/// The choice, and what was typed beside it.
pub fn answer(choice: &str, typed: Option<&str>) -> String {
    match typed.filter(|text| !text.is_empty()) {
        Some(text) => format!("{choice}: {text}"),
        None => choice.to_owned(),
    }
}

/// The conversation with one more message.
pub fn with(messages: Option<&Value>, message: Value) -> Value {
    let mut all = messages.and_then(Value::as_array).cloned().unwrap_or_default();
    all.push(message);
    Value::Array(all)
}

/// The conversation without a message that could not be delivered; nothing when none is left.
pub fn without(messages: Option<&Value>, message: &Value) -> Option<Value> {
    let mut all = messages.and_then(Value::as_array).cloned().unwrap_or_default();
    if let Some(place) = all.iter().rposition(|said| said == message) {
        all.remove(place);
    }
    (!all.is_empty()).then_some(Value::Array(all))
}

/// What the agent has not reacted to yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered<'m> {
    /// The assignment, which begins the conversation.
    Assignment(&'m str),
    /// An answer of the person.
    Answer(&'m str),
}

/// What the agent has not reacted to yet, if there is something.
pub fn unanswered(messages: Option<&Value>) -> Option<Unanswered<'_>> {
    let messages = messages?.as_array()?;
    let last = messages.last()?;
    let content = last.get("content")?.as_str()?;
    let of_person = last.get("role")?.as_str()? == "user" && !content.is_empty();
    let what = if messages.len() == 1 { Unanswered::Assignment } else { Unanswered::Answer };
    of_person.then_some(what(content))
}

/// What a stored proposal says of the person.
pub fn profile_of(draft: Option<&Value>) -> Option<Profile> {
    serde_json::from_value(draft?.get("user_profile")?.clone()).ok()
}

/// What a stored proposal says of the lead.
pub fn lead_of(draft: Option<&Value>) -> Option<Lead> {
    serde_json::from_value(draft?.get("lead_agent")?.clone()).ok()
}

/// Whether a proposal asks for approvals before tasks become done: always, unless its lead decides everything.
pub fn needs_approval(draft: Option<&Value>) -> bool {
    let Some(lead) = draft.and_then(|draft| draft.get("lead_agent")) else { return true };
    let profile = lead.get("identity_profile");
    let said = ["autonomy_level", "autonomy", "mode"].map(|key| profile.and_then(|profile| profile.get(key)));
    !said.into_iter().chain([lead.get("autonomy_level")]).flatten().any(is_full_autonomy)
}

/// Identity profiles are in people's own words.
fn is_full_autonomy(value: &Value) -> bool {
    let words = value.as_str().unwrap_or_default().trim().to_lowercase().replace('_', "-");
    matches!(words.as_str(), "autonomous" | "full-autonomy")
        || (words.contains("autonom") && words.contains("fully"))
}

/// A stored proposal as clients know it: what it left open is `null`.
pub fn shown(draft: &Value) -> Value {
    const TOP: [&str; 6] =
        ["objective", "success_metrics", "target_date", "status", "user_profile", "lead_agent"];
    const PROFILE: [&str; 5] = ["preferred_name", "pronouns", "timezone", "notes", "context"];
    const LEAD: [&str; 7] = [
        "name",
        "identity_profile",
        "autonomy_level",
        "verbosity",
        "output_format",
        "update_cadence",
        "custom_instructions",
    ];
    let mut shown = draft.clone();
    fill(Some(&mut shown), &TOP);
    fill(shown.get_mut("user_profile"), &PROFILE);
    fill(shown.get_mut("lead_agent"), &LEAD);
    shown
}

fn fill(object: Option<&mut Value>, names: &[&str]) {
    if let Some(fields) = object.and_then(Value::as_object_mut) {
        for name in names {
            fields.entry(*name).or_insert(Value::Null);
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{BoardId, GatewayId, OrganizationId};

    #[rstest]
    #[case(json!({}), true)]
    #[case(json!({"lead_agent": {"autonomy_level": "balanced"}}), true)]
    #[case(json!({"lead_agent": {"autonomy_level": "autonomous"}}), false)]
    #[case(json!({"lead_agent": {"identity_profile": {"mode": " Fully_Autonomous "}}}), false)]
    #[case(json!({"lead_agent": {"identity_profile": {"autonomy": "full_autonomy"}}}), false)]
    #[case(json!({"lead_agent": {"identity_profile": {"role": "fully autonomous"}}}), true)]
    fn only_a_lead_that_decides_everything_needs_no_approvals(#[case] draft: Value, #[case] expected: bool) {
        assert_eq!(needs_approval(Some(&draft)), expected);
    }

    #[rstest]
    #[case::the_one_that_was_shown(3, Some(3), true)]
    #[case::an_older_one(3, Some(2), false)]
    #[case::the_only_one(1, None, true)]
    #[case::none_at_all(0, None, true)]
    #[case::one_of_several(2, None, false)]
    fn what_is_confirmed_is_what_was_seen(
        #[case] version: i32,
        #[case] seen: Option<i32>,
        #[case] confirmed: bool,
    ) {
        assert_eq!(is_seen(version, seen), confirmed);
    }

    #[test]
    fn only_the_main_agent_of_the_boards_gateway_asks() {
        let gateway = GatewayId::random();
        let mut board = Board::new(OrganizationId::random(), "b", "b");
        board.gateway_id = Some(gateway);
        let main = Agent::new(gateway, "main");
        assert!(may_ask(&main, &board));
        assert!(!may_ask(&Agent { board_id: Some(BoardId::random()), ..main }, &board));
        assert!(!may_ask(&Agent::new(GatewayId::random(), "other"), &board));
    }

    #[test]
    fn a_message_that_was_not_delivered_leaves_the_conversation_as_it_was() {
        let at = Timestamp::from_micros(0);
        let [first, second] = ["one", "two"].map(|text| from_person(text, at));
        let begun = with(None, first.clone());
        let both = with(Some(&begun), second.clone());
        assert_eq!(unanswered(Some(&both)), Some(Unanswered::Answer("two")));
        assert_eq!(unanswered(Some(&begun)), Some(Unanswered::Assignment("one")));
        assert_eq!(without(Some(&both), &second), Some(begun.clone()));
        assert_eq!(without(Some(&begun), &first), None);
        assert_eq!(unanswered(Some(&with(Some(&begun), from_agent("?", at)))), None);
    }

    #[test]
    fn a_leads_traits_are_its_profile_and_the_words_chosen_for_it() {
        let lead: Lead = serde_json::from_value(json!({
            "identity_profile": {"role": "Lead", "verbosity": "chatty"}, "verbosity": "concise", "unknown": 1,
        }))
        .unwrap();
        assert_eq!(Value::from(lead.traits().unwrap()), json!({"role": "Lead", "verbosity": "concise"}));
        assert_eq!(Lead::default().traits(), None);
        assert_eq!(lead_of(Some(&json!({"lead_agent": {"verbosity": "loud"}}))), None);
    }

    #[rstest]
    #[case("general", None, None, true)]
    #[case("goal", Some("Grow"), None, false)]
    #[case("goal", Some("Grow"), Some(json!({})), false)]
    #[case("goal", Some(""), Some(json!({"m": 1})), false)]
    #[case("goal", Some("Grow"), Some(json!({"m": 1})), true)]
    fn a_goal_has_an_objective_and_a_measure(
        #[case] board_type: &str,
        #[case] objective: Option<&str>,
        #[case] metrics: Option<Value>,
        #[case] whole: bool,
    ) {
        let goal = Goal {
            board_type: board_type.to_owned(),
            objective: objective.map(str::to_owned),
            success_metrics: metrics.map(|metrics| metrics.as_object().unwrap().clone()),
            target_date: None,
        };
        assert_eq!(goal.is_whole(), whole);
    }

    #[test]
    fn what_a_proposal_left_open_is_shown_as_null() {
        let shown =
            shown(&json!({"board_type": "general", "status": "complete", "lead_agent": {"name": "Ava"}}));
        assert_eq!((&shown["objective"], &shown["user_profile"]), (&Value::Null, &Value::Null));
        assert_eq!(
            (&shown["lead_agent"]["name"], &shown["lead_agent"]["verbosity"]),
            (&json!("Ava"), &Value::Null)
        );
    }
}
