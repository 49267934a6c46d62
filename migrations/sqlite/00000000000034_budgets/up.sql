-- Limits to what agents use in a day, a week or a month: of an organization, a board, or an agent.
CREATE TABLE budgets (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    board_id TEXT,
    agent_id TEXT,
    metric TEXT NOT NULL,
    period TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    limit_amount BIGINT NOT NULL,
    warn_percent INTEGER NOT NULL,
    slow_percent INTEGER NOT NULL,
    abort_running BOOLEAN NOT NULL,
    resume_on_new_window BOOLEAN NOT NULL,
    enabled BOOLEAN NOT NULL,
    created_by_user_id TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT budgets_pkey PRIMARY KEY (id),
    CONSTRAINT ck_budgets_scope CHECK (board_id IS NULL OR agent_id IS NULL),
    CONSTRAINT ck_budgets_limit CHECK (limit_amount > 0),
    CONSTRAINT budgets_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT budgets_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE,
    CONSTRAINT budgets_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);
CREATE INDEX ix_budgets_organization_id_created_at ON budgets (organization_id, created_at);
CREATE INDEX ix_budgets_board_id ON budgets (board_id);
CREATE INDEX ix_budgets_agent_id ON budgets (agent_id);

-- A period of a budget, and what was used in it: a sum of the ledger, kept up to date with each of its entries.
CREATE TABLE budget_windows (
    budget_id TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    used BIGINT NOT NULL,
    extra BIGINT NOT NULL,
    stage TEXT NOT NULL,
    approval_id TEXT,
    changed_at TIMESTAMP NOT NULL,
    CONSTRAINT budget_windows_pkey PRIMARY KEY (budget_id, starts_at),
    CONSTRAINT budget_windows_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES budgets (id) ON DELETE CASCADE
);
CREATE INDEX ix_budget_windows_approval_id ON budget_windows (approval_id) WHERE approval_id IS NOT NULL;

-- Why a rule paused an agent. It counts while the agent is paused since that very moment: whoever resumes it ends it.
CREATE TABLE agent_pauses (
    agent_id TEXT NOT NULL,
    paused_at TIMESTAMP NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL,
    budget_id TEXT,
    window_starts_at TIMESTAMP,
    CONSTRAINT agent_pauses_pkey PRIMARY KEY (agent_id),
    CONSTRAINT agent_pauses_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);
CREATE INDEX ix_agent_pauses_budget_id ON agent_pauses (budget_id);
-- A budget adds up what its agents used since a moment.
CREATE INDEX ix_usage_entries_board_id_occurred_at ON usage_entries (board_id, occurred_at);
CREATE INDEX ix_usage_entries_agent_id_occurred_at ON usage_entries (agent_id, occurred_at);
