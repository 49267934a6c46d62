-- Short keys of tasks, such as REL-12, and who of the people did what.

-- The prefix is three letters or digits of the slug, and a number where another board of the organization has them.
ALTER TABLE boards ADD COLUMN task_prefix TEXT NOT NULL DEFAULT '';
ALTER TABLE boards ADD COLUMN last_task_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

UPDATE boards SET task_prefix = numbered.prefix || CASE WHEN numbered.n = 1 THEN '' ELSE CAST(numbered.n AS TEXT) END
FROM (
    SELECT plain.id, plain.prefix,
        row_number() OVER (PARTITION BY plain.organization_id, plain.prefix ORDER BY plain.created_at, plain.id) AS n
    FROM (
        SELECT id, organization_id, created_at, upper(substr(replace(slug, '-', '') || 'tsk', 1, 3)) AS prefix FROM boards
    ) AS plain
) AS numbered
WHERE numbered.id = boards.id;

UPDATE tasks SET number = numbered.n
FROM (
    SELECT id, row_number() OVER (PARTITION BY board_id ORDER BY created_at, id) AS n FROM tasks WHERE board_id IS NOT NULL
) AS numbered
WHERE numbered.id = tasks.id;

UPDATE boards SET last_task_number = (SELECT coalesce(max(tasks.number), 0) FROM tasks WHERE tasks.board_id = boards.id);

CREATE UNIQUE INDEX uq_boards_organization_id_task_prefix ON boards (organization_id, task_prefix);
CREATE UNIQUE INDEX uq_tasks_board_id_number ON tasks (board_id, number);

-- No foreign keys: what somebody did outlives the account.
ALTER TABLE activity_events ADD COLUMN user_id TEXT;
ALTER TABLE approvals ADD COLUMN resolved_by_user_id TEXT;
ALTER TABLE approvals ADD COLUMN decision_reason TEXT;
