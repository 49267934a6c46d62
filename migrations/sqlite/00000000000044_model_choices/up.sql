-- Which models an agent, or the agents of a board, shall think with. What is null is as the board has it, else as the gateway has
-- it; what was chosen once and is no more is in withdrawn, so that it is taken out of the gateway's configuration.
CREATE TABLE model_choices (
    id TEXT NOT NULL,
    agent_id TEXT,
    board_id TEXT,
    model TEXT,
    fallbacks TEXT NOT NULL,
    thinking TEXT,
    heartbeat_model TEXT,
    light_context BOOLEAN,
    active_hours TEXT,
    withdrawn TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT model_choices_pkey PRIMARY KEY (id),
    CONSTRAINT model_choices_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE,
    CONSTRAINT model_choices_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE,
    CONSTRAINT ck_model_choices_of_one CHECK ((agent_id IS NULL) <> (board_id IS NULL))
);
CREATE UNIQUE INDEX uq_model_choices_agent_id ON model_choices (agent_id);
CREATE UNIQUE INDEX uq_model_choices_board_id ON model_choices (board_id);
