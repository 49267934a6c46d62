-- The secret that an account shares with an authenticator app, sealed; since when its codes are asked for; and the step of the last
-- code that was taken, so that none is taken twice.
ALTER TABLE accounts ADD COLUMN totp_secret TEXT;
ALTER TABLE accounts ADD COLUMN totp_since TIMESTAMP;
ALTER TABLE accounts ADD COLUMN totp_step BIGINT;

-- Codes for who has lost the authenticator: each is taken once, and known by its SHA-256 in hex.
CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, digest),
    CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts (user_id) ON DELETE CASCADE
);
