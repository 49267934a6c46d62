-- What to do about a failure, apart from what went wrong; until now both were one text.

ALTER TABLE jobs ADD COLUMN remedy text;
UPDATE jobs SET
    last_error = split_part(last_error, E'\nNext: ', 1),
    remedy = substr(last_error, strpos(last_error, E'\nNext: ') + 7)
WHERE strpos(last_error, E'\nNext: ') > 0;

ALTER TABLE gateway_circuits ADD COLUMN remedy text;
UPDATE gateway_circuits SET
    last_error = split_part(last_error, E'\nNext: ', 1),
    remedy = substr(last_error, strpos(last_error, E'\nNext: ') + 7)
WHERE strpos(last_error, E'\nNext: ') > 0;

ALTER TABLE agent_messages ADD COLUMN remedy text;
UPDATE agent_messages SET
    error = split_part(error, E'\nNext: ', 1),
    remedy = substr(error, strpos(error, E'\nNext: ') + 7)
WHERE strpos(error, E'\nNext: ') > 0;

-- Of agents, the text after the last dash.
ALTER TABLE agents ADD COLUMN last_provision_remedy text;
UPDATE agents SET
    last_provision_error = substring(last_provision_error FROM '^(.*) — [^—]*$'),
    last_provision_remedy = substring(last_provision_error FROM '^.* — ([^—]*)$')
WHERE last_provision_error ~ ' — [^—]*$';

ALTER TABLE agents ADD COLUMN offline_remedy text;
UPDATE agents SET
    offline_cause = substring(offline_cause FROM '^(.*) — [^—]*$'),
    offline_remedy = substring(offline_cause FROM '^.* — ([^—]*)$')
WHERE offline_cause ~ ' — [^—]*$';

-- The request that caused the job, as its answer and its log lines name it.
ALTER TABLE jobs ADD COLUMN request_id text;
