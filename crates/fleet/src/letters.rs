//! What letters to people say.

use mission_control_mail::Letter;
use secrecy::{ExposeSecret, SecretString};

use crate::text::one_line;

/// An invitation, with the link by which it is accepted.
#[derive(Debug)]
pub(crate) struct Invitation<'a> {
    /// Whom it is for.
    pub(crate) email: &'a str,
    /// What the organization is called.
    pub(crate) organization: &'a str,
    /// Who invites.
    pub(crate) inviter: Option<&'a str>,
    /// What it is accepted with.
    pub(crate) token: &'a SecretString,
}

/// A letter with the link of an invitation.
pub(crate) fn invitation(base_url: &str, invitation: &Invitation<'_>) -> Letter {
    let organization = one_line(invitation.organization);
    let inviter = invitation.inviter.map_or("Somebody".to_owned(), one_line);
    let token = invitation.token.expose_secret();
    Letter {
        to: invitation.email.to_owned(),
        subject: format!("Invitation to {organization}"),
        text: format!(
            "{inviter} invites you to the organization “{organization}” in the Mission Control at {base_url}, where people \
             and AI agents work on the same boards.\n\nAccept it here, within a week:\n{base_url}/invite#{token}\n\nThe link \
             is for {to} alone. If you expected no invitation, do nothing.\n",
            to = invitation.email,
        ),
    }
}

/// A letter with the link for a new password.
pub(crate) fn new_password(base_url: &str, to: &str, token: &SecretString) -> Letter {
    let token = token.expose_secret();
    Letter {
        to: to.to_owned(),
        subject: "A new password for Mission Control".to_owned(),
        text: format!(
            "This link lets you choose a new password for the Mission Control at {base_url}. It works once, within a \
             day:\n{base_url}/reset#{token}\n\nYou sign in as {to}. If you asked for no new password, do nothing: the one \
             you have stays.\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://mc.example.com";

    #[test]
    fn an_invitation_says_by_whom_to_what_and_has_its_link_in_a_line_of_its_own() {
        let token = SecretString::from("t0ken".to_owned());
        let letter = invitation(
            BASE,
            &Invitation {
                email: "bob@example.com",
                organization: "Re\r\nsearch\u{2028}Lab",
                inviter: Some("Ada\nLovelace"),
                token: &token,
            },
        );
        assert_eq!(
            (letter.to.as_str(), letter.subject.as_str()),
            ("bob@example.com", "Invitation to Re search Lab")
        );
        assert!(letter.text.starts_with("Ada Lovelace invites you to the organization “Re search Lab”"));
        assert!(
            letter.text.lines().any(|line| line == "https://mc.example.com/invite#t0ken"),
            "{}",
            letter.text
        );
    }

    #[test]
    fn a_letter_about_a_password_says_where_and_as_whom_one_signs_in() {
        let letter = new_password(BASE, "ada@example.com", &SecretString::from("t0ken".to_owned()));
        assert_eq!(letter.to, "ada@example.com");
        assert!(
            letter.text.lines().any(|line| line == "https://mc.example.com/reset#t0ken"),
            "{}",
            letter.text
        );
        assert!(letter.text.contains("You sign in as ada@example.com."));
    }
}
