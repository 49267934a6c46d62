//! What people and the agent send in an onboarding.

use mission_control_core::limits::{IDENTITY_JSON, NAME, OPTIONS, PROSE, SETTINGS_JSON, TITLE, WORD};
use mission_control_core::models::{Autonomy, Completion, OutputFormat, UpdateCadence, Verbosity};
use mission_control_core::rules::onboarding::{Choice, Goal, Lead, Profile, Proposal, Question, Turn};
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use serde_json::Value;
use utoipa::ToSchema;

use crate::input::{AnyText, Blankable, Bounded, FromInput, JsonObject, ListOf, Reader, Step, Text};

crate::input! {
    /// The answer to a question.
    pub struct BoardOnboardingAnswer {
        /// The chosen answer, or words.
        pub answer: Text<PROSE>,
        /// What was typed beside the choice.
        pub other_text: Option<AnyText<PROSE>>,
    }
}

crate::input! {
    /// The goal that the person settles on.
    pub struct BoardOnboardingConfirm {
        /// `goal` or `general`.
        pub board_type: AnyText<WORD>,
        /// What is to be achieved; a board of type `goal` has one.
        pub objective: Option<AnyText<PROSE>>,
        /// How success is measured; a board of type `goal` has one.
        pub success_metrics: Option<JsonObject<SETTINGS_JSON>>,
        /// Until when.
        pub target_date: Option<Timestamp>,
        /// `draft_version` of the proposal that was shown; needed when there was more than one.
        pub draft_version: Option<Bounded<0, { i32::MAX as i64 }>>,
        /// A task is done only with an approval. Admins may say no; without a word the board stays as strict as it is.
        pub require_approval_for_done: Option<bool>,
    }
}

crate::input! {
    /// An answer to choose.
    pub struct BoardOnboardingQuestionOption {
        /// What the answer refers to it by.
        pub id: Text<NAME>,
        /// What the person reads; with `I'll type it` in it they can type.
        pub label: Text<TITLE>,
    }
}

crate::input! {
    /// A question to the person.
    pub struct BoardOnboardingAgentQuestion {
        /// The question.
        pub question: Text<PROSE>,
        /// Answers to choose from; at least one.
        pub options: ListOf<BoardOnboardingQuestionOption, OPTIONS>,
    }
}

crate::input! {
    /// What was learned about the person. Blank is as good as absent.
    pub struct BoardOnboardingUserProfile {
        /// How to address the person.
        pub preferred_name: Blankable<AnyText<NAME>>,
        /// Pronouns.
        pub pronouns: Blankable<AnyText<WORD>>,
        /// IANA time zone.
        pub timezone: Blankable<AnyText<WORD>>,
        /// Notes for agents about the person.
        pub notes: Blankable<AnyText<PROSE>>,
        /// Background for agents about the person.
        pub context: Blankable<AnyText<PROSE>>,
    }
}

crate::input! {
    /// How the board's lead shall be. Blank is as good as absent.
    pub struct BoardOnboardingLeadAgentDraft {
        /// Its name.
        pub name: Option<Text<NAME>>,
        /// Traits: texts by name, e.g. `role`, `communication_style`, `emoji`.
        pub identity_profile: Option<JsonObject<IDENTITY_JSON>>,
        /// How much it decides by itself.
        pub autonomy_level: Blankable<Autonomy>,
        /// How much it says.
        pub verbosity: Blankable<Verbosity>,
        /// In which form.
        pub output_format: Blankable<OutputFormat>,
        /// How often it reports.
        pub update_cadence: Blankable<UpdateCadence>,
        /// Anything else, in the person's words.
        pub custom_instructions: Blankable<AnyText<PROSE>>,
    }
}

crate::input! {
    /// A proposal. It ends the questions; until it is confirmed another one replaces it.
    pub struct BoardOnboardingAgentComplete {
        /// `goal` or `general`.
        pub board_type: AnyText<WORD>,
        /// What is to be achieved; a board of type `goal` has one.
        pub objective: Option<AnyText<PROSE>>,
        /// How success is measured; a board of type `goal` has one.
        pub success_metrics: Option<JsonObject<SETTINGS_JSON>>,
        /// Until when.
        pub target_date: Option<Timestamp>,
        /// Marks the proposal as such.
        pub status: Completion,
        /// What was learned about the person.
        pub user_profile: Option<BoardOnboardingUserProfile>,
        /// How the board's lead shall be.
        pub lead_agent: Option<BoardOnboardingLeadAgentDraft>,
    }
}

/// A question or a proposal.
#[derive(Clone, ToSchema)]
#[serde(untagged)]
pub enum BoardOnboardingAgentUpdate {
    /// It ends the questions.
    Complete(Box<BoardOnboardingAgentComplete>),
    /// One question.
    Question(BoardOnboardingAgentQuestion),
}

/// The names under which existing clients find the faults of the two forms.
const COMPLETE_FORM: &str = "function-after[validate_goal_fields(), BoardOnboardingAgentComplete]";
const QUESTION_FORM: &str = "BoardOnboardingAgentQuestion";
pub(super) const GOAL_IS_MISSING: &str = "A board of type goal needs objective and success_metrics.";

impl FromInput for BoardOnboardingAgentUpdate {
    type Output = Self;

    fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
        reader.one_of(&[
            (COMPLETE_FORM, &|reader| complete(value, reader).map(|input| Self::Complete(Box::new(input)))),
            (QUESTION_FORM, &|reader| question(value, reader).map(Self::Question)),
        ])
    }

    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::Ref::from_schema_name("BoardOnboardingAgentUpdate").into()
    }
}

fn complete(value: &Value, reader: &mut Reader) -> Option<BoardOnboardingAgentComplete> {
    let input = BoardOnboardingAgentComplete::from_input(value, reader)?;
    let goal = Goal {
        board_type: input.board_type.clone(),
        objective: input.objective.clone(),
        success_metrics: input.success_metrics.clone(),
        target_date: input.target_date,
    };
    if goal.is_whole() { Some(input) } else { reader.fail("value_error", GOAL_IS_MISSING) }
}

fn question(value: &Value, reader: &mut Reader) -> Option<BoardOnboardingAgentQuestion> {
    let input = BoardOnboardingAgentQuestion::from_input(value, reader)?;
    if input.options.is_empty() {
        let place = Step::Name("options".into());
        return reader.at(place, |reader| reader.fail("too_short", "A question has at least one option."));
    }
    Some(input)
}

impl From<BoardOnboardingAgentUpdate> for Turn {
    fn from(update: BoardOnboardingAgentUpdate) -> Self {
        match update {
            BoardOnboardingAgentUpdate::Complete(complete) => Self::Proposal(Box::new(Proposal {
                goal: Goal {
                    board_type: complete.board_type,
                    objective: complete.objective,
                    success_metrics: complete.success_metrics,
                    target_date: complete.target_date,
                },
                status: complete.status,
                user_profile: complete.user_profile.map(Profile::from),
                lead_agent: complete.lead_agent.map(Lead::from),
            })),
            BoardOnboardingAgentUpdate::Question(question) => Self::Question(Question {
                question: question.question,
                options: question.options.into_iter().map(Choice::from).collect(),
            }),
        }
    }
}

impl From<BoardOnboardingQuestionOption> for Choice {
    fn from(option: BoardOnboardingQuestionOption) -> Self {
        Self { id: option.id, label: option.label }
    }
}

impl From<BoardOnboardingUserProfile> for Profile {
    fn from(profile: BoardOnboardingUserProfile) -> Self {
        Self {
            preferred_name: profile.preferred_name.0,
            pronouns: profile.pronouns.0,
            timezone: profile.timezone.0,
            notes: profile.notes.0,
            context: profile.context.0,
        }
    }
}

impl From<BoardOnboardingLeadAgentDraft> for Lead {
    fn from(draft: BoardOnboardingLeadAgentDraft) -> Self {
        let profile = draft.identity_profile.map(Value::Object);
        let traits = profile.as_ref().and_then(agents::normalize_profile);
        Self {
            name: draft.name,
            identity_profile: traits.and_then(|traits| serde_json::from_value(traits).ok()),
            autonomy_level: draft.autonomy_level.0,
            verbosity: draft.verbosity.0,
            output_format: draft.output_format.0,
            update_cadence: draft.update_cadence.0,
            custom_instructions: draft.custom_instructions.0,
        }
    }
}
