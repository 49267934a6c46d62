-- What is said to agents, and what became of it. A message goes with its agent; board, task and sender may go before.
CREATE TABLE agent_messages (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    board_id TEXT,
    task_id TEXT,
    from_agent_id TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    error TEXT,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    seen_at TIMESTAMP,
    failed_at TIMESTAMP,
    CONSTRAINT agent_messages_pkey PRIMARY KEY (id),
    CONSTRAINT ck_agent_messages_state CHECK (state IN ('queued', 'sent', 'seen', 'failed')),
    CONSTRAINT agent_messages_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE,
    CONSTRAINT agent_messages_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE SET NULL,
    CONSTRAINT agent_messages_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE SET NULL,
    CONSTRAINT agent_messages_from_agent_id_fkey FOREIGN KEY (from_agent_id) REFERENCES agents (id) ON DELETE SET NULL
);
CREATE INDEX ix_agent_messages_agent_id_created_at ON agent_messages (agent_id, created_at);
CREATE INDEX ix_agent_messages_from_agent_id_created_at ON agent_messages (from_agent_id, created_at);
CREATE INDEX ix_agent_messages_task_id ON agent_messages (task_id);
CREATE INDEX ix_agent_messages_board_id ON agent_messages (board_id);
CREATE INDEX ix_agent_messages_created_at ON agent_messages (created_at);
CREATE INDEX ix_agent_messages_unseen ON agent_messages (agent_id) WHERE state = 'sent';

-- When something was last said to the agent: its next sign of life is news, however soon it comes.
ALTER TABLE agents ADD COLUMN last_message_at TIMESTAMP;
