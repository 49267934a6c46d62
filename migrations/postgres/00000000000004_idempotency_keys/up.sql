-- Writes that were sent with an Idempotency-Key: which request it was, and the answer to give again.
CREATE TABLE idempotency_keys (
    id text NOT NULL,
    request_digest text NOT NULL,
    answer text,
    locked_until timestamp NOT NULL,
    created_at timestamp NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (id)
);

CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
