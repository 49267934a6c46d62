use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::id::OrganizationId;
use ExecEffect::{Allow, Ask, Refuse};
use ExecMatch::{Exact, Glob as Pattern, Prefix};

fn now() -> Timestamp {
    Timestamp::from_micros(1_795_000_000_000_000)
}

fn policy(effect: ExecEffect, matching: ExecMatch, pattern: &str) -> ExecPolicy {
    ExecPolicy { created_at: now(), ..ExecPolicy::new(OrganizationId::random(), effect, matching, pattern) }
}

fn decide<'p>(policies: &'p [ExecPolicy], asked: &Asked<'_>, now: Timestamp) -> Option<&'p ExecPolicy> {
    Rules::new(policies, now).decide(asked)
}

struct Site {
    agent: AgentId,
    board: BoardId,
}

impl Site {
    fn new() -> Self {
        Self { agent: AgentId::random(), board: BoardId::random() }
    }

    fn asked<'c>(&self, command: &'c str) -> Asked<'c> {
        Asked {
            command,
            host: Some("gateway"),
            agent: self.agent,
            board: Some(self.board),
            is_single: Some(true),
        }
    }

    fn decided(&self, policies: &[ExecPolicy], command: &str) -> Option<ExecEffect> {
        decide(policies, &self.asked(command), now()).map(|policy| policy.effect)
    }

    fn scoped(&self, scope: u8, policy: ExecPolicy) -> ExecPolicy {
        match scope {
            0 => ExecPolicy { agent_id: Some(self.agent), ..policy },
            1 => ExecPolicy { board_id: Some(self.board), ..policy },
            _ => policy,
        }
    }
}

#[rstest]
#[case::itself(Exact, "git status", "git status", true)]
#[case::around(Exact, "git status", "  git status\n", true)]
#[case::not_more(Exact, "git status", "git status -s", false)]
#[case::a_chain_that_was_written_out(Exact, "cd a && make", "cd a && make", true)]
#[case::beginning(Prefix, "git ", "git status", true)]
#[case::other_program(Prefix, "git ", "gitk", false)]
#[case::no_beginning(Prefix, "git ", "sudo git status", false)]
#[case::glob(Pattern, "cargo test*", "cargo test -p core", true)]
#[case::one_letter(Pattern, "make t?st", "make test", true)]
#[case::whole(Pattern, "make t?st", "make tests", false)]
#[case::in_quotes(Prefix, "git ", "git commit -m 'a \"b\"'", true)]
fn what_is_allowed_fits_as_a_whole(
    #[case] matching: ExecMatch,
    #[case] pattern: &str,
    #[case] command: &str,
    #[case] allowed: bool,
) {
    let decided = Site::new().decided(&[policy(Allow, matching, pattern)], command);
    assert_eq!(decided, allowed.then_some(Allow));
}

#[rstest]
fn a_pattern_allows_nothing_that_may_be_more_than_one_command(
    #[values(
        "; rm x",
        " && rm x",
        " || rm x",
        " | sh",
        " & rm x",
        " `rm x`",
        " $(rm x)",
        "\nrm x",
        "\rrm x",
        " <(rm x)",
        " > x",
        " < x",
        " \"open",
        " 'open",
        " \\",
        " $IFS",
        " {a,b}",
        " '; rm x'",
        "\0"
    )]
    tail: &str,
    #[values((Prefix, "git "), (Pattern, "git *"))] pattern: (ExecMatch, &str),
) {
    let command = format!("git status{tail}");
    assert_eq!(Site::new().decided(&[policy(Allow, pattern.0, pattern.1)], &command), None);
    assert!(may_be_several(&command));
}

#[rstest]
#[case::risky(Some(false))]
#[case::unheard_of(None)]
fn a_pattern_allows_only_what_the_gateway_has_looked_at(#[case] is_single: Option<bool>) {
    let site = Site::new();
    let asked = Asked { is_single, ..site.asked("git status") };
    assert_eq!(decide(&[policy(Allow, Prefix, "git ")], &asked, now()), None);
    assert!(decide(&[policy(Allow, Exact, "git status")], &asked, now()).is_some());
    assert!(decide(&[policy(Refuse, Prefix, "git ")], &asked, now()).is_some());
}

#[rstest]
#[case::itself("rm -rf x")]
#[case::alone("rm")]
#[case::behind("cd a; rm -rf x")]
#[case::and("cd a&&rm -rf x")]
#[case::or("false || rm x")]
#[case::piped("yes | rm x")]
#[case::in_the_background("sleep 1 & rm x")]
#[case::on_the_next_line("cd a\nrm x")]
#[case::put_in("echo $(rm x)")]
#[case::put_in_of_old("echo `rm x`")]
#[case::grouped("(rm x)")]
#[case::in_braces("{ rm x; }")]
#[case::read_from("cat <(rm x)")]
#[case::behind_a_file("> out rm x")]
#[case::behind_a_channel("2>&1 rm x")]
#[case::in_a_condition("if true; then rm x; fi")]
#[case::with_a_variable("A=1 B=2 rm x")]
#[case::by_another("sudo rm x")]
#[case::quoted("sh -c 'cd a; rm x'")]
#[case::spaced("cd a;  rm\t x")]
#[case::continued("rm \\\n x")]
fn a_refusal_holds_for_every_part_of_a_command(#[case] command: &str) {
    let site = Site::new();
    for refusal in [policy(Refuse, Prefix, "rm "), policy(Refuse, Pattern, "rm*")] {
        let allowed = policy(Allow, Exact, command);
        assert_eq!(site.decided(&[allowed, refusal], command), Some(Refuse));
    }
}

#[test]
fn words_that_only_mention_a_refused_command_are_not_refused() {
    let site = Site::new();
    for command in ["echo rm x", "git commit -m \"rm x\"", "cat rm", "farm x"] {
        assert_eq!(site.decided(&[policy(Refuse, Prefix, "rm ")], command), None, "{command}");
    }
}

#[test]
fn the_narrowest_scope_counts_and_within_it_the_most_careful_effect() {
    let site = Site::new();
    let rule = |scope, effect| site.scoped(scope, policy(effect, Prefix, "git "));
    let cases: [(&[(u8, ExecEffect)], ExecEffect); 7] = [
        (&[(2, Refuse), (1, Allow)], Allow),
        (&[(2, Refuse), (1, Ask)], Ask),
        (&[(1, Refuse), (0, Allow)], Allow),
        (&[(0, Refuse), (1, Allow), (2, Allow)], Refuse),
        (&[(1, Ask), (1, Allow)], Ask),
        (&[(1, Ask), (1, Refuse)], Refuse),
        (&[(1, Allow), (1, Refuse), (0, Ask)], Ask),
    ];
    for (rules, expected) in cases {
        let policies: Vec<ExecPolicy> = rules.iter().map(|(scope, effect)| rule(*scope, *effect)).collect();
        assert_eq!(site.decided(&policies, "git status"), Some(expected), "{rules:?}");
    }
}

#[test]
fn one_refused_part_refuses_what_people_would_be_asked_about() {
    let site = Site::new();
    let asked = site.scoped(0, policy(Ask, Prefix, "make"));
    assert_eq!(site.decided(&[asked, policy(Refuse, Prefix, "rm ")], "make; rm x"), Some(Refuse));
}

#[test]
fn a_rule_is_about_its_agent_its_board_and_its_host_while_it_lasts() {
    let site = Site::new();
    let live = policy(Allow, Prefix, "git ");
    let others = [
        ExecPolicy { agent_id: Some(AgentId::random()), ..live.clone() },
        ExecPolicy { board_id: Some(BoardId::random()), ..live.clone() },
        ExecPolicy { host: Some("node".to_owned()), ..live.clone() },
        ExecPolicy { expires_at: Some(now()), ..live.clone() },
        ExecPolicy { revoked_at: Some(now()), ..live.clone() },
    ];
    assert_eq!(site.decided(&others, "git status"), None);
    let here = ExecPolicy { host: Some("gateway".to_owned()), ..live };
    assert_eq!(site.decided(&[here], "git status"), Some(Allow));
}

#[test]
fn nothing_allows_a_command_of_which_people_would_see_the_beginning_only() {
    let site = Site::new();
    let long = format!("echo {}", "a".repeat(EXEC_COMMAND));
    assert_eq!(site.decided(&[policy(Allow, Exact, &long), policy(Allow, Prefix, "echo ")], &long), None);
    assert_eq!(site.decided(&[policy(Refuse, Prefix, "echo ")], &long), Some(Refuse));
}

#[rstest]
#[case(Allow, Exact, "a; b", None)]
#[case(Allow, Prefix, "git ", None)]
#[case(Refuse, Pattern, "*rm *", None)]
#[case(Refuse, Prefix, "a; b", None)]
#[case(Ask, Exact, "  ", Some(PatternError::Blank))]
#[case(Allow, Pattern, "*", Some(PatternError::Everything))]
#[case(Allow, Pattern, " ?it status", Some(PatternError::Everything))]
#[case(Allow, Prefix, "a && b", Some(PatternError::Several))]
fn patterns_that_say_nothing_or_allow_everything_are_none(
    #[case] effect: ExecEffect,
    #[case] matching: ExecMatch,
    #[case] pattern: &str,
    #[case] error: Option<PatternError>,
) {
    assert_eq!(check(effect, matching, pattern).err(), error);
}

#[rstest]
#[case("", "", true)]
#[case("*", "", true)]
#[case("?", "", false)]
#[case("a*b*c", "a-b-b-c", true)]
#[case("a*b*c", "a-b-b-", false)]
#[case("**a", "ba", true)]
#[case("?ö?", "äöü", true)]
fn globs_fit(#[case] pattern: &str, #[case] text: &str, #[case] fits: bool) {
    assert_eq!(Glob::new(pattern).matches(text), fits);
}

/// The same by trying everything, for short texts.
fn tried(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some(('*', rest)), _) => (0..=text.len()).any(|skipped| tried(rest, &text[skipped..])),
        (Some(_), None) => false,
        (Some((one, rest)), Some((letter, behind))) => (*one == '?' || one == letter) && tried(rest, behind),
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("git"),
        Just(" "),
        Just("rm"),
        Just("-f"),
        Just("a"),
        Just(";"),
        Just("&&"),
        Just("|"),
        Just("`"),
        Just("$("),
        Just(")"),
        Just("\n"),
        Just("'"),
        Just("\""),
        Just(">"),
        Just("<("),
        Just("\\"),
        Just("sudo "),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..12).prop_map(|words| words.concat())
}

fn any_policy() -> impl Strategy<Value = (u8, ExecPolicy)> {
    let effect = prop_oneof![Just(Allow), Just(Ask), Just(Refuse)];
    let matching = prop_oneof![Just(Exact), Just(Prefix), Just(Pattern)];
    let pattern = (text(), prop_oneof![Just(""), Just("*"), Just("?")]).prop_map(|(text, end)| text + end);
    (0..3_u8, effect, matching, pattern)
        .prop_map(|(scope, effect, matching, pattern)| (scope, policy(effect, matching, &pattern)))
}

fn placed(site: &Site, policies: Vec<(u8, ExecPolicy)>) -> Vec<ExecPolicy> {
    policies.into_iter().map(|(scope, policy)| site.scoped(scope, policy)).collect()
}

proptest! {
    #[test]
    fn a_glob_fits_what_trying_everything_finds(pattern in "[ab*?]{0,8}", text in "[abc]{0,10}") {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(Glob::new(&pattern).matches(&text), tried(&letters(&pattern), &letters(&text)));
    }

    #[test]
    fn long_globs_go_over_the_edge_of_a_word(before in 0..200_usize, between in 0..200_usize) {
        let pattern = format!("{}*{}?", "a".repeat(before), "b".repeat(between));
        let (fits, fits_not) = (format!("{}--{}c", "a".repeat(before), "b".repeat(between)), "a".repeat(before));
        prop_assert!(Glob::new(&pattern).matches(&fits));
        prop_assert!(between == 0 || !Glob::new(&pattern).matches(&fits_not));
    }

    #[test]
    fn one_more_refusal_never_allows_more(
        rules in prop::collection::vec(any_policy(), 0..6), scope in 0..3_u8, pattern in text(), command in text(),
    ) {
        let site = Site::new();
        let mut policies = placed(&site, rules);
        let before = site.decided(&policies, &command);
        policies.push(site.scoped(scope, policy(Refuse, Prefix, &pattern)));
        let after = site.decided(&policies, &command);
        prop_assert!(after != Some(Allow) || before == Some(Allow));
        prop_assert!(before != Some(Refuse) || after == Some(Refuse));
    }

    #[test]
    fn the_order_of_rules_is_nothing_to_them(
        rules in prop::collection::vec(any_policy(), 0..6), command in text(), turn in 0..6_usize,
    ) {
        let site = Site::new();
        let mut policies = placed(&site, rules);
        let one = decide(&policies, &site.asked(&command), now()).map(|policy| policy.id);
        let places = policies.len().max(1);
        policies.rotate_left(turn % places);
        prop_assert_eq!(decide(&policies, &site.asked(&command), now()).map(|policy| policy.id), one);
        policies.reverse();
        prop_assert_eq!(decide(&policies, &site.asked(&command), now()).map(|policy| policy.id), one);
    }

    #[test]
    fn a_pattern_never_allows_a_chain(rules in prop::collection::vec(any_policy(), 0..6), command in text()) {
        let site = Site::new();
        let policies = placed(&site, rules);
        let decided = decide(&policies, &site.asked(&command), now());
        let by_pattern = decided.is_some_and(|policy| policy.effect == Allow && policy.matching != Exact);
        prop_assert!(!(by_pattern && may_be_several(command.trim())), "{:?}", decided);
    }

    #[test]
    fn what_is_over_or_withdrawn_never_counts(
        rules in prop::collection::vec(any_policy(), 1..6), command in text(), withdrawn in any::<bool>(),
    ) {
        let site = Site::new();
        let mut policies = placed(&site, rules);
        for policy in &mut policies {
            let end = Some(now());
            if withdrawn { policy.revoked_at = end } else { policy.expires_at = end }
        }
        prop_assert_eq!(site.decided(&policies, &command), None);
    }
}
