DROP INDEX ix_activity_events_agent_id_created_at;
DROP TABLE agent_progress;
DROP TABLE board_breakers;
DROP INDEX ix_runs_unjudged;
ALTER TABLE runs DROP COLUMN verdict;
