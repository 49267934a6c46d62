-- What came of a run for the work: a verdict that is given a short while after its end.
ALTER TABLE runs ADD COLUMN verdict text;
-- What is over by now is not looked into any more.
UPDATE runs SET verdict = 'neutral' WHERE ended_at IS NOT NULL;
CREATE INDEX ix_runs_unjudged ON runs (ended_at) WHERE verdict IS NULL AND ended_at IS NOT NULL;

-- When agents of a board are paused whose runs change nothing. A board without a row has the usual numbers.
CREATE TABLE board_breakers (
    board_id uuid NOT NULL,
    mode text NOT NULL,
    empty_limit integer NOT NULL,
    weak_limit integer NOT NULL,
    idle_limit integer NOT NULL,
    token_floor bigint NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT board_breakers_pkey PRIMARY KEY (board_id),
    CONSTRAINT board_breakers_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE
);

-- Runs of an agent that began before `counted_from` count no more.
CREATE TABLE agent_progress (
    agent_id uuid NOT NULL,
    counted_from timestamp NOT NULL,
    stage text NOT NULL,
    approval_id uuid,
    changed_at timestamp NOT NULL,
    CONSTRAINT agent_progress_pkey PRIMARY KEY (agent_id),
    CONSTRAINT agent_progress_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);
CREATE INDEX ix_agent_progress_approval_id ON agent_progress (approval_id) WHERE approval_id IS NOT NULL;
CREATE INDEX ix_activity_events_agent_id_created_at ON activity_events (agent_id, created_at);
