-- Who did what, per organization in the order of commits. Each entry's hash covers the entry and the hash before it. Nothing is
-- changed afterwards; only retention deletes, from the beginning on. No foreign keys: the record outlives what it tells of.
CREATE TABLE audit_log (
    organization_id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp NOT NULL,
    actor text NOT NULL,
    actor_id uuid,
    actor_name text,
    token_id uuid,
    address text,
    request_id text,
    action text NOT NULL,
    object_kind text,
    object_id text,
    board_id uuid,
    before_change text,
    after_change text,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (organization_id, seq)
);
CREATE INDEX ix_audit_log_at ON audit_log (at);

-- Both ends of each organization's record: the entry before the first one that is kept, sealed when retention moved it, and the
-- last one.
CREATE TABLE audit_chains (
    organization_id uuid NOT NULL,
    cut_seq bigint NOT NULL,
    cut_hash text NOT NULL,
    cut_seal text,
    last_seq bigint NOT NULL,
    last_hash text NOT NULL,
    CONSTRAINT audit_chains_pkey PRIMARY KEY (organization_id)
);
