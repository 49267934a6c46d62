use mission_control_core::limits::{TEMPLATE_SOURCE, TEMPLATE_TAG};
use rstest::rstest;

use super::sandbox::{interpret, on_large_stack};
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

/// What a soul template makes for a worker.
async fn soul(source: &str) -> Result<String, String> {
    let (mut agent, context) = subject(Kind::Worker);
    agent.soul_template = Some(source.to_owned());
    match Supplied::render(&agent, &context).await {
        Ok(supplied) => Ok(supplied.text(File::Soul).unwrap().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn supplied_templates_may_use_the_variables_of_the_reference() {
    let text = soul(
        "  Soul of {{ identity_role }} {% if is_board_lead == 'true' %}L{% else %}W{% endif %} on {{ board_name|upper }} ",
    );
    assert_eq!(text.await.unwrap(), "Soul of Generalist W on SHIP IT\n");
}

#[tokio::test]
async fn supplied_templates_cannot_do_harm() {
    let hostile = [
        "{{ no_such_variable }}",
        "{% set x = agent_name ~ agent_name %}{{ x }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 'x' * 100000000 }}",
        "{{ '}}' * 100000000 }}",
        "{{ {'}}': 'x' * 100000000} }}",
        "{% if '%}' %}{% set x = 1 %}{% endif %}",
        "{% for a in agent_id %}{% for b in agent_id %}{% for c in agent_id %}{% for d in agent_id %}{{ a }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ agent_name|replace('A', 'AA') }}",
        "{{ range(10) }}",
        "{{ unclosed",
        "{% if %}",
    ];
    for source in hostile {
        assert!(soul(source).await.is_err(), "{source}");
    }
    assert!(soul(&"x".repeat(40_000)).await.is_err());
}

#[tokio::test]
async fn stars_and_braces_outside_of_tags_are_plain_text() {
    let text = soul("**bold** {not a tag} {{ agent_id }} * {% raw %}{{ x * auth_token }}{% endraw %}").await;
    let text = text.unwrap();
    assert!(text.starts_with("**bold** {not a tag} ") && text.ends_with("* {{ x * auth_token }}\n"));
}

/// Every way in which the language repeats itself: what goes before, what is repeated, what goes after. Some are also
/// there in a second form, where another part of the engine descends. Constant concatenations are left out: the engine
/// computes each of their parts anew.
const PRODUCTIONS: [(&str, &str, &str, &str); 32] = [
    ("minus", "{{ ", "-", "1 }}"),
    ("spaced minus", "{{ ", "- ", "1 }}"),
    ("not", "{{ ", "not ", "1 }}"),
    ("minus and not", "{{ ", "not -", "1 }}"),
    ("sum", "{{ 1", "+1", " }}"),
    ("difference", "{{ 1", "-1", " }}"),
    ("concatenation", "{{ a", "~a", " }}"),
    ("division", "{{ 1", "/1", " }}"),
    ("comparison", "{{ 1", "<1", " }}"),
    ("not in", "{{ 1", " not in 1", " }}"),
    ("or", "{{ 0", " or 0", " }}"),
    ("and", "{{ 1", " and 1", " }}"),
    ("conditional", "{{ 1", " if 0 else 1", " }}"),
    ("attributes", "{{ agent_name", ".a", " }}"),
    ("numbered attributes", "{{ agent_name", ".1", " }}"),
    ("subscripts", "{{ agent_name", "[0]", " }}"),
    ("slices", "{{ agent_name", "[:]", " }}"),
    ("calls", "{{ agent_name", "()", " }}"),
    ("filters", "{{ agent_name", "|trim", " }}"),
    ("tests", "{{ agent_name", " is defined", " }}"),
    ("negated tests", "{{ agent_name", " is not defined", " }}"),
    ("parentheses", "{{ ", "(", " }}"),
    ("lists", "{{ ", "[", " }}"),
    ("maps", "{{ ", "{1:", " }}"),
    ("subscripts in subscripts", "{{ a", "[a", " }}"),
    ("adjacent texts", "{{ ", "'a' ", " }}"),
    ("targets", "{% for ", "(", "a in b %}{% endfor %}"),
    ("if", "", "{% if 1 %}", ""),
    ("elif", "{% if 0 %}", "{% elif 0 %}", "{% endif %}"),
    ("for", "", "{% for a in agent_name %}", ""),
    ("tags", "", "{{1}}", ""),
    ("comments", "", "{#{#}", ""),
];

fn repeated((_, before, part, after): (&str, &str, &str, &str), bytes: usize) -> String {
    let times = (bytes - before.len() - after.len()) / part.len();
    format!("{before}{}{after}", part.repeat(times))
}

/// What the engine makes of `source` where nothing was refused before.
async fn unguarded(source: String) -> Result<String, String> {
    let (_, context) = subject(Kind::Worker);
    let values = context.open();
    on_large_stack(move || interpret(&source, &values)).await.unwrap()
}

#[tokio::test]
async fn no_repetition_reaches_the_depth_of_a_thread() {
    for production in PRODUCTIONS {
        for bytes in [TEMPLATE_TAG / 2, TEMPLATE_TAG, TEMPLATE_SOURCE] {
            // An answer of any kind is one that the process survived.
            let told = soul(&repeated(production, bytes)).await;
            let harmless = ["tags", "comments", "adjacent texts"].contains(&production.0);
            assert!(told.is_err() || harmless, "{} of {bytes} bytes is rendered", production.0);
        }
    }
}

#[tokio::test]
async fn the_stack_holds_what_the_bounds_might_miss() {
    for production in PRODUCTIONS {
        drop(unguarded(repeated(production, TEMPLATE_SOURCE)).await);
    }
}

/// The same on the stack of an ordinary thread: what the bounds let through needs no large one.
#[test]
fn what_is_just_within_the_bounds_needs_a_small_part_of_the_stack() {
    let (_, context) = subject(Kind::Worker);
    for (name, before, part, after) in PRODUCTIONS {
        let source = |times: usize| format!("{before}{}{after}", part.repeat(times));
        let fits = |times: usize| bounds::check(&source(times), |_| false).is_ok();
        let counts: Vec<usize> = (1..=TEMPLATE_SOURCE / part.len()).collect();
        let most = counts.partition_point(|times| fits(*times));
        assert!(most > 0, "{name} never fits");
        let source = source(most);
        let values = context.open();
        drop(std::thread::spawn(move || interpret(&source, &values)).join().unwrap());
    }
}

#[rstest]
#[case::long("x", 40_000, "is longer than")]
#[case::tags("{{ 1 }}", 2_001, "has more than 2000 tags")]
#[case::deep("{% if 1 %}", 51, "has more than 50 if, elif and for")]
#[tokio::test]
async fn what_is_too_much_is_said(#[case] part: &str, #[case] times: usize, #[case] expected: &str) {
    let told = soul(&part.repeat(times)).await.unwrap_err();
    assert!(told.contains(expected), "{told}");
}

#[rstest]
#[case::tokens("{{ 1", "+1", " }}", 256, "of more than 256 names, literals and signs (line 1)")]
#[case::bytes("{{ '", "x", "' }}", 5_000, "has a tag of more than 4096 bytes (line 1)")]
#[case::raw("{% raw %}", "{{", "{% endraw %}", 5_000, "")]
#[tokio::test]
async fn a_tag_has_bounds_and_a_raw_block_is_no_tag(
    #[case] before: &str,
    #[case] part: &str,
    #[case] after: &str,
    #[case] times: usize,
    #[case] expected: &str,
) {
    let told = soul(&format!("{before}{}{after}", part.repeat(times))).await;
    assert_eq!(told.is_ok(), expected.is_empty());
    assert!(told.map_or_else(|told| told, |_| String::new()).contains(expected));
}

#[tokio::test]
async fn supplied_templates_see_no_secret_in_any_form() {
    let (_, context) = subject(Kind::Worker);
    for name in ["auth_token", "main_session_key", "user_email", "user_notes", "user_context"] {
        for source in [
            format!("tok={{{{ {name} }}}}"),
            format!("{{% if 0 %}}{{{{ {name} }}}}{{% endif %}}"),
            format!("{{{{ {name} is defined }}}}"),
            format!("{{% for c in {name} %}}{{{{ c }}}}{{% endfor %}}"),
            format!("{{{{ {{'a': [{name}]}} }}}}"),
            format!("{{{{ agent_name[{name}] }}}}"),
        ] {
            let told = soul(&source).await.unwrap_err();
            assert!(told.contains(&format!("`{name}`, which is not available")), "{source}: {told}");
        }
        assert!(render(File::User, &context).is_ok() && context.is_private(name));
    }
    assert_eq!(soul("{{ 'auth_token' }} {{ user_name }}.").await.unwrap(), "auth_token .\n");
    let values = context.open().to_string();
    assert!(!values.contains(TOKEN) && !values.contains("sam@example.org"), "{values}");
    assert!(!format!("{context:?}").contains(TOKEN));
}
