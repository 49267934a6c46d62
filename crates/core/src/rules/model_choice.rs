//! Which models an agent thinks with: what was chosen for it goes before what was chosen for its board, and what nobody chose stays
//! as its gateway has it.

use serde_json::{Value, json};

use super::budgets::is_time_zone;
use crate::models::{ActiveHours, Agent, ModelChoice, ThinkingLevel};

/// A model, and those that are tried when it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// `provider/name`.
    pub primary: String,
    /// In their order.
    pub fallbacks: Vec<String>,
}

/// What an agent's gateway shall have of each. `None`: whatever it has. `Some(None)`: nothing, since what was chosen is no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InEffect {
    /// The model.
    pub model: Option<Option<Model>>,
    /// How much it thinks.
    pub thinking: Option<Option<ThinkingLevel>>,
    /// The model of heartbeats.
    pub heartbeat_model: Option<Option<String>>,
    /// Whether heartbeats go without most of the workspace.
    pub light_context: Option<Option<bool>>,
    /// When there are heartbeats.
    pub active_hours: Option<Option<ActiveHours>>,
}

/// Changes to a choice. What is `None` stays, what is `Some(None)` is chosen no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelChanges {
    /// The model.
    pub model: Option<Option<String>>,
    /// Models that are tried when it fails.
    pub fallbacks: Option<Vec<String>>,
    /// How much it thinks.
    pub thinking: Option<Option<ThinkingLevel>>,
    /// The model of heartbeats.
    pub heartbeat_model: Option<Option<String>>,
    /// Whether heartbeats go without most of the workspace.
    pub light_context: Option<Option<bool>>,
    /// When there are heartbeats.
    pub active_hours: Option<Option<ActiveHours>>,
}

/// What is wrong with a choice, and of which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusable {
    /// As the API names it.
    pub field: &'static str,
    /// What it has to be.
    pub rule: &'static str,
}

const MODEL: &str = "model";
const THINKING: &str = "thinking";
const HEARTBEAT_MODEL: &str = "heartbeat_model";
const LIGHT_CONTEXT: &str = "light_context";
const ACTIVE_HOURS: &str = "active_hours";

/// What holds for an agent with these heartbeat settings, for which `own` was chosen, on a board for which `of_board` was.
pub fn in_effect(
    heartbeat: Option<&Value>,
    own: Option<&ModelChoice>,
    of_board: Option<&ModelChoice>,
) -> InEffect {
    let levels = [own, of_board];
    let setting = |key: &str| heartbeat.and_then(|config| config.get(key)).filter(|value| !value.is_null());
    InEffect {
        model: wish(levels, MODEL, model, None),
        thinking: wish(levels, THINKING, |choice| choice.thinking, None),
        heartbeat_model: wish(
            levels,
            HEARTBEAT_MODEL,
            |choice| choice.heartbeat_model.clone(),
            setting("model").and_then(|it| it.as_str().map(str::to_owned)),
        ),
        light_context: wish(
            levels,
            LIGHT_CONTEXT,
            |choice| choice.light_context,
            setting("lightContext").and_then(Value::as_bool),
        ),
        active_hours: wish(
            levels,
            ACTIVE_HOURS,
            active_hours,
            setting("activeHours").and_then(|it| serde_json::from_value(it.clone()).ok()),
        ),
    }
}

/// What holds for an agent, of everything that was chosen where it is.
pub fn holds_for(agent: &Agent, choices: &[ModelChoice]) -> InEffect {
    let own = choices.iter().find(|choice| choice.agent_id == Some(agent.id));
    let of_board =
        choices.iter().find(|choice| choice.board_id.is_some() && choice.board_id == agent.board_id);
    in_effect(agent.heartbeat_config.as_ref(), own, of_board)
}

/// The first that was chosen: the agent's, what its heartbeat settings say, the board's.
fn wish<T>(
    [own, of_board]: [Option<&ModelChoice>; 2],
    name: &str,
    chosen: impl Fn(&ModelChoice) -> Option<T>,
    setting: Option<T>,
) -> Option<Option<T>> {
    let first = own.and_then(&chosen).or(setting).or_else(|| of_board.and_then(&chosen));
    let was = |choice: &ModelChoice| names(&choice.withdrawn).iter().any(|it| it == name);
    match first {
        Some(value) => Some(Some(value)),
        None => own.is_some_and(was).then_some(None).or_else(|| of_board.is_some_and(was).then_some(None)),
    }
}

/// The model of a choice.
pub fn model(choice: &ModelChoice) -> Option<Model> {
    let primary = choice.model.clone()?;
    Some(Model { primary, fallbacks: names(&choice.fallbacks) })
}

/// The hours of a choice.
pub fn active_hours(choice: &ModelChoice) -> Option<ActiveHours> {
    serde_json::from_value(choice.active_hours.clone()?).ok()
}

/// A list of texts, as it is stored.
pub fn names(list: &Value) -> Vec<String> {
    let entries = list.as_array().into_iter().flatten();
    entries.filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

/// The choice with these changes.
///
/// # Errors
/// What cannot be chosen.
pub fn changed(choice: &ModelChoice, changes: ModelChanges) -> Result<ModelChoice, Unusable> {
    let mut next = choice.clone();
    let mut withdrawn = names(&choice.withdrawn);
    if changes.model == Some(None) {
        next.fallbacks = json!([]);
    }
    if let Some(fallbacks) = changes.fallbacks {
        next.fallbacks = json!(fallbacks);
    }
    let hours = changes.active_hours.map(|hours| hours.map(|hours| json!(hours)));
    settle(MODEL, &mut next.model, changes.model, &mut withdrawn);
    settle(THINKING, &mut next.thinking, changes.thinking, &mut withdrawn);
    settle(HEARTBEAT_MODEL, &mut next.heartbeat_model, changes.heartbeat_model, &mut withdrawn);
    settle(LIGHT_CONTEXT, &mut next.light_context, changes.light_context, &mut withdrawn);
    settle(ACTIVE_HOURS, &mut next.active_hours, hours, &mut withdrawn);
    next.withdrawn = json!(withdrawn);
    usable(&next)?;
    Ok(next)
}

/// Puts a change in its place. What was chosen and is no more is withdrawn from then on, until something is chosen again.
fn settle<T>(name: &str, place: &mut Option<T>, change: Option<Option<T>>, withdrawn: &mut Vec<String>) {
    let Some(value) = change else { return };
    let was = place.is_some() || withdrawn.iter().any(|it| it == name);
    withdrawn.retain(|it| it != name);
    if was && value.is_none() {
        withdrawn.push(name.to_owned());
    }
    *place = value;
}

fn usable(choice: &ModelChoice) -> Result<(), Unusable> {
    let fault = |field, rule| Err(Unusable { field, rule });
    let is_model = |name: &String| {
        let is_part =
            |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control());
        name.split_once('/').is_some_and(|(provider, name)| is_part(provider) && is_part(name))
    };
    let rule = "Name the provider and the model, such as anthropic/claude-sonnet-4-5.";
    for (field, name) in [(MODEL, &choice.model), (HEARTBEAT_MODEL, &choice.heartbeat_model)] {
        if name.as_ref().is_some_and(|name| !is_model(name)) {
            return fault(field, rule);
        }
    }
    let fallbacks = names(&choice.fallbacks);
    if !fallbacks.iter().all(is_model) {
        return fault("fallbacks", rule);
    }
    if choice.model.is_none() && !fallbacks.is_empty() {
        return fault("fallbacks", "Choose a model as well: these are for when it fails.");
    }
    match active_hours(choice) {
        Some(hours) => usable_hours(&hours),
        None => Ok(()),
    }
}

fn usable_hours(hours: &ActiveHours) -> Result<(), Unusable> {
    let fault = |rule| Err(Unusable { field: ACTIVE_HOURS, rule });
    let (Some(start), Some(end)) = (minutes(&hours.start), minutes(&hours.end)) else {
        return fault("Give hours and minutes, such as 08:00 and 22:00.");
    };
    if start == end || start == 24 * 60 {
        return fault("The hours end when they begin.");
    }
    match &hours.timezone {
        Some(zone) if !is_time_zone(zone) => {
            fault("There is no such time zone. Name one such as Europe/Berlin.")
        }
        _ => Ok(()),
    }
}

/// Minutes since midnight of `08:30`; midnight at the end of a day is `24:00`.
fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2
        || minutes.len() != 2
        || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
    {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((hours < 24 && minutes < 60) || (hours == 24 && minutes == 0)).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::id::{AgentId, BoardId};

    fn own() -> ModelChoice {
        ModelChoice::of_agent(AgentId::random())
    }

    fn of_board() -> ModelChoice {
        ModelChoice::of_board(BoardId::random())
    }

    fn model_of(name: &str) -> ModelChanges {
        ModelChanges { model: Some(Some(name.to_owned())), ..ModelChanges::default() }
    }

    fn primary(effect: &InEffect) -> Option<Option<&str>> {
        effect.model.as_ref().map(|model| model.as_ref().map(|model| model.primary.as_str()))
    }

    #[test]
    fn what_nobody_chose_stays_as_the_gateway_has_it() {
        assert_eq!(in_effect(None, None, None), InEffect::default());
        assert_eq!(in_effect(None, Some(&own()), Some(&of_board())), InEffect::default());
    }

    #[test]
    fn an_agents_choice_goes_before_its_boards_and_what_is_taken_back_is_taken_out() {
        let board = changed(&of_board(), model_of("a/board")).unwrap();
        let agent = changed(&own(), model_of("a/own")).unwrap();
        assert_eq!(primary(&in_effect(None, Some(&agent), Some(&board))), Some(Some("a/own")));
        let agent = changed(&agent, ModelChanges { model: Some(None), ..ModelChanges::default() }).unwrap();
        assert_eq!(primary(&in_effect(None, Some(&agent), Some(&board))), Some(Some("a/board")));
        assert_eq!(primary(&in_effect(None, Some(&agent), None)), Some(None));
        let again = changed(&agent, ModelChanges { model: Some(None), ..ModelChanges::default() }).unwrap();
        assert_eq!(primary(&in_effect(None, Some(&again), None)), Some(None), "it is still to be taken out");
        let back = changed(&again, model_of("a/other")).unwrap();
        assert_eq!(names(&back.withdrawn), [""; 0]);
    }

    #[test]
    fn an_agents_heartbeat_settings_go_before_its_boards_choice_and_after_its_own() {
        let heartbeat = json!({ "model": "a/setting", "lightContext": true });
        let cheap = |name: &str| ModelChanges {
            heartbeat_model: Some(Some(name.to_owned())),
            ..ModelChanges::default()
        };
        let board = changed(&of_board(), cheap("a/board")).unwrap();
        let effect = in_effect(Some(&heartbeat), None, Some(&board));
        assert_eq!(
            (effect.heartbeat_model, effect.light_context),
            (Some(Some("a/setting".to_owned())), Some(Some(true)))
        );
        let agent = changed(&own(), cheap("a/own")).unwrap();
        let effect = in_effect(Some(&heartbeat), Some(&agent), Some(&board));
        assert_eq!(effect.heartbeat_model, Some(Some("a/own".to_owned())));
    }

    #[test]
    fn fallbacks_go_with_their_model() {
        let with = ModelChanges { fallbacks: Some(vec!["b/two".to_owned()]), ..model_of("a/one") };
        let choice = changed(&own(), with).unwrap();
        assert_eq!(model(&choice).unwrap().fallbacks, ["b/two"]);
        let without =
            changed(&choice, ModelChanges { model: Some(None), ..ModelChanges::default() }).unwrap();
        assert_eq!((model(&without), names(&without.fallbacks).len()), (None, 0));
        let alone = ModelChanges { fallbacks: Some(vec!["b/two".to_owned()]), ..ModelChanges::default() };
        assert_eq!(changed(&own(), alone).unwrap_err().field, "fallbacks");
    }

    #[rstest]
    #[case("anthropic/claude-sonnet-4-5", true)]
    #[case("openrouter/qwen/qwen-2.5:free", true)]
    #[case("claude", false)]
    #[case("/x", false)]
    #[case("x/", false)]
    #[case("a b/c", false)]
    fn a_model_has_a_provider(#[case] name: &str, #[case] usable: bool) {
        assert_eq!(changed(&own(), model_of(name)).is_ok(), usable);
    }

    #[rstest]
    #[case("08:00", "22:00", Some("Europe/Berlin"), true)]
    #[case("22:00", "06:00", None, true)]
    #[case("00:00", "24:00", None, true)]
    #[case("8:00", "22:00", None, false)]
    #[case("08:00", "24:01", None, false)]
    #[case("24:00", "08:00", None, false)]
    #[case("08:00", "08:00", None, false)]
    #[case("08:00", "22:00", Some("Atlantis"), false)]
    fn hours_are_those_of_a_day(
        #[case] start: &str,
        #[case] end: &str,
        #[case] zone: Option<&str>,
        #[case] usable: bool,
    ) {
        let hours =
            ActiveHours { start: start.to_owned(), end: end.to_owned(), timezone: zone.map(str::to_owned) };
        let changes = ModelChanges { active_hours: Some(Some(hours)), ..ModelChanges::default() };
        assert_eq!(changed(&own(), changes).is_ok(), usable);
    }
}
