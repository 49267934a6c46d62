ALTER TABLE boards DROP COLUMN wip_refuses_agents;
ALTER TABLE boards DROP COLUMN wip_limits;
DROP INDEX ix_tasks_board_id_rank;
ALTER TABLE tasks DROP COLUMN rank;
