-- Turns of agents, what happened in them, commands that wait for a decision, and what models used. What is told of an agent,
-- a board or a task outlives it: only the organization takes everything with it.
CREATE TABLE runs (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    gateway_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    board_id TEXT,
    task_id TEXT,
    message_id TEXT,
    session_key TEXT NOT NULL,
    session_id TEXT,
    gateway_run_id TEXT,
    trigger_kind TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    queued_at TIMESTAMP,
    started_at TIMESTAMP,
    ended_at TIMESTAMP,
    last_event_at TIMESTAMP NOT NULL,
    provider TEXT,
    model TEXT,
    stop_reason TEXT,
    error TEXT,
    events_complete BOOLEAN NOT NULL,
    calls INTEGER NOT NULL,
    tool_calls INTEGER NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    cost_micros BIGINT,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT runs_pkey PRIMARY KEY (id),
    CONSTRAINT ck_runs_state CHECK (state IN ('queued', 'running', 'waiting_approval', 'waiting_input', 'done', 'error', 'aborted', 'stale')),
    CONSTRAINT runs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_runs_gateway_run ON runs (gateway_id, gateway_run_id) WHERE gateway_run_id IS NOT NULL;
CREATE INDEX ix_runs_organization_id_created_at ON runs (organization_id, created_at);
CREATE INDEX ix_runs_agent_id_created_at ON runs (agent_id, created_at);
CREATE INDEX ix_runs_board_id_created_at ON runs (board_id, created_at);
CREATE INDEX ix_runs_task_id ON runs (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX ix_runs_session ON runs (gateway_id, session_key, created_at);
CREATE INDEX ix_runs_open ON runs (gateway_id, last_event_at) WHERE ended_at IS NULL;
CREATE INDEX ix_runs_created_at ON runs (created_at);

CREATE TABLE run_steps (
    run_id TEXT NOT NULL,
    step_key TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    arguments TEXT,
    output_tail TEXT,
    state TEXT NOT NULL,
    exit_code BIGINT,
    started_at TIMESTAMP,
    ended_at TIMESTAMP,
    duration_ms BIGINT,
    CONSTRAINT run_steps_pkey PRIMARY KEY (run_id, step_key),
    CONSTRAINT run_steps_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs (id) ON DELETE CASCADE
);

CREATE TABLE exec_approvals (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    gateway_id TEXT NOT NULL,
    gateway_approval_id TEXT NOT NULL,
    approval_id TEXT,
    agent_id TEXT NOT NULL,
    board_id TEXT,
    task_id TEXT,
    run_id TEXT,
    session_key TEXT NOT NULL,
    command TEXT NOT NULL,
    cwd TEXT,
    host TEXT,
    resolved_path TEXT,
    warning TEXT,
    allowed_decisions TEXT NOT NULL,
    state TEXT NOT NULL,
    decision TEXT,
    wanted_decision TEXT,
    decided_by TEXT,
    decided_by_user_id TEXT,
    reason TEXT,
    error TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    resolved_at TIMESTAMP,
    CONSTRAINT exec_approvals_pkey PRIMARY KEY (id),
    CONSTRAINT ck_exec_approvals_state CHECK (state IN ('pending', 'sending', 'allowed', 'denied', 'expired', 'lost')),
    CONSTRAINT exec_approvals_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_exec_approvals_gateway_approval ON exec_approvals (gateway_id, gateway_approval_id);
CREATE INDEX ix_exec_approvals_organization_id_created_at ON exec_approvals (organization_id, created_at);
CREATE INDEX ix_exec_approvals_approval_id ON exec_approvals (approval_id);
CREATE INDEX ix_exec_approvals_open ON exec_approvals (gateway_id, expires_at) WHERE resolved_at IS NULL;
CREATE INDEX ix_exec_approvals_created_at ON exec_approvals (created_at);

CREATE TABLE usage_entries (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    gateway_id TEXT NOT NULL,
    source_key TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    board_id TEXT,
    task_id TEXT,
    run_id TEXT,
    session_id TEXT NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    day TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    response_id TEXT,
    calls INTEGER NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    cost_micros BIGINT,
    CONSTRAINT usage_entries_pkey PRIMARY KEY (id),
    CONSTRAINT usage_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_usage_entries_source ON usage_entries (gateway_id, source_key);
CREATE INDEX ix_usage_entries_organization_id_occurred_at ON usage_entries (organization_id, occurred_at);
CREATE INDEX ix_usage_entries_run_id ON usage_entries (run_id);
CREATE INDEX ix_usage_entries_session ON usage_entries (gateway_id, session_id);
CREATE INDEX ix_usage_entries_occurred_at ON usage_entries (occurred_at);
