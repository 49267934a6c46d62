DROP TABLE comment_mentions;
DROP INDEX ix_tasks_assigned_user_id;
ALTER TABLE tasks DROP COLUMN handed_in_by_user_id;
ALTER TABLE tasks DROP COLUMN assigned_at;
ALTER TABLE tasks DROP COLUMN assigned_user_id;
