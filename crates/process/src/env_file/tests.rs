//! The reader, held against values that python-dotenv gave.

use super::*;

/// Texts, and what python-dotenv 1.2.4 reads in them with `interpolate=False`.
#[rustfmt::skip]
const READ: &[(&str, &[(&str, &str)])] = &[
    ("A=b", &[("A", "b")]),
    ("A = b", &[("A", "b")]),
    ("  A=b  ", &[("A", "b")]),
    ("\tA\t=\tb\t", &[("A", "b")]),
    ("A=", &[("A", "")]),
    ("A= ", &[("A", "")]),
    ("A", &[]),
    ("A\nB=c", &[("B", "c")]),
    ("A=b=c", &[("A", "b=c")]),
    ("A==", &[("A", "=")]),
    ("A=a b c", &[("A", "a b c")]),
    ("A=it's", &[("A", "it's")]),
    ("A=it's a 'quote'", &[("A", "it's a 'quote'")]),
    ("A=pa$$w0rd$x", &[("A", "pa$$w0rd$x")]),
    ("A=${HOME}/x", &[("A", "${HOME}/x")]),
    ("A=$(id)", &[("A", "$(id)")]),
    ("A=`id`", &[("A", "`id`")]),
    ("A=\\$x", &[("A", "\\$x")]),
    ("A=a\\nb", &[("A", "a\\nb")]),
    ("A=a\\", &[("A", "a\\")]),
    ("A=~/x", &[("A", "~/x")]),
    ("A='pa$$w0rd'", &[("A", "pa$$w0rd")]),
    ("A=\"pa$$w0rd\"", &[("A", "pa$$w0rd")]),
    ("A=\"${B}\"", &[("A", "${B}")]),
    ("A='a b'", &[("A", "a b")]),
    ("A=\"a b\"", &[("A", "a b")]),
    ("A=''", &[("A", "")]),
    ("A=\"\"", &[("A", "")]),
    ("A=\" x \"", &[("A", " x ")]),
    ("A=' x '", &[("A", " x ")]),
    ("A=\"it's\"", &[("A", "it's")]),
    ("A='say \"hi\"'", &[("A", "say \"hi\"")]),
    ("A=\"say \\\"hi\\\"\"", &[("A", "say \"hi\"")]),
    ("A='it\\'s'", &[("A", "it's")]),
    ("A='a\\nb'", &[("A", "a\\nb")]),
    ("A=\"a\\nb\"", &[("A", "a\nb")]),
    ("A=\"a\\tb\\rc\\vd\\fe\\af\\bg\"", &[("A", "a\tb\rc\u{b}d\u{c}e\u{7}f\u{8}g")]),
    ("A=\"a\\\\nb\"", &[("A", "a\\nb")]),
    ("A='a\\\\'", &[("A", "a\\")]),
    ("A=\"a\\\\\"", &[("A", "a\\")]),
    ("A=\"\\x41\\u0041\\0\"", &[("A", "\\x41\\u0041\\0")]),
    ("A=\"\\$x\"", &[("A", "\\$x")]),
    ("A='\\\"'", &[("A", "\\\"")]),
    ("A=\"one\ntwo\"\nB=x", &[("A", "one\ntwo"), ("B", "x")]),
    ("A='one\ntwo\n'\nB=x", &[("A", "one\ntwo\n"), ("B", "x")]),
    ("A=\"-----BEGIN KEY-----\nMIIE+/==\n-----END KEY-----\n\"", &[("A", "-----BEGIN KEY-----\nMIIE+/==\n-----END KEY-----\n")]),
    ("A=\"a\\\nb\"", &[("A", "a\\\nb")]),
    ("A=b # c", &[("A", "b")]),
    ("A=b #c", &[("A", "b")]),
    ("A=b#c", &[("A", "b#c")]),
    ("A=#b", &[("A", "#b")]),
    ("A= #b", &[("A", "")]),
    ("A=#", &[("A", "#")]),
    ("A= # b # c", &[("A", "")]),
    ("A='b' # c", &[("A", "b")]),
    ("A='b'#c", &[("A", "b")]),
    ("A=\"b\" #c", &[("A", "b")]),
    ("A=\"b # c\"", &[("A", "b # c")]),
    ("A='b # c'", &[("A", "b # c")]),
    ("A=b\t# c", &[("A", "b")]),
    ("A=b #", &[("A", "b")]),
    ("# A=b", &[]),
    ("  # A=b\nB=c", &[("B", "c")]),
    ("#", &[]),
    ("A=b\n#\nC=d", &[("A", "b"), ("C", "d")]),
    ("A # c", &[]),
    ("A#=b", &[]),
    ("export A=b", &[("A", "b")]),
    ("export  A=b", &[("A", "b")]),
    ("export\tA='b'", &[("A", "b")]),
    ("exportA=b", &[("exportA", "b")]),
    ("export=b", &[("export", "b")]),
    ("export", &[]),
    ("export A", &[]),
    ("export\nA=b", &[("A", "b")]),
    (" export A=b", &[("A", "b")]),
    ("export # c", &[]),
    ("'A'=b", &[("A", "b")]),
    ("'A B'=c", &[("A B", "c")]),
    ("\"A\"=b", &[("\"A\"", "b")]),
    ("a.b=c", &[("a.b", "c")]),
    ("A-B=c", &[("A-B", "c")]),
    ("1A=b", &[("1A", "b")]),
    ("Ä=b", &[("Ä", "b")]),
    ("A=ü€字", &[("A", "ü€字")]),
    ("字='好'", &[("字", "好")]),
    ("A:b=c", &[("A:b", "c")]),
    ("A=b\r\nC=d\r\n", &[("A", "b"), ("C", "d")]),
    ("A=b\rC=d", &[("A", "b"), ("C", "d")]),
    ("A='x\r\ny'\r\n", &[("A", "x\ny")]),
    ("A=\"x\ry\"", &[("A", "x\ny")]),
    ("A=b\r\n\r\n\r\nC=d", &[("A", "b"), ("C", "d")]),
    ("\u{feff}A=b", &[("A", "b")]),
    ("\u{feff}# c\nA=b", &[("A", "b")]),
    ("\u{feff}\u{feff}A=b", &[("\u{feff}A", "b")]),
    ("A=1\nA=2", &[("A", "2")]),
    ("A=1\nA", &[]),
    ("A=1\nA=", &[("A", "")]),
    ("\n\n  \nA=b\n\n", &[("A", "b")]),
    ("A=b\n", &[("A", "b")]),
    ("A=b", &[("A", "b")]),
    ("", &[]),
    ("\n", &[]),
    ("   ", &[]),
    ("A=postgresql+psycopg://me:p%40ss@db:5432/mc?sslmode=require", &[("A", "postgresql+psycopg://me:p%40ss@db:5432/mc?sslmode=require")]),
    ("A=[\"http://a\",\"http://b\"]", &[("A", "[\"http://a\",\"http://b\"]")]),
    ("A={\"k\": \"v # w\"}", &[("A", "{\"k\": \"v")]),
    ("A=base64+/==", &[("A", "base64+/==")]),
    ("A=a\u{a0}b\u{a0}", &[("A", "a\u{a0}b")]),
    ("A=b\u{a0}#c", &[("A", "b")]),
    ("A=b\u{3000}# c", &[("A", "b")]),
    ("A\u{a0}=b", &[("A", "b")]),
    ("A=a\u{b}b", &[("A", "a\u{b}b")]),
    ("A=a\u{2028}b", &[("A", "a\u{2028}b")]),
    ("A=b\u{1d}", &[("A", "b")]),
    ("A=😀", &[("A", "😀")]),
    ("A+=b", &[("A+", "b")]),
    ("<<EOF", &[]),
];

/// Texts with a line that python-dotenv cannot read either, the number of that line, and the variable that is named.
#[rustfmt::skip]
const REFUSED: &[(&str, usize, Option<&str>)] = &[
    ("=b", 1, None),
    ("export export A=b", 1, None),
    ("A: b", 1, None),
    ("A='b", 1, Some("A")),
    ("A=\"b", 1, Some("A")),
    ("A='b'c", 1, Some("A")),
    ("A=\"b\"c", 1, Some("A")),
    ("A='b' c", 1, Some("A")),
    ("A=\"b\" \"c\"", 1, Some("A")),
    ("A b", 1, None),
    ("A b=c", 1, None),
    ("A='b'\\''c'", 1, Some("A")),
    ("'A=b", 1, None),
    ("A=\"b\\", 1, Some("A")),
    ("A='it's'", 1, Some("A")),
    ("A=\"b\nB=c", 1, Some("A")),
    ("OK=1\nA='x\nB=2\nC=3", 2, Some("A")),
    ("export A='b", 1, Some("A")),
    ("A ='b", 1, Some("A")),
    ("-----END PRIVATE KEY-----", 1, None),
    ("hunter2 is it", 1, None),
];

#[test]
fn a_file_has_the_values_that_python_dotenv_gives_it_without_interpolation() {
    for (text, expected) in READ {
        let expected: BTreeMap<_, _> =
            expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(parse_env_file(text).as_ref(), Ok(&expected), "{text:?}");
    }
}

#[test]
fn a_line_that_cannot_be_read_is_named_by_number_and_variable_and_never_shown() {
    for (text, line, variable) in REFUSED {
        let secret = text.replace('b', "hunter2");
        let fault = parse_env_file(&secret).expect_err(text);
        assert_eq!((fault.line, fault.variable.as_deref()), (*line, *variable), "{text:?}");
        assert!(fault.to_string().contains(&format!("line {line} ")), "{fault}");
        assert!(!fault.to_string().contains("hunter2"), "{fault}");
    }
}

#[test]
fn a_piece_of_a_value_is_not_taken_for_the_name_of_a_variable() {
    for text in ["TOKEN=first\nhunter2 second", "TOKEN=first\nhunter2!='", "TOKEN=first\n2hunter='"] {
        assert_eq!(parse_env_file(text).unwrap_err().variable, None, "{text}");
    }
    let key = format!("{}='", "hunter2".repeat(20));
    assert_eq!(parse_env_file(&key).unwrap_err().variable, None);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_fail(text in "[ab=#'\"\\\\ \\n\\r\u{feff}$é\\t]{0,40}") {
        drop(parse_env_file(&text));
    }

    #[test]
    fn any_value_in_single_quotes_is_read_back(value in "[^\\x00\\r]{0,40}") {
        let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
        let read = parse_env_file(&format!("A='{quoted}' # comment\n")).unwrap();
        proptest::prop_assert_eq!(read.get("A"), Some(&value));
    }
}
