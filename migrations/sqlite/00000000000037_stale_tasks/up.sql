-- What becomes of tasks of a board that are in progress and whose agents do nothing. A board without a row has the usual rule.
CREATE TABLE board_stale_rules (
    board_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    after_minutes INTEGER NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT board_stale_rules_pkey PRIMARY KEY (board_id),
    CONSTRAINT board_stale_rules_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE
);

-- Tasks in progress of which nothing is to be expected. It counts while the task is in progress and that agent's; the row
-- outlives the agent, so that what was asked about it is withdrawn.
CREATE TABLE stale_tasks (
    task_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    marked_at TIMESTAMP NOT NULL,
    approval_id TEXT,
    CONSTRAINT stale_tasks_pkey PRIMARY KEY (task_id),
    CONSTRAINT stale_tasks_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE
);
CREATE INDEX ix_stale_tasks_approval_id ON stale_tasks (approval_id) WHERE approval_id IS NOT NULL;
