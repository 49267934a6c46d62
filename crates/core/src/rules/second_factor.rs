//! The second factor of an account: codes of an authenticator app (TOTP, RFC 6238), and codes for when the app is lost.

use fast_qr::convert::svg::SvgBuilder;
use fast_qr::convert::{Builder as _, Shape};
use fast_qr::qr::QRBuilder;
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret, Totp};

use super::agent_token;
use crate::limits::{RECOVERY_CODE, RECOVERY_CODES};
use crate::time::Timestamp;

/// What the app calls us.
const ISSUER: &str = "Mission Control";
/// Letters and digits that nobody mistakes for others: 32, so that each is five random bits.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Characters of a code between two hyphens.
const GROUP: usize = 4;

/// What an account shares with an authenticator app: six digits, another six every thirty seconds.
pub struct Authenticator {
    totp: Totp,
    secret: SecretString,
}

impl Authenticator {
    /// A new one for the account of this address; `None` for an address that apps could not show.
    pub fn generate(email: &str) -> Option<Self> {
        Self::of(Secret::generate(), email)
    }

    /// That of a secret in base32; `None` for a text that is none.
    pub fn from_base32(secret: &SecretString, email: &str) -> Option<Self> {
        Self::of(Secret::try_from_base32(secret.expose_secret()).ok()?, email)
    }

    fn of(secret: Secret, email: &str) -> Option<Self> {
        let text = secret.to_base32().into();
        // A colon separates the address from the issuer.
        let account = email.replace(':', "_");
        let builder = Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some(ISSUER));
        Some(Self { totp: builder.build().ok()?, secret: text })
    }

    /// The secret in base32, for typing it into the app.
    pub fn secret(&self) -> &SecretString {
        &self.secret
    }

    /// The address by which apps take the secret over (`otpauth://…`).
    pub fn url(&self) -> Option<SecretString> {
        self.totp.to_url().ok().map(SecretString::from)
    }

    /// The same as a picture (SVG) for the camera.
    pub fn picture(&self) -> Option<SecretString> {
        let url = self.url()?;
        let code = QRBuilder::new(url.expose_secret().as_bytes()).build().ok()?;
        Some(SvgBuilder::default().shape(Shape::Square).to_str(&code).into())
    }

    /// The step that a code belongs to, if it is the code of `now`, or of the thirty seconds before or after. A step is taken once
    /// and none before it any more: whether this one is `after` the last is told by the caller.
    pub fn step_of(&self, code: &str, now: Timestamp, after: Option<i64>) -> Option<i64> {
        let seconds = u64::try_from(now.micros().div_euclid(1_000_000)).ok()?;
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let step = i64::try_from(self.totp.check(&digits, seconds)?).ok()?;
        after.is_none_or(|last| step > last).then_some(step)
    }
}

/// New codes for when the app is lost, as people write them down.
pub fn recovery_codes() -> Vec<SecretString> {
    (0..RECOVERY_CODES).map(|_| recovery_code()).collect()
}

fn recovery_code() -> SecretString {
    let letters: Vec<char> = rand::random::<[u8; RECOVERY_CODE]>()
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter)))
        .collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join("-").into()
}

/// What is kept of such a code, however it was typed; `None` for what is none.
pub fn recovery_digest(code: &str) -> Option<String> {
    let plain: String =
        code.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
    let is_one = plain.len() == RECOVERY_CODE && plain.bytes().all(|byte| LETTERS.contains(&byte));
    is_one.then(|| agent_token::digest(&plain))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    /// The secret and the times of RFC 6238, appendix B, with six digits.
    fn of_the_rfc() -> Authenticator {
        Authenticator::from_base32(&"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned().into(), "a@b").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(of_the_rfc().step_of(code, at(seconds), None), Some(seconds / 30), "{seconds}");
        }
        assert_eq!(of_the_rfc().step_of("287 082", at(59), None), Some(1), "people type blanks");
        assert_eq!(of_the_rfc().step_of("287083", at(59), None), None);
        assert_eq!(of_the_rfc().step_of("", at(59), None), None);
        assert_eq!(of_the_rfc().step_of("２８７０８２", at(59), None), None);
    }

    #[test]
    fn a_code_is_taken_within_half_a_minute_and_once() {
        let ours = of_the_rfc();
        let later = |seconds| at(59).plus(Duration::from_secs(seconds));
        assert_eq!(ours.step_of("287082", later(30), None), Some(1));
        assert_eq!(ours.step_of("287082", later(61), None), None);
        assert_eq!(ours.step_of("287082", at(59), Some(0)), Some(1));
        assert_eq!(ours.step_of("287082", at(59), Some(1)), None, "it was taken");
        assert_eq!(ours.step_of("287082", at(59), Some(2)), None, "a later one was taken");
    }

    #[test]
    fn an_app_takes_the_secret_from_a_picture_or_by_hand() {
        let ours = Authenticator::generate("ada:x@example.com").unwrap();
        let url = ours.url().unwrap();
        let url = url.expose_secret();
        assert!(url.starts_with("otpauth://totp/Mission%20Control:ada_x"), "{url}");
        assert!(url.contains(&format!("secret={}", ours.secret().expose_secret())), "{url}");
        assert!(ours.picture().unwrap().expose_secret().contains("<svg"));
        let again = Authenticator::from_base32(ours.secret(), "a@b").unwrap();
        assert_eq!(again.secret().expose_secret(), ours.secret().expose_secret());
        assert!(Authenticator::from_base32(&"no base32!".to_owned().into(), "a@b").is_none());
    }

    #[test]
    fn recovery_codes_are_many_random_and_forgiving_of_how_they_are_typed() {
        let codes = recovery_codes();
        let texts: BTreeSet<_> = codes.iter().map(|code| code.expose_secret().to_owned()).collect();
        assert_eq!(texts.len(), RECOVERY_CODES);
        let code = texts.first().unwrap();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        let digest = recovery_digest(code).unwrap();
        assert_eq!(recovery_digest(&format!(" {} ", code.to_uppercase().replace('-', " "))), Some(digest));
        assert_eq!(recovery_digest("123456"), None);
        assert_eq!(recovery_digest(&format!("{code}a")), None);
    }
}
