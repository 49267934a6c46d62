-- What is said to agents, and what became of it. A message goes with its agent; board, task and sender may go before.
CREATE TABLE agent_messages (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    board_id uuid,
    task_id uuid,
    from_agent_id uuid,
    kind text NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    turn integer NOT NULL,
    error text,
    created_at timestamp NOT NULL,
    sent_at timestamp,
    seen_at timestamp,
    failed_at timestamp,
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
ALTER TABLE agents ADD COLUMN last_message_at timestamp;
