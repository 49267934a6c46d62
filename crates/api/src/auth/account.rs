//! People who sign in with an e-mail address and a password. Attempts are counted before a password is looked at, per account and
//! per address: guessing is slow, and who is signed in, or has a token, does not notice.

use std::time::Duration;

use actix_web::HttpRequest;
use mission_control_core::limits::{
    ACCOUNT_SIGN_INS, ADDRESS_SIGN_INS, CEREMONIES, CODES_TRIED, HOUR, LETTERS, MINUTE,
};
use mission_control_core::rules::{agent_token, invites};
use mission_control_fleet::accounts::passkeys::{self, Answer, Evidence, Question};
use mission_control_fleet::accounts::{self, Beside, Joiner, NewAccount, Recognized};
use mission_control_fleet::{FleetError, web_sessions::SignedIn};
use secrecy::SecretString;

use super::Proof;
use super::failures::write_down;
use super::user::OrgMember;
use super::web_session::{require_keeping_page, visit};
use crate::error::{ApiError, ApiResult};
use crate::http::address_key;
use crate::input::Fault;
use crate::state::State;

/// Makes the first account, for who shows the set-up code.
///
/// # Errors
/// 403 for a wrong code; 409 where there is an account, or no code; 422 for a weak password; 429 after too many attempts.
pub async fn set_up(request: &HttpRequest, code: &str, new: NewAccount) -> ApiResult<SignedIn> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    require_accounts(&state)?;
    count_address(request, &state).await?;
    count_account(&state, "set-up").await?;
    let Some(expected) = &state.set_up_code else {
        return Err(ApiError::conflict("This installation has an owner already, or no code to make one by.")
            .next_step("Sign in; where nobody has an account yet, the operator makes the first: mission-control-api user create --owner."));
    };
    if !expected.accepts(code) {
        write_down(request, &state, None).await;
        return Err(ApiError::forbidden("This is not the set-up code.").next_step(
            "It is in the file setup-code of the server's data directory; a terminal shows it when the server starts.",
        ));
    }
    let signed_in = accounts::set_up(&state.fleet, new, visit(request)).await?;
    expected.forget();
    Ok(signed_in)
}

/// What somebody shows who has an account.
pub struct Shown {
    /// Password.
    pub password: SecretString,
    /// The second factor.
    pub beside: Beside,
}

/// Signs somebody in.
///
/// # Errors
/// 401 for a wrong address or password, or a code that is missing or wrong; 429 after too many attempts; 403 for another site's page.
pub async fn sign_in(request: &HttpRequest, email: &str, shown: Shown) -> ApiResult<SignedIn> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    require_accounts(&state)?;
    count_address(request, &state).await?;
    let account = recognize(request, &state, email, &shown).await?;
    let outcome = accounts::sign_in(&state.fleet, account, shown.beside, visit(request)).await;
    told(request, &state, email, outcome).await
}

/// Accepts an invitation with a new account, or with the one there is.
///
/// # Errors
/// 404 for a token that is none; 401 for the wrong password of the account there is, or a code that is missing or wrong; 409 for
/// somebody who is known without a password; 422 for a weak password; 429 after too many attempts.
pub async fn join(
    request: &HttpRequest,
    token: String,
    name: Option<String>,
    shown: Shown,
) -> ApiResult<SignedIn> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    require_accounts(&state)?;
    count_address(request, &state).await?;
    let invited = accounts::invitation(&state.fleet, token.clone()).await?;
    let joiner = if invited.has_account {
        let account = recognize(request, &state, &invited.email, &shown).await?;
        Joiner::Known { account, beside: shown.beside }
    } else {
        Joiner::New { name: name.unwrap_or_default(), password: shown.password }
    };
    let outcome = accounts::join(&state.fleet, token, joiner, visit(request)).await;
    told(request, &state, &invited.email, outcome).await
}

/// Whose password it is. Codes are counted only of who knows it, so that nobody else uses them up.
async fn recognize(
    request: &HttpRequest,
    state: &State,
    email: &str,
    shown: &Shown,
) -> ApiResult<Recognized> {
    let address = invites::email(email).unwrap_or_default();
    count_account(state, &address).await?;
    let outcome = accounts::recognize(&state.fleet, email, shown.password.clone()).await;
    let account = told(request, state, email, outcome).await?;
    if account.needs_code() && shown.beside.code.is_some() {
        let key = format!("code:account:{}", agent_token::digest(&address));
        within(state, &key, CODES_TRIED, HOUR).await?;
    }
    Ok(account)
}

/// Replaces the password of who is signed in.
///
/// # Errors
/// 403 for who did not sign in with a password; 422 for a wrong or a weak one; 429 after too many attempts.
pub async fn change_password(
    request: &HttpRequest,
    caller: OrgMember,
    current: SecretString,
    new: SecretString,
) -> ApiResult<SignedIn> {
    count_password(request, &caller).await?;
    let state = State::of(request)?;
    let member = caller.member.into_member();
    let changed =
        accounts::change_password(&state.fleet, caller.user, member, current, new, visit(request)).await;
    about_password(request, "current_password", changed).await
}

/// Counts an attempt to use a token that opens an account: an invitation's, or that of a link for a new password.
///
/// # Errors
/// 429 when there were too many of the address; 403 where there are no accounts.
pub async fn count_token(request: &HttpRequest) -> ApiResult<()> {
    let state = State::of(request)?;
    require_accounts(&state)?;
    count_address(request, &state).await
}

/// Counts a wish for a letter to an address: nobody's mailbox is filled from here.
///
/// # Errors
/// 429 when there were too many, to this address or from the caller's; 403 where there are no accounts, or for another site's page.
pub async fn count_letter(request: &HttpRequest, email: &str) -> ApiResult<()> {
    let state = State::of(request)?;
    require_accounts(&state)?;
    require_keeping_page(request, &state)?;
    count_address(request, &state).await?;
    let address = invites::email(email).unwrap_or_default();
    within(&state, &format!("letter:{}", agent_token::digest(&address)), LETTERS, HOUR).await
}

/// Puts what was shown in vain into the audit.
async fn told<T>(
    request: &HttpRequest,
    state: &State,
    email: &str,
    outcome: Result<T, FleetError>,
) -> ApiResult<T> {
    if let Err(FleetError::WrongPassword | FleetError::SecondFactorWrong | FleetError::PasskeyRefused) =
        &outcome
    {
        write_down(request, state, invites::email(email)).await;
    }
    Ok(outcome?)
}

/// Counts an attempt of who is signed in to show their password once more.
///
/// # Errors
/// 403 for who did not sign in with a password; 429 after too many attempts.
pub async fn count_password(request: &HttpRequest, caller: &OrgMember) -> ApiResult<()> {
    let state = State::of(request)?;
    require_accounts(&state)?;
    if !matches!(caller.proof, Proof::Session(_)) {
        return Err(ApiError::forbidden("This is for who signed in with a password, in a browser."));
    }
    // Whoever guesses from outside keeps nobody from it who is in.
    within(&state, &format!("password:session:{}", caller.user.id), ACCOUNT_SIGN_INS, MINUTE).await
}

/// What a wrong password of who is signed in is: a fault of the field `field`, for a 401 would sign them out.
pub async fn about_password<T>(
    request: &HttpRequest,
    field: &'static str,
    outcome: Result<T, FleetError>,
) -> ApiResult<T> {
    match outcome {
        Err(FleetError::WrongPassword) => {
            let state = State::of(request)?;
            write_down(request, &state, None).await;
            Err(ApiError::invalid(vec![Fault::of_field(
                field,
                "password_wrong",
                "This is not the right password.",
            )]))
        }
        Err(FleetError::SecondFactorWrong) => {
            let message = FleetError::SecondFactorWrong.to_string();
            Err(ApiError::invalid(vec![Fault::of_field("code", "code_wrong", message)]))
        }
        Err(FleetError::PasskeyRefused) => {
            let message = FleetError::PasskeyRefused.to_string();
            Err(ApiError::invalid(vec![Fault::of_field("credential", "passkey_refused", message)]))
        }
        other => Ok(other?),
    }
}

/// Asks whoever comes for a passkey.
///
/// # Errors
/// 429 after too many questions; 409 where browsers keep no passkeys; 403 for another site's page.
pub async fn ask_for_passkey(request: &HttpRequest) -> ApiResult<Question> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    require_accounts(&state)?;
    count_question(request, &state).await?;
    Ok(passkeys::begin_sign_in(&state.fleet).await?)
}

/// Signs in whose passkey it is.
///
/// # Errors
/// 401 for a passkey that is refused; 429 after too many attempts; 403 for another site's page.
pub async fn sign_in_by_passkey(request: &HttpRequest, answer: Answer) -> ApiResult<SignedIn> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    require_accounts(&state)?;
    count_address(request, &state).await?;
    let outcome = passkeys::finish_sign_in(&state.fleet, answer, visit(request)).await;
    told(request, &state, "", outcome).await
}

/// Asks who shows the password of an account for one of its passkeys.
///
/// # Errors
/// 401 for a wrong address or password; 409 without a passkey; 429 after too many attempts; 403 for another site's page.
pub async fn ask_beside_password(
    request: &HttpRequest,
    email: &str,
    password: SecretString,
) -> ApiResult<Question> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    require_accounts(&state)?;
    count_address(request, &state).await?;
    let shown = Shown { password, beside: Beside::default() };
    let account = recognize(request, &state, email, &shown).await?;
    Ok(passkeys::begin_beside_password(&state.fleet, &account).await?)
}

/// What shows that who is signed in sits there themselves. A password that is shown counts as an attempt.
///
/// # Errors
/// 403 for who did not sign in here, in a browser; 429 after too many attempts.
pub async fn evidence(
    request: &HttpRequest,
    caller: &OrgMember,
    password: Option<String>,
) -> ApiResult<Evidence> {
    count_password(request, caller).await?;
    let Proof::Session(session) = &caller.proof else { return Err(ApiError::unauthorized()) };
    let password = password.filter(|password| !password.is_empty()).map(SecretString::from);
    Ok(Evidence { password, signed_in_at: session.created_at })
}

/// Counts a question to a passkey that the caller's address begins.
async fn count_question(request: &HttpRequest, state: &State) -> ApiResult<()> {
    let key = format!("passkey:address:{}", address_key(request));
    within(state, &key, CEREMONIES, MINUTE).await
}

/// Counts an attempt of the caller's address.
///
/// # Errors
/// 429 when there were too many.
pub(super) async fn count_address(request: &HttpRequest, state: &State) -> ApiResult<()> {
    let key = format!("password:address:{}", address_key(request));
    within(state, &key, ADDRESS_SIGN_INS, MINUTE).await
}

/// Counts an attempt at an account, whoever makes it.
async fn count_account(state: &State, email: &str) -> ApiResult<()> {
    let key = format!("password:account:{}", agent_token::digest(email));
    within(state, &key, ACCOUNT_SIGN_INS, MINUTE).await
}

async fn within(state: &State, key: &str, most: u32, window: Duration) -> ApiResult<()> {
    let decision = state.limiter.check(key, most, window).await;
    if decision.allowed { Ok(()) } else { Err(ApiError::rate_limited(decision.retry_after)) }
}

/// Passes where people have accounts.
///
/// # Errors
/// 403 elsewhere.
pub fn require_accounts(state: &State) -> ApiResult<()> {
    match &state.settings.auth.accounts {
        Some(_) => Ok(()),
        None => Err(ApiError::forbidden("Nobody has an account here: people sign in with the access token.")
            .next_step(
                "Sign in with the access token; or whoever runs the server sets AUTH_MODE=accounts,local.",
            )),
    }
}
