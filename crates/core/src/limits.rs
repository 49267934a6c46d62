//! Every maximum of the product, in one table: a row is a constant that the code is written with, and a line of
//! `docs/limits.md`.
//!
//! Texts that callers send are counted in characters, as `maxLength` of the API document counts them; a character has four
//! bytes at most, so each of these is a maximum in bytes too. What is larger and was stored before there was a maximum is
//! read, listed and changed in its other fields like everything else: maxima hold for what is sent.

use std::io;
use std::time::Duration;

use mission_control_limits::{KIB, MIB, limits};
use serde::Serialize;

/// What maxima of a minute count in.
pub const MINUTE: Duration = Duration::from_secs(60);

/// What maxima of an hour count in.
pub const HOUR: Duration = Duration::from_secs(3600);

/// How long a value is as JSON.
pub fn json_bytes<T: Serialize + ?Sized>(value: &T) -> usize {
    struct Count(usize);

    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.saturating_add(bytes.len());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut count = Count(0);
    // Counting does not fail.
    serde_json::to_writer(&mut count, value).map_or(usize::MAX, |()| count.0)
}

/// How many of the first things of these sizes have so many bytes together: one at least, if there is one.
pub fn fitting(sizes: impl IntoIterator<Item = usize>, bytes: usize) -> usize {
    let mut sum = 0_usize;
    let fits = |(before, size): &(usize, usize)| {
        sum = sum.saturating_add(*size);
        *before == 0 || sum <= bytes
    };
    sizes.into_iter().enumerate().take_while(fits).count()
}

/// The first of `items`: `most` at most, and as many as have so many bytes together as JSON; see [`fitting`].
pub fn within<T: Serialize>(mut items: Vec<T>, most: usize, bytes: usize) -> Vec<T> {
    items.truncate(most);
    items.truncate(fitting(items.iter().map(json_bytes), bytes));
    items
}

limits! {
    "Texts of a request",
    "Where a request is read, REST and MCP alike: 422 with `string_too_long` and `ctx.max_length`. The API document shows \
     them as `maxLength`." {
        /// A word of a small vocabulary: a status, a role, a priority, a time zone, an interval.
        WORD = 100, Characters;
        /// A tag of a text: of an entry in memory, of an answer.
        TAG = 100, Characters;
        /// What a thing, an agent or a person is called; what addresses call it.
        NAME = 200, Characters;
        /// The title of a task, an answer to choose, why there is a rule for commands.
        TITLE = 500, Characters;
        /// What people and agents write: comments, descriptions, memory, messages, reasons, goals, notes.
        PROSE = 64 * KIB, Characters;
        /// The source of a template: of an agent's soul or identity.
        TEMPLATE = 32 * KIB, Characters;
        /// An address on the web, or of a gateway.
        ADDRESS = 2_000, Characters;
        /// A folder of a gateway's machine.
        FOLDER = 1_000, Characters;
        /// An address of electronic mail.
        EMAIL = 320, Characters;
        /// A credential: an access token, a gateway's token, the key of a webhook.
        CREDENTIAL = 4_000, Characters;
        /// A password.
        PASSWORD = 256, Characters;
        /// A regular expression.
        PATTERN = 1_000, Characters;
        /// What is looked for: words of a search, a filter of a list.
        SEARCH = 200, Characters;
        /// A date and a time, a number or a flag that is sent as text.
        MOMENT = 100, Characters;
        /// The filter of a view.
        VIEW_FILTER = 2_000, Characters;
        /// `next_cursor` of a list, sent back.
        CURSOR = 4 * KIB, Characters;
        /// What a webhook is asked to send back before anything is posted to it.
        CHALLENGE = KIB, Characters;
    }

    "Lists and objects of a request",
    "Where a request is read, REST and MCP alike: 422 with `too_long` and `ctx.max_length`. The API document shows them as \
     `maxItems`, or as `x-max-bytes` of an object." {
        /// Ids of tasks, tags and the like in one list.
        IDS = 100, Entries;
        /// Boards in one list: grants of a member, boards of a custom field, boards that a message goes to.
        BOARDS = 1_000, Entries;
        /// Tags of a text.
        TAGS = 50, Entries;
        /// Answers to choose from.
        OPTIONS = 50, Entries;
        /// A small object of settings: heartbeats, scores, measures of success, notes of clients.
        SETTINGS_JSON = 16 * KIB, Bytes;
        /// An agent's identity.
        IDENTITY_JSON = 32 * KIB, Bytes;
        /// What a browser answers for a passkey.
        PASSKEY_JSON = 16 * KIB, Bytes;
        /// Particulars of an approval, values of a task's custom fields.
        PAYLOAD_JSON = 64 * KIB, Bytes;
        /// Lists and objects inside one another, in an object of any form.
        JSON_LEVELS = 32, Levels;
        /// Faults that one answer names.
        FAULTS = 100, Entries;
    }

    "Texts with a form of their own",
    "By the rule that knows the form, in `core`: 422, and the error says what is expected." {
        /// The prefix of the keys of a board's tasks.
        TASK_PREFIX = 8, Characters;
        /// The least of a password.
        PASSWORD_LEAST = 12, Characters;
        /// Codes that a person gets for when their authenticator app is lost.
        RECOVERY_CODES = 10, Entries;
        /// Characters of such a code, without what separates them.
        RECOVERY_CODE = 16, Characters;
        /// Words that are searched for: each is a condition of the query.
        SEARCH_WORDS = 10, Entries;
        /// Tasks that a column of a board is said to have at most.
        WIP_LIMIT: i64 = 10_000, Entries;
        /// An interval, as of heartbeats: ten years.
        INTERVAL: u64 = 10 * 365 * 86_400, Seconds;
        /// The path of a gateway's address.
        GATEWAY_PATH = 100, Bytes;
        /// Parts of it: it is `/`, or what a reverse proxy puts before it.
        GATEWAY_PATH_PARTS = 3, Entries;
        /// The address of a skill, and its folder.
        SKILL_ADDRESS = 2_000, Bytes;
        /// Memory that a compiled regular expression takes.
        PATTERN_MEMORY = MIB, Bytes;
    }

    "Requests",
    "Before a request is routed, or while its body is read." {
        /// The address: path and query. 414 beyond.
        ADDRESS_LINE = 8 * KIB, Bytes;
        /// All headers together, names and values. 431 beyond.
        HEADERS = 32 * KIB, Bytes;
        /// How long a body may take to begin, and to catch up. 408 beyond.
        BODY_GRACE = 10, Seconds;
        /// How fast a body has to come after that, on average. 408 below.
        BODY_RATE = KIB, BytesPerSecond;
        /// How long a whole body may take. 408 beyond.
        BODY_TIME = 120, Seconds;
        /// Bodies that are being received at the same time from callers who have not shown who they are, together. 429 beyond; one
        /// body alone is held to its own maximum.
        STRANGERS_BODIES = 32 * MIB, Bytes;
        /// The same from one address, or from one IPv6 network of 64 bits.
        STRANGERS_BODIES_OF_ADDRESS = 8 * MIB, Bytes;
        /// Connections of one address, or of one IPv6 network of 64 bits; those of this machine and of `TRUSTED_PROXIES` are not counted. 429 beyond. It is
        /// half of the files that a process may usually have open.
        CONNECTIONS = 500, Entries;
        /// How long an answer, or a stream, may make no progress because its client does not read. Then the connection ends.
        STALLED = 60, Seconds;
        /// Silence of a stream of events, as its client wants it, after which a comment shows that it lives.
        STREAM_HEARTBEAT: i64 = 60, Seconds;
        /// What the system keeps of an answer for a client that reads slowly.
        SEND_BUFFER = 256 * KIB, Bytes;
        /// A body that is read where it came in. A longer one is read on a thread of its own: JSON of many small values takes
        /// up to 0.15 ms for each KiB.
        READ_IN_PLACE = 64 * KIB, Bytes;
        /// Requests of one credential that wait for a gateway, or for the repository of a skill pack, at the same time. 429
        /// beyond.
        GATEWAY_WAITS = 8, Entries;
        /// Writes of one agent or person, REST and MCP alike. 429 beyond, with `Retry-After`.
        WRITES = 3_000, PerMinute;
        /// Bytes that one agent or person writes in a minute. 429 beyond, with `Retry-After`.
        WRITE_BYTES = 64 * MIB, Bytes;
        /// Agents and people whose writes are counted at the same time; the idlest are forgotten first.
        WRITERS = 10_000, Entries;
        /// Wrong credentials: of one address, of one token, of one address that signs in. 429 beyond, with `Retry-After`;
        /// right ones are not refused.
        FAILURES: u32 = 20, PerMinute;
        /// Sign-ins with the password of one account, right and wrong ones. 429 beyond, with `Retry-After`; sessions and tokens
        /// are not touched by it.
        ACCOUNT_SIGN_INS: u32 = 10, PerMinute;
        /// Codes of a second factor that are tried for one account, by who knows its password, in an hour. 429 beyond, with
        /// `Retry-After`.
        CODES_TRIED: u32 = 20, Entries;
        /// Letters with a link for a new password that are asked for, to one address, in an hour. 429 beyond, with `Retry-After`.
        LETTERS: u32 = 5, Entries;
        /// Questions to passkeys that are begun, of one address: pages ask when they are opened. 429 beyond, with `Retry-After`.
        CEREMONIES: u32 = 120, PerMinute;
        /// Passkeys of one person. 409 beyond.
        PASSKEYS: i64 = 20, Entries;
        /// Sign-ins with passwords or passkeys, of one address. 429 beyond, with `Retry-After`.
        ADDRESS_SIGN_INS: u32 = 60, PerMinute;
        /// Passwords that are compared at the same time: each takes a core and 19 MiB meanwhile. Others wait.
        PASSWORDS_AT_ONCE = 2, Entries;
        /// How long they wait, 429 beyond.
        PASSWORD_PATIENCE: u64 = 10, Seconds;
        /// What a browser calls itself; of a longer name the beginning is kept.
        DEVICE = 300, Characters;
        /// An `Idempotency-Key`. 422 beyond.
        IDEMPOTENCY_KEY = 255, Bytes;
        /// An `X-Request-Id`; in the place of a longer one the request gets a new one.
        REQUEST_ID = 128, Bytes;
        /// An `Origin` that an answer repeats.
        ORIGIN = 200, Bytes;
        /// Names of fields that nobody reads, in `X-Ignored-Fields` and `X-Ignored-Parameters`; of more the first are named.
        IGNORED_NAMES = 20, Entries;
        /// Such a name; of a longer one its beginning.
        IGNORED_NAME = 60, Characters;
    }

    "Rows that grow",
    "Where something is added to them: 409 beyond." {
        /// What was said in an onboarding.
        CONVERSATION = MIB, Bytes;
        /// Messages of it.
        CONVERSATION_TURNS = 1_000, Entries;
        /// Decisions about an approval: each time it was decided, and each time that was taken back.
        DECISIONS = 100, Entries;
        /// API tokens of a member or of a service account.
        API_TOKENS: i64 = 100, Entries;
        /// The rank of a task: where one would be longer, all ranks of the board are given anew.
        RANK = 200, Bytes;
        /// Custom fields of a board.
        CUSTOM_FIELDS: i64 = 1_000, Entries;
        /// Views of a board that are shared.
        SHARED_VIEWS: i64 = 100, Entries;
        /// Views of a board that a member keeps alone.
        OWN_VIEWS: i64 = 100, Entries;
    }

    "Webhooks",
    "Where a payload is taken. Posts beyond get 429 with `Retry-After`; of what is kept the beginning is." {
        /// Payloads of a webhook with a secret.
        SIGNED_POSTS: u32 = 300, PerMinute;
        /// Payloads of a webhook without a secret, from one address.
        OPEN_POSTS: u32 = 60, PerMinute;
        /// Posts of one address that meet no webhook, or are not signed as they have to be.
        MISSED_POSTS: u32 = 60, PerMinute;
        /// What is still read of a body that is too large, so that its sender gets to see the answer, compared with
        /// `WEBHOOK_MAX_PAYLOAD_BYTES`.
        POST_OVERRUN = 4, Fold;
        /// What a compressed body grows to, beyond `POST_FINE`: JSON shrinks to a tenth or less, and what shrinks to a
        /// thousandth is made to fill memory. 413 beyond.
        POST_GROWTH = 100, Fold;
        /// What a compressed body may grow to in any case.
        POST_FINE = 64 * KIB, Bytes;
        /// Proofs of one signature header that are looked at: senders send one, or two while they change their secret.
        PROOFS = 16, Entries;
        /// The value of a header that is kept.
        POST_HEADER = KIB, Bytes;
        /// The kind of event that a payload names.
        POST_EVENT = 100, Characters;
        /// What tells one delivery from another.
        POST_DELIVERY = 500, Characters;
        /// A payload in the message to its agent, who reads the rest by its address.
        POST_SHOWN = 8_000, Characters;
        /// A payload in an answer without `max_chars`.
        POST_USUAL: i64 = 20_000, Characters;
    }

    "Answers",
    "Where a list is read from the database: a page ends early, with `next_cursor` for the rest; a plain array \
     ends early, and says in `X-Total-Count`, `X-Limit` and `X-Offset` which part it is." {
        /// The texts of a page, or of what a stream shows first; one row may be larger by itself.
        PAGE_BYTES: i64 = 4 * MIB as i64, Bytes;
        /// A page or a plain array as JSON, with all that its rows hold; one row may be larger by itself.
        ANSWER = 8 * MIB, Bytes;
        /// Rows of a page.
        PAGE: i64 = 200, Entries;
        /// Rows of a page of MCP.
        TOOL_PAGE: i64 = 100, Entries;
        /// What a search finds.
        HITS: i64 = 50, Entries;
        /// Souls of the directory in an answer.
        SOULS: i64 = 100, Entries;
        /// Each text of an answer with `max_chars`.
        EXCERPT: i64 = 1_000_000, Characters;
        /// Days of an agent's activity.
        ACTIVITY_DAYS: i64 = 400, Entries;
        /// Tasks of each board that a board asks of its group.
        NEIGHBOURS: i64 = 100, Entries;
        /// Entries of a plain array in an answer without `limit`.
        PLAIN_ARRAY: i64 = 1_000, Entries;
        /// What counts, where a list is in the order of a text: the rest of a longer one decides nothing.
        SORTED: i32 = 200, Characters;
    }

    "Answers without pages",
    "Where they are read from the database. What has pages elsewhere has the rest there. The API document shows those of lists \
     as `maxItems`." {
        /// Each list of such an answer, as JSON; one row may be larger by itself.
        LIST_BYTES = 4 * MIB, Bytes;
        /// Agents of a board with everything on it.
        BOARD_AGENTS = 1_000, Entries;
        /// People who may be given tasks of a board.
        BOARD_PEOPLE: i64 = 1_000, Entries;
        /// Agents, boards, files or lines that are named in what was done to many: the first ones.
        NAMED = 1_000, Entries;
        /// Points of a series of the dashboard.
        POINTS = 400, Entries;
        /// Tasks of a board with everything on it.
        BOARD_TASKS = 2_000, Entries;
        /// The texts of these tasks.
        BOARD_TASKS_BYTES = 4 * MIB, Bytes;
        /// Approvals of a board with everything on it, and messages of its chat.
        BOARD_LATEST: i64 = 200, Entries;
        /// Boards of a group with everything on it.
        GROUP_BOARDS: i64 = 200, Entries;
        /// Tasks of each of them.
        GROUP_TASKS: i64 = 200, Entries;
        /// Tasks of all of them together, the first ones of each.
        GROUP_TASKS_IN_ALL: i64 = 2_000, Entries;
        /// Rows that a stream shows first.
        STREAM_ROWS: i64 = 1_000, Entries;
        /// Waiting approvals of the dashboard.
        DASHBOARD_APPROVALS: i64 = 10, Entries;
        /// Durations that a median of the dashboard is taken of.
        DURATIONS: i64 = 10_000, Entries;
        /// Approvals about one task that a change of it looks at.
        TASK_APPROVALS: i64 = 50, Entries;
        /// Comments of a task that are searched for who was mentioned.
        COMMENTS_SEARCHED: i64 = 500, Entries;
        /// Dead jobs that one command queues again.
        REQUEUED_JOBS: i64 = 10_000, Entries;
    }

    "Events",
    "Where an event is written, and where streams read." {
        /// The payload of an event. The texts and lists of a larger one, which only rows from before there were limits
        /// make, are cut, and it is marked `truncated`.
        EVENT_BYTES = MIB, Bytes;
        /// Events that a process keeps for its streams: who falls behind is told to come back.
        TAIL_ENTRIES = 2_048, Entries;
        /// Memory for them.
        TAIL_BYTES = 32 * MIB, Bytes;
        /// Events read from the database at once.
        EVENTS_AT_ONCE: i64 = 32, Entries;
        /// What is sent to one stream at once; one event may be larger by itself.
        STREAM_STEP = MIB, Bytes;
        /// Listeners whose rights are kept between events.
        LISTENERS: u64 = 2_000, Entries;
    }

    "Other memory",
    "Where it is kept." {
        /// An answer that is kept for an `Idempotency-Key`; of a longer one only that it was given.
        KEPT_ANSWER = 256 * KIB, Bytes;
        /// Callers and addresses whose attempts one process counts; those that expire first are forgotten first.
        COUNTED_SUBJECTS = 100_000, Entries;
        /// Items of an inbox that a member has done with; the oldest are forgotten first.
        INBOX_MARKS: i64 = 500, Entries;
        /// Pages of the souls directory.
        SOULS_CACHE: u64 = 32 * MIB as u64, Bytes;
        /// A text in what the audit tells of a change; of a longer one the beginning.
        AUDIT_TEXT = 500, Characters;
        /// What the audit tells of how something was, and of how it is now, each; of a larger one only that it was too large.
        AUDIT_CHANGE = 8 * KIB, Bytes;
        /// Entries that the audit takes of refusals of one caller, and of wrong credentials of one address.
        AUDIT_REFUSALS: u32 = 20, PerMinute;
        /// Entries of one export of the audit; what comes after them is another export, by `after`.
        AUDIT_EXPORT: i64 = 100_000, Entries;
        /// Entries of the audit that are read at once.
        AUDIT_STEP: i64 = 500, Entries;
        /// Words of older or newer versions, of statuses and the like, that are told apart; others are `unknown`.
        FOREIGN_WORDS = 256, Entries;
        /// Such a word.
        FOREIGN_WORD = 64, Bytes;
        /// A filter of what is logged.
        LOG_FILTER = KIB, Bytes;
        /// Wake-ups that a listener within a process may be behind; it is told that it missed some.
        WAKE_UPS = 1_024, Entries;
        /// Connections of a process to Redis, beside those that listen.
        REDIS_CONNECTIONS = 8, Entries;
        /// The name of the queue in keys of Redis; of a longer one the beginning counts.
        QUEUE_NAME = 120, Characters;
        /// Sessions of a gateway of which it is remembered when they were last at work.
        NOTICED_SESSIONS = 10_000, Entries;
    }

    "What is wrong",
    "Where the doctor tells it: the first ones, with how many there are." {
        /// Findings of a report.
        FINDINGS = 500, Entries;
        /// Findings of one kind.
        FINDINGS_OF_A_KIND = 20, Entries;
        /// Organizations and people that are looked at for what they lack.
        PEOPLE_SEEN: i64 = 50, Entries;
        /// Stale tasks of which it is looked at whether they are so for long.
        STALE_SEEN: i64 = 500, Entries;
        /// Those that a finding names.
        STALE_NAMED = 5, Entries;
        /// Agents that something is wrong with, of which the workspace is looked at.
        WORKSPACES_SEEN = 20, Entries;
        /// Lines of each log in a support bundle: the last ones.
        BUNDLED_LOG = 1_000, Entries;
        /// Jobs that failed for good in a support bundle: the latest.
        BUNDLED_JOBS: i64 = 100, Entries;
        /// What is told of an answer at an address of ours that is not one of ours.
        ANSWER_SHOWN = 100, Characters;
        /// What is told of a slow statement.
        STATEMENT_SHOWN: i32 = 200, Characters;
    }

    "Configuration",
    "Where a process starts: it does not, and says which setting is wrong." {
        /// The file `.env`.
        ENV_FILE: u64 = MIB as u64, Bytes;
        /// The name of a variable that a complaint repeats.
        VARIABLE_NAME = 100, Bytes;
        /// A time that a setting holds: one day.
        SET_TIME: u32 = 86_400, Seconds;
        /// `DATABASE_URL`.
        DATABASE_ADDRESS = 64 * KIB, Bytes;
    }

    "What is read from elsewhere",
    "Where it is read: what is larger is refused, and the error says so; what others say of a failure is cut." {
        /// What a backup says of itself.
        BACKUP_MANIFEST: u64 = MIB as u64, Bytes;
        /// A key in a backup.
        BACKUP_KEY: u64 = 4 * KIB as u64, Bytes;
        /// A page of the souls directory.
        SOUL = 4 * MIB, Bytes;
        /// An answer of an identity provider.
        PROVIDER_ANSWER = 512 * KIB, Bytes;
        /// Keys that an identity provider signs with.
        PROVIDER_KEYS = 100, Entries;
        /// Groups that an identity provider says a person is in.
        PROVIDER_GROUPS = 1_000, Entries;
        /// People of Clerk's of whom it is remembered that Clerk says too little of them.
        CLERK_ASKED = 1_000, Entries;
        /// A token that an identity provider signed.
        PROVIDER_TOKEN = 64 * KIB, Bytes;
        /// What is read of an answer of a server that is to be ours.
        HEALTH_ANSWER: u64 = 64 * KIB as u64, Bytes;
        /// What a database server says before the first query.
        DATABASE_GREETING = 64 * KIB, Bytes;
        /// Why a database server refuses TLS.
        DATABASE_REFUSAL: u64 = 4 * KIB as u64, Bytes;
        /// Rounds of PBKDF2 in a stored hash of a token; the Python server's have 200,000.
        HASH_ROUNDS: u32 = 10_000_000, Entries;
    }

    "Skill packs",
    "Where a repository is read: it is refused with what is too large, or its pack warns of what was left out." {
        /// Files of a repository.
        PACK_FILES = 100_000, Entries;
        /// The list of them.
        PACK_LISTING: u64 = 64 * MIB as u64, Bytes;
        /// A file that is read.
        PACK_FILE: u64 = 4 * MIB as u64, Bytes;
        /// Skills of a repository.
        PACK_SKILLS = 5_000, Entries;
        /// Folders around a skill.
        PACK_LEVELS = 16, Levels;
        /// Warnings of one kind that are spelled out; the others are counted.
        PACK_WARNINGS = 10, Entries;
        /// What a short command of git prints.
        GIT_PRINTED: u64 = 64 * KIB as u64, Bytes;
        /// What git says while it fetches; of more the end is kept.
        GIT_HEARD = 16 * KIB, Bytes;
        /// What is passed on of that.
        GIT_SAID = 300, Characters;
        /// The front matter of a skill.
        FRONT_MATTER = 64 * KIB, Bytes;
        /// Mappings and sequences in it.
        FRONT_MATTER_LEVELS = 16, Levels;
        /// Values of all kinds in it.
        FRONT_MATTER_VALUES = 2_000, Entries;
        /// Name, category and risk of a skill, each.
        SKILL_WORD = 200, Characters;
        /// What a skill says of itself.
        SKILL_DESCRIPTION = 2_000, Characters;
    }

    "What a gateway is asked",
    "Where its answer enters, in `fleet`: texts and lists are cut; a file that is shown to people is marked `truncated`." {
        /// Sessions of a gateway.
        SESSIONS: u32 = 1_000, Entries;
        /// Their entries together, as JSON.
        SESSIONS_BYTES = 4 * MIB, Bytes;
        /// Each text of a session's entry.
        SESSION_TEXT = KIB, Bytes;
        /// Each list and object of a session's entry.
        SESSION_ENTRIES = 100, Entries;
        /// The key of a session that can be an agent's.
        SESSION_KEY = 512, Bytes;
        /// Messages of a session together; the latest are passed on.
        HISTORY = 4 * MIB, Bytes;
        /// Each text of such a message.
        SAID_TEXT = 64 * KIB, Bytes;
        /// Each list and object of such a message.
        SAID_ENTRIES = 200, Entries;
        /// How far back a session is searched for a message: as far as `chat.history` goes on any gateway.
        HISTORY_SEARCHED: u32 = 1_000, Entries;
        /// What a gateway says of a turn's failure.
        TURN_FAILURE = KIB, Bytes;
        /// Workspace files of an agent.
        WORKSPACE_FILES = 1_000, Entries;
        /// The name of a workspace file; one with a longer name is left out.
        WORKSPACE_NAME = 200, Bytes;
        /// A workspace file; a larger one is there and cannot be told.
        WORKSPACE_FILE = MIB, Bytes;
        /// A workspace file that is shown to people.
        SHOWN_FILE = 200_000, Characters;
        /// Sessions that are shown to people.
        SHOWN_SESSIONS = 200, Entries;
        /// Models of a gateway that are shown to people.
        SHOWN_MODELS = 1_000, Entries;
        /// Models that are tried when the one that was chosen fails.
        MODEL_FALLBACKS = 10, Entries;
        /// Tokens of one workspace file that are told apart: each is looked for in all of it.
        FILE_TOKENS = 100, Entries;
        /// The difference between a workspace file and what is to be written.
        DIFFERENCE = 20_000, Characters;
        /// Paths that stay behind on a gateway, of each kind: a gateway lists seven for an agent.
        LEFT_PATHS = 1_000, Entries;
        /// The sentence about them.
        LEFT_SENTENCE = 4_000, Characters;
        /// Leads that are spoken to at the same time.
        LEADS_AT_ONCE = 8, Entries;
    }

    "What agents are told",
    "Where the message is written: texts are cut, with dots at their end." {
        /// Somebody's words.
        TOLD_WORDS = 800, Characters;
        /// A description or a comment of a task.
        TOLD_TASK = 500, Characters;
        /// The message in the event that tells people of it.
        TOLD_BRIEF = 200, Characters;
    }

    "Runs",
    "Where what a gateway tells of a turn is written down." {
        /// Steps of a run: those that come after them are not kept.
        RUN_STEPS: i64 = 500, Entries;
        /// What a tool was called with: the beginning.
        STEP_ARGUMENTS = 4 * KIB, Bytes;
        /// A command that waits for a decision: the beginning.
        EXEC_COMMAND = 8 * KIB, Bytes;
        /// The pattern of a rule for commands.
        EXEC_PATTERN = 1_000, Characters;
        /// Rules for commands of an organization that are not withdrawn.
        EXEC_POLICIES: i64 = 500, Entries;
        /// Commands that a trial of a rule looks at: the last ones.
        EXEC_TRIAL: i64 = 2_000, Entries;
        /// How long a trial of a rule looks at them.
        EXEC_TRIAL_TIME: u64 = 5, Seconds;
        /// Commands that a trial of a rule shows of each kind.
        EXEC_EXAMPLES = 50, Entries;
        /// A command as a trial of a rule shows it: the beginning.
        EXEC_EXCERPT = 500, Bytes;
        /// Facts that are written down together.
        RUN_FACTS = 512, Entries;
        /// Runs and commands of a gateway that are looked at at once.
        RUNS_AT_ONCE: i64 = 200, Entries;
        /// Messages of a session that are read after an absence.
        RUN_HISTORY: u32 = 200, Entries;
        /// Groups of an answer about use.
        USAGE_GROUPS: i64 = 10_000, Entries;
        /// Runs of an agent that the progress breaker looks at.
        JUDGED_RUNS: i64 = 1_000, Entries;
        /// Tasks in progress of which it is looked at once whether they are stale.
        STALE_LOOK: i64 = 500, Entries;
        /// Budgets of an organization.
        BUDGETS: i64 = 500, Entries;
        /// Periods of a budget in one answer.
        BUDGET_WINDOWS: i64 = 100, Entries;
        /// The limit of a budget: tokens, runs, or millionths of a US dollar.
        BUDGET_AMOUNT: i64 = 1_000_000_000_000_000, Entries;
    }

    "Templates",
    "Before a template is parsed, and while it is rendered: the error says which maximum it goes beyond." {
        /// The source, whoever wrote it; of letters beyond ASCII fewer fit than `TEMPLATE` says.
        TEMPLATE_SOURCE = 32 * KIB, Bytes;
        /// Tags.
        TEMPLATE_TAGS = 2_000, Entries;
        /// One tag.
        TEMPLATE_TAG = 4 * KIB, Bytes;
        /// Names, literals and signs of one tag. Bounds operators, subscripts, filters, items and what is nested in them.
        TEMPLATE_TOKENS = 256, Entries;
        /// `if`, `elif` and `for` around one place: each further branch lies inside the ones before it.
        TEMPLATE_LEVELS = 50, Levels;
        /// Instructions of a rendering: a page of text needs a few hundred. The engine charges for the bytes it handles as
        /// well.
        TEMPLATE_STEPS: u64 = 20_000, Entries;
        /// The result.
        TEMPLATE_OUTPUT = 64 * KIB, Bytes;
        /// Stack of the thread that a template is parsed, rendered and dropped on. The other maxima keep a template within
        /// a small part of it; should they ever miss something, it still holds a template of `TEMPLATE_SOURCE` bytes that
        /// descends with every byte. Only what is used of it is ever backed by memory.
        TEMPLATE_STACK = 256 * MIB, Bytes;
        /// Templates that a process renders at the same time.
        TEMPLATES_AT_ONCE = 2, Entries;
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(&[], 10, 0)]
    #[case(&[5, 5], 10, 2)]
    #[case(&[5, 5, 1], 10, 2)]
    #[case::the_first_stays(&[11, 1], 10, 1)]
    #[case(&[usize::MAX, usize::MAX], 10, 1)]
    fn what_fits_has_as_many_bytes_as_it_may(
        #[case] sizes: &[usize],
        #[case] bytes: usize,
        #[case] expected: usize,
    ) {
        assert_eq!(fitting(sizes.iter().copied(), bytes), expected);
    }

    #[rstest]
    #[case(9, 99, 3)]
    #[case(2, 99, 2)]
    #[case(9, 9, 2)]
    #[case(9, 0, 1)]
    fn a_list_ends_where_its_entries_or_their_bytes_become_too_many(
        #[case] most: usize,
        #[case] bytes: usize,
        #[case] expected: usize,
    ) {
        let items = vec![json!("ab"), json!([12]), json!({"a": 1})];
        assert_eq!(within(items.clone(), most, bytes), items.get(..expected).unwrap());
    }
}
