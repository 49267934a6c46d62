//! Addresses of packs and skills.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use crate::limits::SKILL_ADDRESS;
use crate::models::SkillPack;
use crate::rules::outgoing;

/// A place that packs may come from: a server, or a folder below one. Written as a URL, `https://github.com` or
/// `file:///srv/skills`; everything below it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackSource(Url);

impl FromStr for PackSource {
    type Err = RefusedAddress;

    fn from_str(text: &str) -> Result<Self, RefusedAddress> {
        let mut url = plain_url(text)?;
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self(url))
    }
}

impl fmt::Display for PackSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl PackSource {
    fn covers(&self, url: &Url) -> bool {
        let Self(place) = self;
        place.scheme() == url.scheme()
            && place.host() == url.host()
            && place.port_or_known_default() == url.port_or_known_default()
            && url.path().starts_with(place.path())
    }
}

/// Why something is no address of a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusedAddress {
    /// Not a URL that git repositories are at.
    #[error("A pack comes from an https:// address.")]
    Scheme,
    /// It carries a secret, which would be shown to everybody.
    #[error("The address of a pack has no user name and no password: packs are public.")]
    Credentials,
    /// More than an address.
    #[error("The address of a pack has neither a query nor a fragment.")]
    Surplus,
    /// A server, or a page of a repository.
    #[error("This is not the address of a repository, such as https://github.com/acme/skills.")]
    NoRepository,
    /// Not in the list.
    #[error("Packs may come from {} only.", .0.join(", "))]
    NotAllowed(Vec<String>),
}

impl RefusedAddress {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Scheme => "Give the https:// address of the repository.",
            Self::Credentials => "Leave them out, and make the repository public if it is not.",
            Self::Surplus => "Leave out what follows ? or #.",
            Self::NoRepository => "Give the address of the repository itself, as git clone takes it.",
            Self::NotAllowed(_) => "The operator of Mission Control can add places in SKILL_PACK_SOURCES.",
        }
    }
}

/// The address of a pack's repository as it is kept, without `/` or `.git` at its end, if it is one of those `allowed`.
///
/// # Errors
/// [`RefusedAddress`].
pub fn pack_address(text: &str, allowed: &[PackSource]) -> Result<String, RefusedAddress> {
    let mut url = plain_url(text)?;
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path).to_owned();
    url.set_path(&path);
    let folders = path.split('/').skip(1);
    let (count, all_named) = (folders.clone().count(), folders.clone().all(|folder| !folder.is_empty()));
    let is_repository = match (url.scheme(), url.host_str()) {
        ("file", _) => count >= 1,
        (_, Some("github.com")) => count == 2,
        _ => count >= 2,
    };
    if !allowed.iter().any(|place| place.covers(&url)) {
        return Err(RefusedAddress::NotAllowed(allowed.iter().map(PackSource::to_string).collect()));
    }
    if is_repository && all_named { Ok(url.into()) } else { Err(RefusedAddress::NoRepository) }
}

/// A URL that says where, and nothing else.
fn plain_url(text: &str) -> Result<Url, RefusedAddress> {
    let url = Url::parse(text.trim()).map_err(|_| RefusedAddress::Scheme)?;
    match url.scheme() {
        "https" => {}
        "file" if url.host().is_none() => {}
        _ => return Err(RefusedAddress::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RefusedAddress::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(RefusedAddress::Surplus);
    }
    Ok(url)
}

/// Names that stand for the metadata service of a cloud.
const METADATA: [&str; 4] =
    ["metadata", "metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"];

/// Why something is no address of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusedSkill {
    /// Not a URL.
    #[error("Expected an absolute URL, such as https://example.com/skill.")]
    Form,
    /// A URL of another kind.
    #[error("Expected a URL that begins with https://.")]
    Scheme,
    /// It carries a secret.
    #[error("This URL would show its user name and password to everybody.")]
    Credentials,
    /// Characters that mean something to whoever shows or runs it.
    #[error("A URL has no quotes, angle brackets, backslashes or control characters.")]
    Characters,
    /// A service that hands out the credentials of a machine.
    #[error("No skill is at a metadata service or a link-local address.")]
    Host,
    /// A folder outside of the repository, or one that no address can carry.
    #[error(
        "A folder of a repository has neither `..` nor quotes, angle brackets, or control characters in its path."
    )]
    Folder,
}

/// The address of a skill, in its usual form.
///
/// # Errors
/// [`RefusedSkill`].
pub fn skill_address(text: &str) -> Result<Url, RefusedSkill> {
    let text = text.trim();
    if text.len() > SKILL_ADDRESS {
        return Err(RefusedSkill::Form);
    }
    if text.contains(is_odd) {
        return Err(RefusedSkill::Characters);
    }
    // The usual form is longer: what is not ASCII is escaped.
    let url =
        Url::parse(text).ok().filter(|url| url.as_str().len() <= SKILL_ADDRESS).ok_or(RefusedSkill::Form)?;
    // What a host escapes is written out in its usual form.
    if url.as_str().contains(is_odd) {
        return Err(RefusedSkill::Characters);
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(RefusedSkill::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RefusedSkill::Credentials);
    }
    let host_is_fine = match url.host() {
        Some(Host::Domain(name)) => !METADATA.contains(&name.trim_end_matches('.')),
        Some(Host::Ipv4(address)) => !outgoing::is_never_reached(address.into()),
        Some(Host::Ipv6(address)) => !outgoing::is_never_reached(address.into()),
        None => false,
    };
    if host_is_fine { Ok(url) } else { Err(RefusedSkill::Host) }
}

/// Whether `folder` is a folder of a repository that an address can name, percent-decoded or not.
pub fn is_plain_folder(folder: &str) -> bool {
    let decoded = unescaped(folder);
    let fine = |path: &str| !path.contains(is_odd) && path.split('/').all(|part| part != "..");
    folder.len() <= SKILL_ADDRESS && fine(folder) && fine(&decoded)
}

/// Characters that end a text, a tag or a line where an address is shown or handed on.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '\\')
}

/// The branch that is meant; what cannot be the name of one means the default branch.
pub fn branch(text: &str) -> &str {
    let text = text.trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-');
    if text.is_empty() || !text.bytes().all(is_plain) { SkillPack::DEFAULT_BRANCH } else { text }
}

/// Where people see a folder of a repository; empty for the repository itself.
pub fn tree_url(repository: &str, branch: &str, folder: &str) -> String {
    match folder {
        "" => format!("{repository}/tree/{branch}"),
        folder => format!("{repository}/tree/{branch}/{folder}"),
    }
}

/// Whether an address is the repository's or below it.
pub fn is_below(address: &str, repository: &str) -> bool {
    address.strip_prefix(repository).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A name for what is at an address: the last part of its path in words.
pub fn skill_name(address: &str) -> String {
    let url = Url::parse(address).ok();
    let path = url.as_ref().map_or(address, Url::path).trim_end_matches('/');
    let last = match path.rsplit('/').next() {
        Some(last) if !last.is_empty() => last,
        _ => url.as_ref().and_then(Url::host_str).unwrap_or_default(),
    };
    let last = unescaped(last);
    words(last.strip_suffix(".git").unwrap_or(&last))
}

/// Words joined by `-` or `_`, apart; `Skill` when there are none.
pub(super) fn words(text: &str) -> String {
    match super::one_line(&text.replace(['-', '_'], " ")) {
        text if text.is_empty() => "Skill".to_owned(),
        text => text,
    }
}

/// Percent-decoded, as text.
fn unescaped(text: &str) -> String {
    // A form's "+" means a blank; a path's does not.
    let text = text.replace('+', "%2B");
    url::form_urlencoded::parse(text.as_bytes()).map(|(name, _)| name.into_owned()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn sources(list: &[&str]) -> Vec<PackSource> {
        list.iter().map(|text| text.parse().unwrap()).collect()
    }

    const PLACES: [&str; 4] = [
        "https://github.com",
        "https://git.example.com:8443/",
        "https://code.example.com/team",
        "file:///srv/skills",
    ];

    #[rstest]
    #[case("https://github.com/Acme/skills", "https://github.com/Acme/skills")]
    #[case(" https://GitHub.com/Acme/skills.git/ ", "https://github.com/Acme/skills")]
    #[case("https://github.com:443/acme/x.git", "https://github.com/acme/x")]
    #[case("https://git.example.com:8443/a/b/c", "https://git.example.com:8443/a/b/c")]
    #[case("https://code.example.com/team/skills", "https://code.example.com/team/skills")]
    #[case("file:///srv/skills/acme", "file:///srv/skills/acme")]
    fn an_address_is_kept_in_one_form(#[case] text: &str, #[case] kept: &str) {
        assert_eq!(pack_address(text, &sources(&PLACES)).as_deref(), Ok(kept));
        assert_eq!(pack_address(kept, &sources(&PLACES)).as_deref(), Ok(kept));
    }

    #[rstest]
    #[case("http://github.com/a/b", RefusedAddress::Scheme)]
    #[case("ssh://git@github.com/a/b", RefusedAddress::Scheme)]
    #[case("ext::sh -c id", RefusedAddress::Scheme)]
    #[case("file://host/srv/skills/a", RefusedAddress::Scheme)]
    #[case("/srv/skills/a", RefusedAddress::Scheme)]
    #[case("https://ada:token@github.com/a/b", RefusedAddress::Credentials)]
    #[case("https://github.com/a/b?x=1", RefusedAddress::Surplus)]
    #[case("https://github.com/a/b#x", RefusedAddress::Surplus)]
    #[case("https://github.com/", RefusedAddress::NoRepository)]
    #[case("https://github.com/onlyowner", RefusedAddress::NoRepository)]
    #[case("https://github.com//b", RefusedAddress::NoRepository)]
    #[case("https://github.com/a/b/tree/main/skills", RefusedAddress::NoRepository)]
    fn what_is_no_address_of_a_repository_is_refused(#[case] text: &str, #[case] why: RefusedAddress) {
        assert_eq!(pack_address(text, &sources(&PLACES)), Err(why));
    }

    #[rstest]
    #[case("https://gitlab.com/a/b")]
    #[case("https://github.com.evil.example/a/b")]
    #[case("https://github.com:8443/a/b")]
    #[case("https://127.0.0.1/a/b")]
    #[case("https://localhost/a/b")]
    #[case("https://code.example.com/other/skills")]
    #[case("https://code.example.com/teammate/skills")]
    #[case("https://code.example.com/team/../other/skills")]
    #[case("file:///srv/skills/../../etc")]
    #[case("file:///srv/skills-private/a")]
    #[case("file:///srv/skills/%2e%2e/%2e%2e/etc")]
    fn other_places_are_refused_by_name_of_those_allowed(#[case] text: &str) {
        let refused = pack_address(text, &sources(&PLACES)).unwrap_err();
        assert!(matches!(refused, RefusedAddress::NotAllowed(_)), "{refused:?}");
        assert!(
            refused.to_string().contains("https://github.com, https://git.example.com:8443"),
            "{refused}"
        );
    }

    #[rstest]
    #[case(" dev/1 ", "dev/1")]
    #[case("v1.2_x-y", "v1.2_x-y")]
    #[case("", "main")]
    #[case("bad branch!", "main")]
    #[case("a\nb", "main")]
    #[case("--upload-pack=id;x", "main")]
    fn what_cannot_be_a_branch_means_the_default_one(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(branch(text), expected);
    }

    #[rstest]
    #[case("https://example.com/skill", None)]
    #[case(" HTTP://192.168.1.4:8080/a b ", None)]
    #[case("https://[fd12::1]/x?y#z", None)]
    #[case("skills/a", Some(RefusedSkill::Form))]
    #[case("ftp://example.com/x", Some(RefusedSkill::Scheme))]
    #[case("javascript:alert(1)", Some(RefusedSkill::Scheme))]
    #[case("https://user:pw@example.com/x", Some(RefusedSkill::Credentials))]
    #[case("https://user@example.com/x", Some(RefusedSkill::Credentials))]
    #[case("https://example.com/x\"><script>", Some(RefusedSkill::Characters))]
    #[case("https://example.com/x'y", Some(RefusedSkill::Characters))]
    #[case("https://example.com/x\ny", Some(RefusedSkill::Characters))]
    #[case("https://example.com\\x", Some(RefusedSkill::Characters))]
    #[case("https://exam%27ple.com/x", Some(RefusedSkill::Characters))]
    #[case("http://169.254.169.254/latest", Some(RefusedSkill::Host))]
    #[case("http://2852039166/latest", Some(RefusedSkill::Host))]
    #[case("http://0xa9.0xfe.0xa9.0xfe/", Some(RefusedSkill::Host))]
    #[case("http://[::ffff:169.254.169.254]/", Some(RefusedSkill::Host))]
    #[case("http://[64:ff9b::a9fe:a9fe]/", Some(RefusedSkill::Host))]
    #[case("http://[fe80::1]/", Some(RefusedSkill::Host))]
    #[case("http://[fd00:ec2::254]/", Some(RefusedSkill::Host))]
    #[case("http://Metadata.Google.Internal./computeMetadata", Some(RefusedSkill::Host))]
    #[case("http://0.0.0.0/", Some(RefusedSkill::Host))]
    fn an_address_of_a_skill_is_safe_to_show_and_to_hand_on(
        #[case] text: &str,
        #[case] refused: Option<RefusedSkill>,
    ) {
        assert_eq!(skill_address(text).err(), refused);
    }

    #[rstest]
    #[case("skills/pdf reader", true)]
    #[case("skills/..pdf", true)]
    #[case("数据", true)]
    #[case("..", false)]
    #[case("a/../b", false)]
    #[case("a/%2e%2E/b", false)]
    #[case("a\\..\\b", false)]
    #[case("a/%22%3E", false)]
    #[case("a/\"b", false)]
    #[case("a\u{1b}[0m", false)]
    fn a_folder_lies_within_its_repository(#[case] folder: &str, #[case] expected: bool) {
        assert_eq!(is_plain_folder(folder), expected);
    }

    #[rstest]
    #[case("https://github.com/Acme/skill-pack_x", "skill pack x")]
    #[case("https://example.com/other.git", "other")]
    #[case("https://example.com/a/r%C3%A9sum%C3%A9+x/", "résumé+x")]
    #[case("https://example.com", "example.com")]
    #[case("https://example.com/%00-_/", "Skill")]
    #[case("skills/pdf-reader", "pdf reader")]
    fn a_name_is_made_of_the_address(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(skill_name(address), expected);
    }

    #[rstest]
    #[case("https://github.com/acme/skills/tree/main/a", true)]
    #[case("https://github.com/acme/skills", true)]
    #[case("https://github.com/acme/skills-two/tree/main/a", false)]
    fn a_repository_does_not_hold_those_whose_name_begins_alike(
        #[case] address: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(is_below(address, "https://github.com/acme/skills"), expected);
    }
}
