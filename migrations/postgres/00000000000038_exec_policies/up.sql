-- Rules that decide about commands before a person is asked: of an organization, a board, or an agent. Those that were
-- withdrawn stay as long as commands do.
CREATE TABLE exec_policies (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    board_id uuid,
    agent_id uuid,
    host text,
    pattern text NOT NULL,
    matching text NOT NULL,
    effect text NOT NULL,
    reason text,
    author_user_id uuid,
    created_at timestamp NOT NULL,
    expires_at timestamp,
    revoked_at timestamp,
    revoked_by_user_id uuid,
    CONSTRAINT exec_policies_pkey PRIMARY KEY (id),
    CONSTRAINT ck_exec_policies_scope CHECK (board_id IS NULL OR agent_id IS NULL),
    CONSTRAINT exec_policies_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT exec_policies_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE,
    CONSTRAINT exec_policies_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);
CREATE INDEX ix_exec_policies_organization_id_created_at ON exec_policies (organization_id, created_at);
CREATE INDEX ix_exec_policies_board_id ON exec_policies (board_id);
CREATE INDEX ix_exec_policies_agent_id ON exec_policies (agent_id);

-- The rule that decided about a command; whether it is one command, by the analysis of its gateway.
ALTER TABLE exec_approvals ADD COLUMN policy_id uuid;
ALTER TABLE exec_approvals ADD COLUMN is_single_command boolean;
