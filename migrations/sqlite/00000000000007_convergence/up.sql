-- What keeps agents as they should be: pauses, paced heartbeats, the files that we wrote, daily figures.

-- paced_every: the interval in effect while the board is idle; null is the agent's own.
-- status_since: when the stored status last changed. offline_cause: what the reconciler knows of a silence.
ALTER TABLE agents ADD COLUMN paused_at TIMESTAMP;
ALTER TABLE agents ADD COLUMN paced_every TEXT;
ALTER TABLE agents ADD COLUMN status_since TIMESTAMP;
ALTER TABLE agents ADD COLUMN offline_cause TEXT;

-- heartbeat_floor and heartbeat_ceiling: intervals such as 10m; null is the agents' own and one hour.
ALTER TABLE boards ADD COLUMN paused_at TIMESTAMP;
ALTER TABLE boards ADD COLUMN heartbeat_policy TEXT NOT NULL DEFAULT 'adaptive'
    CONSTRAINT ck_boards_heartbeat_policy CHECK (heartbeat_policy IN ('adaptive', 'fixed', 'off'));
ALTER TABLE boards ADD COLUMN heartbeat_floor TEXT;
ALTER TABLE boards ADD COLUMN heartbeat_ceiling TEXT;

-- Boards whose people said `/pause` last.
UPDATE boards SET paused_at = (
    SELECT max(m.created_at) FROM board_memory m
    WHERE m.board_id = boards.id AND m.is_chat AND lower(trim(m.content)) = '/pause'
) WHERE (
    SELECT lower(trim(m.content)) FROM board_memory m
    WHERE m.board_id = boards.id AND m.is_chat AND lower(trim(m.content)) IN ('/pause', '/resume')
    ORDER BY m.created_at DESC, m.id DESC LIMIT 1
) = '/pause';
UPDATE agents SET paused_at = (SELECT boards.paused_at FROM boards WHERE boards.id = agents.board_id)
WHERE board_id IN (SELECT boards.id FROM boards WHERE boards.paused_at IS NOT NULL);

ALTER TABLE gateways ADD COLUMN drift_policy TEXT NOT NULL DEFAULT 'repair'
    CONSTRAINT ck_gateways_drift_policy CHECK (drift_policy IN ('repair', 'report'));

-- The workspace files as we last wrote them, and before that: a write that was cut short left one of the two.
CREATE TABLE agent_files (
    agent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    previous_sha256 TEXT,
    size BIGINT NOT NULL,
    written_at TIMESTAMP NOT NULL,
    edited BOOLEAN NOT NULL,
    CONSTRAINT agent_files_pkey PRIMARY KEY (agent_id, name),
    CONSTRAINT agent_files_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);

-- What an agent was made to do and did, per UTC day (2026-11-23).
CREATE TABLE agent_activity_counts (
    agent_id TEXT NOT NULL,
    day TEXT NOT NULL,
    wakes INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    heartbeats INTEGER NOT NULL,
    CONSTRAINT agent_activity_counts_pkey PRIMARY KEY (agent_id, day),
    CONSTRAINT agent_activity_counts_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);
CREATE INDEX ix_agent_activity_counts_day ON agent_activity_counts (day);
