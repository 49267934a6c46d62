-- The place of a task in the order that people give its board: texts that sort by their bytes, the newest task first.
ALTER TABLE tasks ADD COLUMN rank text COLLATE "C" NOT NULL DEFAULT '';
UPDATE tasks SET rank = lpad(to_hex(2147483647 - number), 8, '0') || 'i';
CREATE INDEX ix_tasks_board_id_rank ON tasks (board_id, rank);

-- How many tasks the columns of a board are to have at most, and whether agents are refused beyond that.
ALTER TABLE boards ADD COLUMN wip_limits json;
ALTER TABLE boards ADD COLUMN wip_refuses_agents boolean NOT NULL DEFAULT false;
