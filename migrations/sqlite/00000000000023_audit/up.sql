-- Who did what, per organization in the order of commits. Each entry's hash covers the entry and the hash before it. Nothing is
-- changed afterwards; only retention deletes, from the beginning on. No foreign keys: the record outlives what it tells of.
CREATE TABLE audit_log (
    organization_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT,
    token_id TEXT,
    address TEXT,
    request_id TEXT,
    action TEXT NOT NULL,
    object_kind TEXT,
    object_id TEXT,
    board_id TEXT,
    before_change TEXT,
    after_change TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (organization_id, seq)
);
CREATE INDEX ix_audit_log_at ON audit_log (at);

-- Both ends of each organization's record: the entry before the first one that is kept, sealed when retention moved it, and the
-- last one.
CREATE TABLE audit_chains (
    organization_id TEXT NOT NULL,
    cut_seq BIGINT NOT NULL,
    cut_hash TEXT NOT NULL,
    cut_seal TEXT,
    last_seq BIGINT NOT NULL,
    last_hash TEXT NOT NULL,
    CONSTRAINT audit_chains_pkey PRIMARY KEY (organization_id)
);
