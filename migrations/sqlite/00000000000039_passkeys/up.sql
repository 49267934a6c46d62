-- Keys that people's devices hold and sign in with: what devices call them, and the public half with what is known of it, as JSON.
CREATE TABLE passkeys (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    credential_id TEXT NOT NULL,
    credential TEXT NOT NULL,
    counter BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    CONSTRAINT passkeys_pkey PRIMARY KEY (id),
    CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_passkeys_credential_id ON passkeys (credential_id);
CREATE INDEX ix_passkeys_user_id ON passkeys (user_id);

-- What is kept between the question to a device and its answer: for one answer, and for a few minutes.
CREATE TABLE passkey_ceremonies (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT,
    state TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    CONSTRAINT passkey_ceremonies_pkey PRIMARY KEY (id),
    CONSTRAINT passkey_ceremonies_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_passkey_ceremonies_expires_at ON passkey_ceremonies (expires_at);
CREATE INDEX ix_passkey_ceremonies_user_id ON passkey_ceremonies (user_id);

-- Since when a passkey is asked for beside the password.
ALTER TABLE accounts ADD COLUMN passkeys_since TIMESTAMP;
