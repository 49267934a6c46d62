-- Writes that were sent with an Idempotency-Key: which request it was, and the answer to give again.
CREATE TABLE idempotency_keys (
    id TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    answer TEXT,
    locked_until TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (id)
);

CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
