//! Why requests fail, as programs tell it: the closed table of `code` in error bodies.

macro_rules! problems {
    ($( $(#[doc = $meaning:literal])+ $name:ident = $text:literal; )+) => {
        /// Why a request failed. The text never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $( $(#[doc = $meaning])+ $name, )+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The text in the body.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$name => $text, )+
                }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $( Self::$name => concat!($($meaning),+), )+
                }
            }
        }
    };
}

problems! {
    /// The body could not be read as text (broken UTF-8, or the connection failed half-way), or names an address that
    /// this server does not go to.
    BadRequest = "bad_request";
    /// No valid credential.
    Unauthorized = "unauthorized";
    /// The password is right; a code of the person's authenticator app, a passkey or a recovery code is needed as well.
    SecondFactorNeeded = "second_factor_needed";
    /// The password is right, the code is not, or was taken before.
    SecondFactorWrong = "second_factor_wrong";
    /// The passkey is not known here, what it signed is not valid, or it took too long.
    PasskeyRefused = "passkey_refused";
    /// A valid credential that may not do this.
    Forbidden = "forbidden";
    /// Only the board's lead may do this.
    OnlyLead = "only_lead";
    /// An agent acts on its own board only.
    OtherBoard = "other_board";
    /// The board lets only its lead move tasks.
    OnlyLeadMoves = "only_lead_can_change_status";
    /// The task is another agent's.
    NotTheAssignee = "task_assignee_mismatch";
    /// Leads move tasks in review only.
    LeadCannotMove = "lead_cannot_move_task";
    /// Leads plan and review; tasks are for workers.
    LeadCannotTake = "lead_cannot_take_tasks";
    /// Leads comment in review, on their own tasks and where they are mentioned.
    LeadCannotComment = "lead_cannot_comment";
    /// These fields are not for this role.
    FieldForbidden = "task_update_field_forbidden";
    /// Only an admin of the organization may do this.
    AdminsOnly = "admins_only";
    /// The API token does not have the scope that this needs; `params.scope` names it.
    ScopeMissing = "scope_missing";
    /// The agent, or its board, is paused: it reads and checks in, and changes nothing.
    AgentPaused = "agent_paused";
    /// The agent is being deleted: it reads and checks in, and changes nothing.
    AgentLeaving = "agent_leaving";
    /// The caller may less than when the request was carried out, so its answer is not given again.
    RightsChanged = "rights_changed";
    /// The page was opened over plain http, where the browser would not keep the session.
    HttpsRequired = "https_required";
    /// The request names a host that is none of this server's.
    HostUnknown = "host_unknown";
    /// The creator of a task is whoever calls.
    ForeignCreator = "foreign_creator";
    /// No such thing, or none that the caller may know of.
    NotFound = "not_found";
    /// A task that should be waited for is not on the board.
    DependencyNotFound = "dependency_not_found";
    /// A tag is not in the organization.
    TagNotFound = "tag_not_found";
    /// The path exists, with other methods (see `Allow`).
    MethodNotAllowed = "method_not_allowed";
    /// The sender of the body is too slow, or has gone quiet.
    TooSlow = "request_timeout";
    /// It is not any more what `If-Match` says: somebody has changed it.
    ChangedMeanwhile = "changed_meanwhile";
    /// It contradicts what is there: a duplicate, or a state that forbids the change.
    Conflict = "conflict";
    /// The request with this `Idempotency-Key` is being served; see `Retry-After`.
    InProgress = "request_in_progress";
    /// It was carried out before, and its answer is not there to be given again.
    AnswerLost = "answer_not_kept";
    /// The task waits for others that are not done.
    TaskBlocked = "task_blocked_cannot_transition";
    /// Another agent has the task.
    TaskTaken = "task_taken";
    /// A person has the task: agents neither take it nor move it.
    HeldByPerson = "task_held_by_person";
    /// Only tasks of the inbox can be claimed.
    NotClaimable = "task_not_claimable";
    /// A task would wait, directly or not, for itself.
    DependencyCycle = "dependency_cycle";
    /// What a done task waits for cannot change.
    DependenciesOfDone = "dependencies_of_done_task";
    /// The agent works on another board.
    AgentOfAnotherBoard = "agent_of_another_board";
    /// The person who is to get the task may not write to its board.
    PersonWithoutBoard = "person_without_board";
    /// An approval of the task, or one about the same task, is not decided yet.
    ApprovalPending = "approval_pending";
    /// Somebody has decided the approval.
    ApprovalDecided = "approval_decided";
    /// The board wants an approval before the task is done.
    ApprovalRequired = "approval_required";
    /// The task was rewritten after it was approved, and the board wants an approval before it is done.
    ApprovalOutdated = "approval_outdated";
    /// The board wants a review before the task is done.
    ReviewRequired = "review_required";
    /// The column has as many tasks as the board allows it, and agents put no more into it; `params.limit` says how many.
    WipLimit = "wip_limit_reached";
    /// It is there, and takes no more.
    Gone = "gone";
    /// The body is larger than this server takes.
    PayloadTooLarge = "payload_too_large";
    /// The address of the request is longer than this server takes.
    AddressTooLong = "address_too_long";
    /// The input is wrong; `detail` is a list when single fields are to blame.
    Invalid = "invalid_request";
    /// A stored credential does not follow this change: it has to be sent again.
    CredentialNeeded = "credential_needed";
    /// The body is compressed in a way that is not understood, or wrongly.
    UnsupportedEncoding = "unsupported_encoding";
    /// The `Idempotency-Key` belongs to another request.
    KeyReused = "idempotency_key_reused";
    /// A task cannot wait for itself.
    DependencyOnItself = "dependency_on_itself";
    /// The board has no custom fields of these names.
    FieldUnknown = "custom_field_unknown";
    /// Required custom fields would be empty.
    FieldMissing = "custom_field_missing";
    /// A value does not fit its custom field.
    FieldInvalid = "custom_field_invalid";
    /// The board wants a comment before the review.
    CommentRequired = "comment_required";
    /// Too many failed or too many requests; see `Retry-After`.
    RateLimited = "rate_limited";
    /// The headers of the request are longer than this server takes.
    HeadersTooLarge = "headers_too_large";
    /// A defect of the server; the log has the cause under the request id.
    Internal = "internal_error";
    /// A gateway refused or failed; `detail` carries its words.
    GatewayFailed = "gateway_error";
    /// A server beyond this one, no gateway, failed or could not be reached.
    Upstream = "upstream_error";
    /// A part that this request needs is away; worth a retry.
    Unavailable = "unavailable";
    /// The database takes no writes.
    DatabaseReadOnly = "database_read_only";
    /// There is no room on the disk for what the request would store.
    StorageFull = "storage_full";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_a_text_of_its_own() {
        let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
    }
}
