-- Tokens of programs. Each belongs to a membership and ends with it; its digest is SHA-256 in hex. `board_ids` are the only
-- boards that it opens; without any it opens those of its member.
CREATE TABLE api_tokens (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    scope TEXT NOT NULL,
    board_ids TEXT,
    created_by_user_id TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    last_used_at TIMESTAMP,
    last_used_address TEXT,
    CONSTRAINT api_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT api_tokens_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT api_tokens_member_id_fkey FOREIGN KEY (member_id) REFERENCES organization_members (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_api_tokens_digest ON api_tokens (digest);
CREATE INDEX ix_api_tokens_organization_id ON api_tokens (organization_id);
CREATE INDEX ix_api_tokens_member_id ON api_tokens (member_id);
