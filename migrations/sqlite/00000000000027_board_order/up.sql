-- The place of a task in the order that people give its board: texts that sort by their bytes, the newest task first.
ALTER TABLE tasks ADD COLUMN rank TEXT NOT NULL DEFAULT '';
UPDATE tasks SET rank = printf('%08xi', 2147483647 - number);
CREATE INDEX ix_tasks_board_id_rank ON tasks (board_id, rank);

-- How many tasks the columns of a board are to have at most, and whether agents are refused beyond that.
ALTER TABLE boards ADD COLUMN wip_limits TEXT;
ALTER TABLE boards ADD COLUMN wip_refuses_agents BOOLEAN NOT NULL DEFAULT FALSE;
