-- When a task was last given another title or description: what was approved before, was approved of something else.
ALTER TABLE tasks ADD COLUMN rewritten_at TIMESTAMP;

-- What happened in an organization and on none of its boards.
ALTER TABLE activity_events ADD COLUMN organization_id TEXT;
CREATE INDEX ix_activity_events_organization_id ON activity_events (organization_id)
WHERE organization_id IS NOT NULL;
