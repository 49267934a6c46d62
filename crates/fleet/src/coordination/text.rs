//! How agents read what others ask of them.

use mission_control_core::models::{Agent, Board};
use mission_control_core::rules::fence::words_of;
use serde_json::json;

use super::asked::{Kind, LeadMessage, UserQuestion};
use crate::text::one_line;

/// A lead's question to a person, as the main agent reads it.
pub(super) fn to_user(board: &Board, lead: &Agent, question: &UserQuestion, base_url: &str) -> String {
    let facts = facts(board, lead, question.correlation_id.as_deref());
    let channel = line("Preferred channel", question.preferred_channel.as_deref());
    let answer = answer(
        board,
        base_url,
        &question.reply_tags,
        question.reply_source.as_deref(),
        ("user_reply", "user_via_gateway_main"),
    );
    format!(
        "LEAD REQUEST: ASK USER\n{facts}{channel}\n{}\n\n\
         Ask the person on the channel where they are reached best. Without any channel, ask in the board's chat.\n{answer}",
        words_of(&lead.name, &question.content)
    )
}

/// A main agent's message to a lead.
pub(super) fn to_lead(board: &Board, main: &Agent, message: &LeadMessage, base_url: &str) -> String {
    let headline = match message.kind {
        Kind::Question => "GATEWAY MAIN QUESTION",
        Kind::Handoff => "GATEWAY MAIN HANDOFF",
    };
    let facts = facts(board, main, message.correlation_id.as_deref());
    let answer = answer(
        board,
        base_url,
        &message.reply_tags,
        message.reply_source.as_deref(),
        ("lead_reply", "lead_to_gateway_main"),
    );
    format!("{headline}\n{facts}\n{}\n\n{answer}", words_of(&main.name, &message.content))
}

/// A lead's word to an agent of its board.
pub(super) fn to_worker(board: &Board, lead: &Agent, said: &str) -> String {
    let facts = facts(board, lead, None);
    format!("NUDGE FROM YOUR LEAD\n{facts}\n{}", words_of(&lead.name, said))
}

fn facts(board: &Board, from: &Agent, correlation: Option<&str>) -> String {
    format!(
        "Board: {}\nBoard ID: {}\nFrom: {}\n{}",
        one_line(&board.name),
        board.id,
        one_line(&from.name),
        line("Correlation ID", correlation)
    )
}

/// `name: value`, or nothing without a value.
fn line(name: &str, value: Option<&str>) -> String {
    match value.map(one_line) {
        Some(value) if !value.trim().is_empty() => format!("{name}: {}\n", value.trim()),
        _ => String::new(),
    }
}

/// How to answer: a note in the board's memory, which wakes nobody.
fn answer(
    board: &Board,
    base_url: &str,
    tags: &[String],
    source: Option<&str>,
    (tag, usual_source): (&str, &str),
) -> String {
    let tags = if tags.is_empty() { json!(["gateway_main", tag]) } else { json!(tags) };
    let source = source.filter(|source| !source.is_empty()).unwrap_or(usual_source);
    let body = json!({ "content": "...", "tags": tags, "source": source });
    format!(
        "The answer belongs into the board's memory, not into this session:\n\
         POST {base_url}/api/v1/agent/boards/{}/memory\nBody: {body}",
        board.id
    )
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::{GatewayId, OrganizationId};

    use super::*;

    #[test]
    fn a_message_says_who_asks_what_and_where_the_answer_goes() {
        let board = Board::new(OrganizationId::random(), "Re\nsearch", "research");
        let main = Agent::new(GatewayId::random(), "Main");
        let message = LeadMessage {
            kind: Kind::Handoff,
            content: " take over ".to_owned(),
            correlation_id: Some(" c-1 ".to_owned()),
            reply_tags: Vec::new(),
            reply_source: None,
        };
        let text = to_lead(&board, &main, &message, "http://h");
        assert!(text.starts_with("GATEWAY MAIN HANDOFF\nBoard: Re search\n"), "{text}");
        assert!(
            text.contains("From: Main\nCorrelation ID: c-1\n\n--- BEGIN EXTERNAL DATA (words of Main"),
            "{text}"
        );
        assert!(text.contains(" ---\ntake over\n--- END EXTERNAL DATA ---\n\n"), "{text}");
        assert!(text.contains(&format!("POST http://h/api/v1/agent/boards/{}/memory", board.id)), "{text}");
        assert!(text.contains(r#""tags":["gateway_main","lead_reply"]"#), "{text}");
        let chosen =
            LeadMessage { reply_tags: vec!["t".to_owned()], reply_source: Some("s".to_owned()), ..message };
        let text = to_lead(&board, &main, &chosen, "http://h");
        assert!(text.contains(r#""tags":["t"]"#) && text.contains(r#""source":"s""#), "{text}");
    }
}
