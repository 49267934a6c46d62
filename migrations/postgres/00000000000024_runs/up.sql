-- Turns of agents, what happened in them, commands that wait for a decision, and what models used. What is told of an agent,
-- a board or a task outlives it: only the organization takes everything with it.
CREATE TABLE runs (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    board_id uuid,
    task_id uuid,
    message_id uuid,
    session_key text NOT NULL,
    session_id text,
    gateway_run_id text,
    trigger_kind text NOT NULL,
    state text NOT NULL,
    reason text,
    queued_at timestamp,
    started_at timestamp,
    ended_at timestamp,
    last_event_at timestamp NOT NULL,
    provider text,
    model text,
    stop_reason text,
    error text,
    events_complete boolean NOT NULL,
    calls integer NOT NULL,
    tool_calls integer NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cache_read_tokens bigint NOT NULL,
    cache_write_tokens bigint NOT NULL,
    cost_micros bigint,
    created_at timestamp NOT NULL,
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
    run_id uuid NOT NULL,
    step_key text NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    arguments text,
    output_tail text,
    state text NOT NULL,
    exit_code bigint,
    started_at timestamp,
    ended_at timestamp,
    duration_ms bigint,
    CONSTRAINT run_steps_pkey PRIMARY KEY (run_id, step_key),
    CONSTRAINT run_steps_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs (id) ON DELETE CASCADE
);

CREATE TABLE exec_approvals (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    gateway_approval_id text NOT NULL,
    approval_id uuid,
    agent_id uuid NOT NULL,
    board_id uuid,
    task_id uuid,
    run_id uuid,
    session_key text NOT NULL,
    command text NOT NULL,
    cwd text,
    host text,
    resolved_path text,
    warning text,
    allowed_decisions json NOT NULL,
    state text NOT NULL,
    decision text,
    wanted_decision text,
    decided_by text,
    decided_by_user_id uuid,
    reason text,
    error text,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    resolved_at timestamp,
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
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    source_key text NOT NULL,
    agent_id uuid NOT NULL,
    board_id uuid,
    task_id uuid,
    run_id uuid,
    session_id text NOT NULL,
    occurred_at timestamp NOT NULL,
    day text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    response_id text,
    calls integer NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cache_read_tokens bigint NOT NULL,
    cache_write_tokens bigint NOT NULL,
    cost_micros bigint,
    CONSTRAINT usage_entries_pkey PRIMARY KEY (id),
    CONSTRAINT usage_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_usage_entries_source ON usage_entries (gateway_id, source_key);
CREATE INDEX ix_usage_entries_organization_id_occurred_at ON usage_entries (organization_id, occurred_at);
CREATE INDEX ix_usage_entries_run_id ON usage_entries (run_id);
CREATE INDEX ix_usage_entries_session ON usage_entries (gateway_id, session_id);
CREATE INDEX ix_usage_entries_occurred_at ON usage_entries (occurred_at);
