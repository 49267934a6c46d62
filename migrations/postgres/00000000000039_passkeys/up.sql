-- Keys that people's devices hold and sign in with: what devices call them, and the public half with what is known of it, as JSON.
CREATE TABLE passkeys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    credential_id text NOT NULL,
    credential text NOT NULL,
    counter bigint NOT NULL,
    name text NOT NULL,
    created_at timestamp NOT NULL,
    last_used_at timestamp,
    CONSTRAINT passkeys_pkey PRIMARY KEY (id),
    CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_passkeys_credential_id ON passkeys (credential_id);
CREATE INDEX ix_passkeys_user_id ON passkeys (user_id);

-- What is kept between the question to a device and its answer: for one answer, and for a few minutes.
CREATE TABLE passkey_ceremonies (
    id uuid NOT NULL,
    kind text NOT NULL,
    user_id uuid,
    state text NOT NULL,
    expires_at timestamp NOT NULL,
    CONSTRAINT passkey_ceremonies_pkey PRIMARY KEY (id),
    CONSTRAINT passkey_ceremonies_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_passkey_ceremonies_expires_at ON passkey_ceremonies (expires_at);
CREATE INDEX ix_passkey_ceremonies_user_id ON passkey_ceremonies (user_id);

-- Since when a passkey is asked for beside the password.
ALTER TABLE accounts ADD COLUMN passkeys_since timestamp;
