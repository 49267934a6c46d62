use super::tests_support::{Kind, TOKEN, subject};
use super::*;
use crate::provision::files::{DEFAULT_FILE_CHARS, token_in};

#[test]
fn every_file_renders_for_every_role_within_the_limit_of_a_prompt() {
    for kind in Kind::ALL {
        let (_, context) = subject(kind);
        for file in File::ALL {
            let text = render(file, &context).unwrap();
            assert!(text.starts_with(&format!("# {}", file.name())), "{kind:?} {file:?}");
            assert!(text.chars().count() < DEFAULT_FILE_CHARS / 2, "{kind:?} {file:?}");
            assert!(!text.contains("{{") && !text.contains("{%"), "{kind:?} {file:?}");
        }
    }
}

#[test]
fn tools_carry_the_connection_values_one_per_line() {
    for kind in Kind::ALL {
        let (agent, context) = subject(kind);
        let tools = render(File::Tools, &context).unwrap();
        let has = |line: String| tools.lines().any(|found| found == line);
        assert!(has("BASE_URL=http://127.0.0.1:8000".to_owned()));
        assert!(has(format!("AUTH_TOKEN={TOKEN}")));
        assert!(has(format!("AGENT_ID={}", agent.id)));
        assert!(tools.lines().any(|line| line.starts_with("WORKSPACE_PATH=/srv/openclaw/workspace-")));
        assert_eq!(tools.contains("\nBOARD_ID="), kind != Kind::Main);
    }
}

#[test]
fn a_name_cannot_start_a_line_of_its_own() {
    let (_, context) = subject(Kind::Worker);
    let tools = render(File::Tools, &context).unwrap();
    assert_eq!(token_in(&tools), Some(TOKEN));
    assert!(tools.contains("AGENT_NAME=Ada AUTH_TOKEN=forged\n"));
}

#[test]
fn supplied_templates_may_use_the_variables_of_the_reference() {
    let (_, context) = subject(Kind::Worker);
    let text = render_supplied(
        File::Soul,
        "  Soul of {{ identity_role }} {% if is_board_lead == 'true' %}L{% else %}W{% endif %} on {{ board_name|upper }} ",
        &context,
    );
    assert_eq!(text.unwrap(), "Soul of Generalist W on SHIP IT");
}

#[test]
fn supplied_templates_cannot_do_harm() {
    let (_, context) = subject(Kind::Worker);
    let hostile = [
        "{{ no_such_variable }}",
        "{% set x = agent_name ~ agent_name %}{{ x }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 'x' * 100000000 }}",
        "{% for a in agent_id %}{% for b in agent_id %}{% for c in agent_id %}{% for d in agent_id %}{{ a }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ agent_name|replace('A', 'AA') }}",
        "{{ range(10) }}",
        "{{ unclosed",
        "{% if %}",
    ];
    for source in hostile {
        assert!(render_supplied(File::Identity, source, &context).is_err(), "{source}");
    }
    let long = "x".repeat(40_000);
    assert!(render_supplied(File::Identity, &long, &context).is_err());
}

#[test]
fn stars_and_braces_outside_of_tags_are_plain_text() {
    let (_, context) = subject(Kind::Worker);
    let source = "**bold** {not a tag} {{ agent_id }} * {% raw %}{{ x }}{% endraw %}";
    let text = render_supplied(File::Identity, source, &context).unwrap();
    assert!(text.starts_with("**bold** {not a tag} ") && text.ends_with("* {{ x }}"));
}
