-- The person who has a task, never beside an agent; since when whoever has it has it; and the person who last handed it in
-- for review. No foreign keys, as of the agents beside them: whoever leaves has no tasks any more.
ALTER TABLE tasks ADD COLUMN assigned_user_id uuid
CONSTRAINT ck_tasks_one_assignee CHECK (assigned_user_id IS NULL OR assigned_agent_id IS NULL);
ALTER TABLE tasks ADD COLUMN assigned_at timestamp without time zone;
ALTER TABLE tasks ADD COLUMN handed_in_by_user_id uuid;
CREATE INDEX ix_tasks_assigned_user_id ON tasks (assigned_user_id)
WHERE assigned_user_id IS NOT NULL;

-- The people whom a comment mentions.
CREATE TABLE comment_mentions (
    event_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT comment_mentions_pkey PRIMARY KEY (event_id, user_id),
    CONSTRAINT comment_mentions_event_id_fkey FOREIGN KEY (event_id) REFERENCES activity_events (id) ON DELETE CASCADE,
    CONSTRAINT comment_mentions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_comment_mentions_user_id ON comment_mentions (user_id);
