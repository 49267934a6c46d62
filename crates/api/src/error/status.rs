//! The HTTP status of each code.

use actix_web::http::StatusCode;
use mission_control_core::problem::Code;

/// The status of answers with this code.
pub const fn status(code: Code) -> StatusCode {
    match code {
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::Unauthorized | Code::SecondFactorNeeded | Code::SecondFactorWrong | Code::PasskeyRefused => {
            StatusCode::UNAUTHORIZED
        }
        Code::Forbidden
        | Code::OnlyLead
        | Code::OtherBoard
        | Code::OnlyLeadMoves
        | Code::NotTheAssignee
        | Code::LeadCannotMove
        | Code::LeadCannotTake
        | Code::LeadCannotComment
        | Code::FieldForbidden
        | Code::AdminsOnly
        | Code::ScopeMissing
        | Code::AgentPaused
        | Code::AgentLeaving
        | Code::RightsChanged
        | Code::HttpsRequired
        | Code::HostUnknown
        | Code::ForeignCreator => StatusCode::FORBIDDEN,
        Code::NotFound | Code::DependencyNotFound | Code::TagNotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::TooSlow => StatusCode::REQUEST_TIMEOUT,
        Code::Conflict
        | Code::ChangedMeanwhile
        | Code::InProgress
        | Code::AnswerLost
        | Code::TaskBlocked
        | Code::TaskTaken
        | Code::HeldByPerson
        | Code::NotClaimable
        | Code::DependencyCycle
        | Code::DependenciesOfDone
        | Code::AgentOfAnotherBoard
        | Code::PersonWithoutBoard
        | Code::ApprovalPending
        | Code::ApprovalDecided
        | Code::ApprovalRequired
        | Code::ApprovalOutdated
        | Code::WipLimit
        | Code::ReviewRequired => StatusCode::CONFLICT,
        Code::Gone => StatusCode::GONE,
        Code::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::AddressTooLong => StatusCode::URI_TOO_LONG,
        Code::Invalid
        | Code::CredentialNeeded
        | Code::UnsupportedEncoding
        | Code::KeyReused
        | Code::DependencyOnItself
        | Code::FieldUnknown
        | Code::FieldMissing
        | Code::FieldInvalid
        | Code::CommentRequired => StatusCode::UNPROCESSABLE_ENTITY,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::GatewayFailed | Code::Upstream => StatusCode::BAD_GATEWAY,
        Code::Unavailable | Code::DatabaseReadOnly => StatusCode::SERVICE_UNAVAILABLE,
        Code::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
    }
}
