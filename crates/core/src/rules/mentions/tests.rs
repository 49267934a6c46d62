use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::id::GatewayId;

const NAMES: [&str; 9] =
    ["Boss", "Ada Lovelace", "Ada Byron", "QA", "QA Engineer", "研究员", "研究", "data_bot-2", "Bot 🤖"];

fn agents() -> Vec<Agent> {
    let mut agents: Vec<Agent> = NAMES.iter().map(|name| Agent::new(GatewayId::random(), *name)).collect();
    agents[0].is_board_lead = true;
    agents
}

fn meant(text: &str, agents: &[Agent]) -> Vec<String> {
    let mentions = of(text, agents, &[]).agents;
    agents.iter().filter(|agent| mentions.contains(&agent.id)).map(|agent| agent.name.clone()).collect()
}

#[rstest]
fn a_letter_with_marks_is_the_same_in_one_character_or_in_several(
    #[values("José", "Zoë Müller", "Đặng Thị", "Ångström", "한국어", "がく")] name: &str,
) {
    let forms = |text: &str| [text.to_owned(), text.nfc().collect(), text.nfd().collect::<String>()];
    for written in forms(name) {
        let agents = [Agent::new(GatewayId::random(), written.as_str())];
        for said in forms(&format!("é: @{name}, look"))
            .into_iter()
            .chain(forms(&format!("@{}!", name.to_lowercase())))
        {
            assert_eq!(of(&said, &agents, &[]).agents.len(), 1, "{said:?} does not mean {written:?}");
        }
    }
}

#[rstest]
#[case::whole_name("@Ada Lovelace, look", &["Ada Lovelace"])]
#[case::first_word_means_all_who_have_it("hi @ADA!", &["Ada Lovelace", "Ada Byron"])]
#[case::office("@lead: look", &["Boss"])]
#[case::office_by_name("@boss.", &["Boss"])]
#[case::longest("@QA Engineer look", &["QA Engineer"])]
#[case::hyphen("@qa-engineer look", &["QA Engineer"])]
#[case::underscore("@qa_engineer", &["QA Engineer"])]
#[case::nothing_for_a_blank("@qaengineer?", &["QA Engineer"])]
#[case::shorter("@qa, look", &["QA"])]
#[case::line_ends("@qa\nEngineer", &["QA"])]
#[case::name_with_separators("@Data Bot 2", &["data_bot-2"])]
#[case::chinese("@研究员", &["研究员"])]
#[case::chinese_goes_on("请@研究员处理", &["研究员"])]
#[case::shorter_chinese("@研究", &["研究"])]
#[case::latin_between_chinese("交给@Ada处理", &["Ada Lovelace", "Ada Byron"])]
#[case::full_width_sign("＠boss 看", &["Boss"])]
#[case::full_width_punctuation("你好，@boss：看", &["Boss"])]
#[case::thai_before("ถาม@boss", &["Boss"])]
#[case::korean_particle("담당자@boss님", &["Boss"])]
#[case::emoji("@bot 🤖 go", &["Bot 🤖"])]
#[case::first_word_before_an_emoji("@bot go", &["Bot 🤖"])]
#[case::in_brackets("(@boss) [@qa] \"@研究员\"", &["Boss", "QA", "研究员"])]
#[case::in_emphasis("**@boss** _@boss_", &["Boss"])]
#[case::one_after_the_other("@boss/@qa", &["Boss", "QA"])]
#[case::after_a_link("see https://x.y/z @boss", &["Boss"])]
#[case::after_a_link_in_chinese("见https://x.y，@boss", &["Boss"])]
#[case::possessive("@boss's plan", &["Boss"])]
#[case::end_of_sentence("Ask @boss.Then go", &["Boss"])]
#[case::twice("@boss @boss", &["Boss"])]
#[case::signs("@@boss", &["Boss"])]
fn a_mention_is_a_name_after_an_at_sign(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(meant(text, &agents()), expected, "{text}");
}

#[rstest]
#[case::mail("write to me@boss.com")]
#[case::mail_of_the_name("boss@example.com or x@boss")]
#[case::mail_in_cyrillic("почта@boss")]
#[case::address("https://x.y/@boss and https://x.y/a?u=@boss")]
#[case::path("x.y/@boss")]
#[case::package("npm i @boss/node")]
#[case::other_servers("@boss@example.social")]
#[case::longer_word("@bossy")]
#[case::longer_handle("@boss-of-all @boss_2")]
#[case::decorator("@boss(3)\n@boss.route('/')")]
#[case::style_rule("@boss (max-width: 40em) { a {} }\n@boss { margin: 0 }")]
#[case::code("run `@boss` and ``x`@boss``")]
#[case::fenced("```\n@boss\n```")]
#[case::fenced_to_the_end("~~~ts\n@boss")]
#[case::escaped("\\@boss")]
#[case::after_a_dot("a.@boss")]
#[case::identifier("user_@boss")]
#[case::unknown("@ghost @1st @ @-x @all @ボス")]
#[case::second_word("@lovelace")]
#[case::nothing("hello")]
fn what_only_looks_like_a_mention_means_nobody(#[case] text: &str) {
    assert_eq!(meant(text, &agents()), [""; 0], "{text}");
}

#[test]
fn the_words_for_offices_mean_no_name() {
    let mut agents: Vec<Agent> =
        ["Lead Agent", "lead", "All", "All Hands"].map(|name| Agent::new(GatewayId::random(), name)).into();
    assert_eq!(meant("@lead @all", &agents), [""; 0]);
    assert_eq!(meant("@lead agent @all hands", &agents), ["Lead Agent", "All Hands"]);
    agents[0].is_board_lead = true;
    assert_eq!(meant("@lead", &agents), ["Lead Agent"]);
    assert!(of("ping @ALL", &agents, &[]).everybody);
    assert!(!of("@all hands on deck", &agents, &[]).everybody && !of("@allies", &agents, &[]).everybody);
}

#[test]
fn a_part_of_a_chinese_name_is_not_taken_for_it_inside_a_longer_word() {
    let agents = [Agent::new(GatewayId::random(), "王 小明")];
    assert_eq!(meant("@王小明处理", &agents), ["王 小明"]);
    assert_eq!(meant("@王，你好", &agents), ["王 小明"]);
    assert_eq!(meant("@王大伟", &agents), [""; 0]);
}

#[test]
fn whoever_speaks_of_themselves_does_not_keep_it_from_the_assignee() {
    let agents = agents();
    let [boss, ada] = [agents[0].id, agents[1].id];
    let reached =
        |text: &str, author, assignee| reached_by_comment(of(text, &agents, &[]).agents, author, assignee);
    assert_eq!(reached("@boss was here", Some(boss), Some(ada)), Reached::Assignee(ada));
    assert_eq!(reached("@boss", None, Some(ada)), Reached::Mentioned(BTreeSet::from([boss])));
    assert_eq!(reached("done", Some(ada), Some(ada)), Reached::Nobody);
    assert_eq!(reached("npm i @types/node", None, Some(ada)), Reached::Assignee(ada));
    assert_eq!(reached("hi", None, None), Reached::Nobody);
}

/// Texts made of what is around mentions.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[@＠`~/. \n_-]{1,3}",
        prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        "\\PC{0,4}",
        Just("@ghost".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_comment_of_somebody_else_reaches_somebody(text in texts()) {
        let agents = agents();
        let reached = reached_by_comment(of(&text, &agents, &[]).agents, None, Some(agents[1].id));
        prop_assert_ne!(reached, Reached::Nobody);
    }

    #[test]
    fn one_pass_knows_what_looking_back_from_every_sign_would(text in "[@＠a:/ )_.字]{0,30}|(://|[@＠,a字 ]){0,20}") {
        let mut before = Before::of(&text);
        for (at, sign) in text.match_indices(['@', '＠']) {
            before.reach(at..at + sign.len());
            let seen = text[..at].trim_end_matches(['@', '＠']);
            prop_assert_eq!(before.run, seen.len());
            prop_assert_eq!(before.in_address, seen.rsplit(ends_address).next().unwrap().contains("://"), "{}", seen);
        }
    }

    #[test]
    fn a_text_without_a_known_name_reaches_the_assignee(text in "[@a-z ./`\n]{0,40}") {
        let agents = [Agent::new(GatewayId::random(), "Ω"), Agent::new(GatewayId::random(), "研究员")];
        let reached = reached_by_comment(of(&text, &agents, &[]).agents, None, Some(agents[1].id));
        prop_assert_eq!(reached, Reached::Assignee(agents[1].id));
    }

    #[test]
    fn a_name_between_blanks_is_always_found(nth in 0..NAMES.len(), before in "[a-z ,.!?]{0,20}", after in "[a-z ,.!?]{0,20}") {
        let agents = agents();
        let text = format!("{before} @{}\n{after}", NAMES[nth]);
        prop_assert!(of(&text, &agents, &[]).agents.contains(&agents[nth].id), "{}", text);
    }
}

fn person(name: &str, preferred: Option<&str>) -> User {
    let preferred_name = preferred.map(str::to_owned);
    User { name: Some(name.to_owned()), preferred_name, ..User::new(name) }
}

#[rstest]
#[case::the_whole_name("@Eve-Moneypenny please", &[0])]
#[case::its_first_word("@eve, look", &[0])]
#[case::what_they_like_to_be_called("@penny look", &[0])]
#[case::another_person("@Q, look", &[1])]
#[case::both("@eve and @q", &[0, 1])]
#[case::every_person("@human, decide", &[0, 1])]
#[case::nobody("eve@example.com", &[])]
fn people_are_meant_by_their_names_and_all_of_them_as_such(#[case] text: &str, #[case] meant: &[usize]) {
    let people = [person("Eve Moneypenny", Some("Penny")), person("Q", None)];
    let meant: BTreeSet<UserId> = meant.iter().map(|nth| people[*nth].id).collect();
    assert_eq!(of(text, &[], &people), Mentions { people: meant, ..Mentions::default() });
}

#[test]
fn the_longer_name_is_meant_whether_an_agents_or_a_persons() {
    let agents = [Agent::new(GatewayId::random(), "Ada")];
    let people = [person("Ada Lovelace", None)];
    let longer = of("@Ada Lovelace, look", &agents, &people);
    assert!(longer.agents.is_empty() && longer.people.len() == 1, "{longer:?}");
    let whole = of("@Ada, look", &agents, &people);
    assert_eq!((whole.agents.len(), whole.people.len()), (1, 0), "a whole name before a first one");
}
