//! What the agent that asks the questions is told.

use mission_control_core::models::Board;
use mission_control_core::rules::fence::words_of;

use crate::text::one_line;

/// The person's answer to a question.
pub(super) fn answer(board: &Board, text: &str) -> String {
    format!(
        "BOARD ONBOARDING: ANSWER\nBoard: {}\nBoard ID: {}\n\n{}\n\n\
         Post the next question, or the proposal, to the API.",
        one_line(&board.name),
        board.id,
        words_of("the person who sets up the board", text)
    )
}

/// The assignment, with everything that is needed to answer through the API.
pub(super) fn assignment(board: &Board, base_url: &str) -> String {
    let description = match board.description.trim() {
        "" => "(none)".to_owned(),
        text => one_line(text),
    };
    format!(
        r#"BOARD ONBOARDING
Board: {name}
Description: {description}

Somebody is setting up this board and waits for your questions in Mission Control. Interview them, then propose the board's goal and how its lead shall work.

Ask six to ten questions, one at a time; wait for the answer before the next:
1. Three to six about what the board is for: the outcome, how success is measured, by when.
2. One for the name of the board's lead: a first name that no other agent has. Suggest a few.
3. Two to four about how the lead shall work: how much it decides by itself, how often it reports, how much it says and in which form.
4. The last, asked once: whether there is anything else to know. Offer "Yes (I'll type it)" and "No".
Every question comes with answers to choose from. Where free text is needed, let one label contain "I'll type it"; the person can then type.

Nobody reads this chat: post every question and the proposal to the API, one request each, with the AUTH_TOKEN from your TOOLS.md. No lists of questions, no Markdown, no remarks.

curl -s -X POST "{base_url}/api/v1/agent/boards/{id}/onboarding" \
  -H "X-Agent-Token: $AUTH_TOKEN" -H "Content-Type: application/json" -d 'BODY'

BODY of a question:
{{"question": "…", "options": [{{"id": "1", "label": "…"}}, {{"id": "2", "label": "Other (I'll type it)"}}]}}

BODY of the proposal, once you know enough:
{{"status": "complete", "board_type": "goal", "objective": "…", "success_metrics": {{"metric": "…", "target": "…"}}, "target_date": "2030-12-31",
 "user_profile": {{"preferred_name": "…", "pronouns": "…", "timezone": "Europe/Oslo", "notes": "…", "context": "…"}},
 "lead_agent": {{"name": "…", "identity_profile": {{"role": "Board Lead", "communication_style": "…", "emoji": ":gear:"}},
  "autonomy_level": "balanced", "verbosity": "concise", "output_format": "bullets", "update_cadence": "daily", "custom_instructions": "…"}}}}

Leave out what you did not learn. These words are allowed:
- board_type: goal (needs objective and success_metrics), general
- autonomy_level: ask_first, balanced, autonomous
- verbosity: concise, balanced, detailed
- output_format: bullets, mixed, narrative
- update_cadence: asap, hourly, daily, weekly

Until the person confirms the proposal they may add to it: take what they say into account and post the whole proposal again. A 422 says what is wrong with a body; correct it and post again. After a 409 the person has confirmed, and you are done.
"#,
        name = one_line(&board.name),
        id = board.id,
    )
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::OrganizationId;

    use super::*;

    #[test]
    fn the_assignment_names_the_board_and_where_to_answer() {
        let board = Board::new(OrganizationId::random(), "Research", "research");
        let text = assignment(&board, "http://mc");
        assert!(text.contains("Board: Research\nDescription: (none)\n"));
        assert!(text.contains(&format!("\"http://mc/api/v1/agent/boards/{}/onboarding\"", board.id)));
        assert!(text.contains(r#"{"question": "…", "options": [{"id": "1""#));
    }
}
