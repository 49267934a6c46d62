-- What was read out of texts for people until now.

-- The lead that created the task, and the worker that last handed it in for review. No foreign keys: both outlive the agent.
ALTER TABLE tasks ADD COLUMN created_by_agent_id TEXT;
UPDATE tasks SET created_by_agent_id = substr(auto_reason, 12)
WHERE auto_created AND auto_reason LIKE 'lead_agent:________-____-____-____-____________';

ALTER TABLE tasks ADD COLUMN handed_in_by_agent_id TEXT;
UPDATE tasks SET handed_in_by_agent_id = (
    SELECT event.agent_id
    FROM activity_events AS event
    JOIN agents AS worker ON worker.id = event.agent_id
    WHERE event.task_id = tasks.id
        AND event.event_type = 'task.status_changed'
        AND event.message LIKE 'Task moved to review:%'
        AND worker.board_id = tasks.board_id
        AND NOT worker.is_board_lead
    ORDER BY event.created_at DESC, event.id DESC
    LIMIT 1
);

-- Whether what happened is a failure.
ALTER TABLE activity_events ADD COLUMN failed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE activity_events SET failed = TRUE WHERE event_type LIKE '%failed';
