-- What the reference does not have: jobs, the event log, leases, and columns of our own.

-- A piece of work that survives crashes. States: queued -> running -> succeeded | dead | cancelled.
-- No foreign keys: a job outlives what it worked on.
CREATE TABLE jobs (
    id uuid NOT NULL,
    kind text NOT NULL,
    payload json NOT NULL,
    lane text NOT NULL,
    group_key text,
    dedupe_key text,
    state text NOT NULL,
    attempts integer NOT NULL,
    max_attempts integer NOT NULL,
    run_at timestamp NOT NULL,
    lease_until timestamp,
    leased_by text,
    progress integer NOT NULL,
    progress_message text,
    result json,
    last_error text,
    organization_id uuid,
    created_at timestamp NOT NULL,
    started_at timestamp,
    finished_at timestamp,
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
    seq bigserial NOT NULL,
    organization_id uuid,
    board_id uuid,
    kind text NOT NULL,
    payload json NOT NULL,
    created_at timestamp NOT NULL,
    CONSTRAINT event_log_pkey PRIMARY KEY (seq)
);
CREATE INDEX ix_event_log_organization_id_seq ON event_log (organization_id, seq);
CREATE INDEX ix_event_log_created_at ON event_log (created_at);

-- The right of one process to do something alone for a while.
CREATE TABLE leases (
    name text NOT NULL,
    holder text NOT NULL,
    expires_at timestamp NOT NULL,
    acquired_at timestamp NOT NULL,
    CONSTRAINT leases_pkey PRIMARY KEY (name)
);

-- The key pair by which gateways know this installation; the private key is sealed.
CREATE TABLE device_identities (
    name text NOT NULL,
    device_id text NOT NULL,
    public_key text NOT NULL,
    private_key text NOT NULL,
    created_at timestamp NOT NULL,
    CONSTRAINT device_identities_pkey PRIMARY KEY (name)
);

ALTER TABLE activity_events ADD COLUMN action text;

-- SHA-256 of the agent's token in hex; agent_token_hash keeps what the reference wrote.
ALTER TABLE agents ADD COLUMN token_digest text;
CREATE UNIQUE INDEX uq_agents_token_digest ON agents (token_digest);

-- What the gateway link last saw; device_token is sealed.
ALTER TABLE gateways ADD COLUMN version text;
ALTER TABLE gateways ADD COLUMN protocol integer;
ALTER TABLE gateways ADD COLUMN connection_state text NOT NULL DEFAULT 'unknown'
    CONSTRAINT ck_gateways_connection_state CHECK (connection_state IN ('unknown', 'up', 'down', 'refused'));
ALTER TABLE gateways ADD COLUMN connection_error text;
ALTER TABLE gateways ADD COLUMN connection_checked_at timestamp;
ALTER TABLE gateways ADD COLUMN last_connected_at timestamp;
ALTER TABLE gateways ADD COLUMN device_token text;

ALTER TABLE organization_invites ADD COLUMN expires_at timestamp;
