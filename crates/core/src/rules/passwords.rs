//! Passwords: which are good enough, what is kept of them, and which links replace them.

use std::time::Duration;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use zxcvbn::{Score, zxcvbn};

use super::access;
use crate::limits::{PASSWORD, PASSWORD_LEAST};
use crate::models::OrgRole;

/// How long a link for a new password can be used.
pub const RESET_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// A hash that no password has, for accounts that do not exist: guessing at one takes as long as at any other.
pub const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCE$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// It has too few characters.
    Short,
    /// It has too many.
    Long,
    /// Others would guess it: it is a common one, a pattern, or made of the person's own name or address.
    Guessable,
}

impl Weak {
    /// What the person can do about it.
    pub fn remedy(self) -> String {
        match self {
            Self::Short => format!("Use {PASSWORD_LEAST} characters or more."),
            Self::Long => format!("Use {PASSWORD} characters at most."),
            Self::Guessable => {
                "This is easily guessed. Use several words that have nothing to do with each other."
                    .to_owned()
            }
        }
    }
}

/// Passes a password that is hard to guess, also for somebody who knows `own`: the person's address and name.
///
/// # Errors
/// What is wrong with it.
pub fn require_strong(password: &str, own: &[&str]) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < PASSWORD_LEAST {
        return Err(Weak::Short);
    }
    if length > PASSWORD {
        return Err(Weak::Long);
    }
    let sides = own.iter().flat_map(|text| text.split('@'));
    let words = own.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let known: Vec<&str> =
        own.iter().copied().chain(sides).chain(words).chain(["mission", "control", "openclaw"]).collect();
    match zxcvbn(password, &known).score() {
        Score::Three | Score::Four => Ok(()),
        _ => Err(Weak::Guessable),
    }
}

/// What is kept of a password: argon2id in PHC form, with a random salt. Takes tens of milliseconds and 19 MiB.
///
/// # Errors
/// The system has no random numbers.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// Whether a password is the one of this hash. Takes as long and as much as [`hash`] does.
pub fn is_same(password: &str, hash: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

/// Whether a hash was made as [`hash`] makes them now.
pub fn is_current(hash: &str) -> bool {
    let made_now = Argon2::default();
    let params = made_now.params();
    let (memory, rounds, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
    hash.starts_with(&format!("$argon2id$v=19$m={memory},t={rounds},p={lanes}$"))
}

/// Whether somebody may make a link by which a person gets a new password, and so act as that person everywhere. `roles` are
/// what both are in each organization of the person: who asks has to be above them in all of these.
pub fn may_reset(roles: &[(Option<OrgRole>, OrgRole)]) -> bool {
    !roles.is_empty()
        && roles.iter().all(|(own, theirs)| own.as_ref().is_some_and(|own| access::may_manage(own, theirs)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("short", Err(Weak::Short))]
    #[case("password1234", Err(Weak::Guessable))]
    #[case("qwertyuiopas", Err(Weak::Guessable))]
    #[case("aaaaaaaaaaaaaaaa", Err(Weak::Guessable))]
    #[case("ada.lovelace2", Err(Weak::Guessable))]
    #[case("missioncontrol", Err(Weak::Guessable))]
    #[case("anvil-pelican-quartz", Ok(()))]
    #[case("正确的马电池订书钉很长", Err(Weak::Short))]
    #[case("正确的马电池订书钉真的很长", Ok(()))]
    fn what_others_would_guess_is_refused(#[case] password: &str, #[case] expected: Result<(), Weak>) {
        assert_eq!(require_strong(password, &["ada.lovelace@example.com", "Ada Lovelace"]), expected);
    }

    #[test]
    fn a_password_of_a_megabyte_is_not_looked_at() {
        assert_eq!(require_strong(&"a".repeat(1 << 20), &[]), Err(Weak::Long));
    }

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let kept = hash("anvil-pelican-quartz").unwrap();
        assert!(is_current(&kept) && is_current(NOBODY), "{kept}");
        assert!(!is_current("$argon2id$v=19$m=1024,t=2,p=1$bm9ib2R5$AAAA"));
        assert!(is_same("anvil-pelican-quartz", &kept) && !is_same("anvil-pelican-quart", &kept));
        assert_ne!(kept, hash("anvil-pelican-quartz").unwrap());
        assert!(!is_same("", NOBODY) && !is_same("x", "no hash"));
        assert!(
            argon2::password_hash::phc::PasswordHash::new(NOBODY).is_ok(),
            "guessing at nobody takes as long"
        );
    }

    #[rstest]
    #[case::own_organization(&[("admin", "member")], true)]
    #[case::of_the_same_rank(&[("admin", "admin")], true)]
    #[case::above(&[("admin", "owner")], false)]
    #[case::not_an_admin(&[("member", "member")], false)]
    #[case::elsewhere_as_well(&[("owner", "member"), ("", "member")], false)]
    #[case::of_nobodys(&[], false)]
    fn who_makes_a_new_password_possible_is_above_the_person_everywhere(
        #[case] roles: &[(&str, &str)],
        #[case] may: bool,
    ) {
        let role = |text: &str| (!text.is_empty()).then(|| OrgRole::from(text));
        let roles: Vec<_> = roles.iter().map(|(own, theirs)| (role(own), role(theirs).unwrap())).collect();
        assert_eq!(may_reset(&roles), may);
    }
}
