-- What the reference does not have: jobs, the event log, leases, and columns of our own.

-- A piece of work that survives crashes. States: queued -> running -> succeeded | dead | cancelled.
-- No foreign keys: a job outlives what it worked on.
CREATE TABLE jobs (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    lane TEXT NOT NULL,
    group_key TEXT,
    dedupe_key TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    run_at TIMESTAMP NOT NULL,
    lease_until TIMESTAMP,
    leased_by TEXT,
    progress INTEGER NOT NULL,
    progress_message TEXT,
    result TEXT,
    last_error TEXT,
    organization_id TEXT,
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    CONSTRAINT jobs_pkey PRIMARY KEY (id),
    CONSTRAINT ck_jobs_lane CHECK (lane IN ('interactive', 'bulk')),
    CONSTRAINT ck_jobs_state CHECK (state IN ('queued', 'running', 'succeeded', 'dead', 'cancelled'))
);
CREATE UNIQUE INDEX uq_jobs_live_dedupe_key ON jobs (dedupe_key) WHERE state IN ('queued', 'running');
CREATE INDEX ix_jobs_queued_run_at ON jobs (run_at) WHERE state = 'queued';
CREATE INDEX ix_jobs_running_lease_until ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX ix_jobs_state_created_at ON jobs (state, created_at);

-- Everything that streams deliver, in commit order.
CREATE TABLE event_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    organization_id TEXT,
    board_id TEXT,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX ix_event_log_organization_id_seq ON event_log (organization_id, seq);
CREATE INDEX ix_event_log_created_at ON event_log (created_at);

-- The right of one process to do something alone for a while.
CREATE TABLE leases (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    acquired_at TIMESTAMP NOT NULL,
    CONSTRAINT leases_pkey PRIMARY KEY (name)
);

-- The key pair by which gateways know this installation; the private key is sealed.
CREATE TABLE device_identities (
    name TEXT NOT NULL,
    device_id TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT device_identities_pkey PRIMARY KEY (name)
);

ALTER TABLE activity_events ADD COLUMN action TEXT;

-- SHA-256 of the agent's token in hex; agent_token_hash keeps what the reference wrote.
ALTER TABLE agents ADD COLUMN token_digest TEXT;
CREATE UNIQUE INDEX uq_agents_token_digest ON agents (token_digest);

-- What the gateway link last saw; device_token is sealed.
ALTER TABLE gateways ADD COLUMN version TEXT;
ALTER TABLE gateways ADD COLUMN protocol INTEGER;
ALTER TABLE gateways ADD COLUMN connection_state TEXT NOT NULL DEFAULT 'unknown'
    CONSTRAINT ck_gateways_connection_state CHECK (connection_state IN ('unknown', 'up', 'down', 'refused'));
ALTER TABLE gateways ADD COLUMN connection_error TEXT;
ALTER TABLE gateways ADD COLUMN connection_checked_at TIMESTAMP;
ALTER TABLE gateways ADD COLUMN last_connected_at TIMESTAMP;
ALTER TABLE gateways ADD COLUMN device_token TEXT;

ALTER TABLE organization_invites ADD COLUMN expires_at TIMESTAMP;
