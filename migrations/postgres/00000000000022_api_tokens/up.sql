-- Tokens of programs. Each belongs to a membership and ends with it; its digest is SHA-256 in hex. `board_ids` are the only
-- boards that it opens; without any it opens those of its member.
CREATE TABLE api_tokens (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    member_id uuid NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    scope text NOT NULL,
    board_ids json,
    created_by_user_id uuid,
    created_at timestamp NOT NULL,
    expires_at timestamp,
    last_used_at timestamp,
    last_used_address text,
    CONSTRAINT api_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT api_tokens_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT api_tokens_member_id_fkey FOREIGN KEY (member_id) REFERENCES organization_members (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_api_tokens_digest ON api_tokens (digest);
CREATE INDEX ix_api_tokens_organization_id ON api_tokens (organization_id);
CREATE INDEX ix_api_tokens_member_id ON api_tokens (member_id);
