-- What to do about a failure, apart from what went wrong; until now both were one text.

ALTER TABLE jobs ADD COLUMN remedy TEXT;
UPDATE jobs SET
    last_error = substr(last_error, 1, instr(last_error, char(10) || 'Next: ') - 1),
    remedy = substr(last_error, instr(last_error, char(10) || 'Next: ') + 7)
WHERE instr(last_error, char(10) || 'Next: ') > 0;

ALTER TABLE gateway_circuits ADD COLUMN remedy TEXT;
UPDATE gateway_circuits SET
    last_error = substr(last_error, 1, instr(last_error, char(10) || 'Next: ') - 1),
    remedy = substr(last_error, instr(last_error, char(10) || 'Next: ') + 7)
WHERE instr(last_error, char(10) || 'Next: ') > 0;

ALTER TABLE agent_messages ADD COLUMN remedy TEXT;
UPDATE agent_messages SET
    error = substr(error, 1, instr(error, char(10) || 'Next: ') - 1),
    remedy = substr(error, instr(error, char(10) || 'Next: ') + 7)
WHERE instr(error, char(10) || 'Next: ') > 0;

-- Of agents, the text after the last dash: trimmed of all other letters on its right, a text ends with that dash.
ALTER TABLE agents ADD COLUMN last_provision_remedy TEXT;
UPDATE agents SET
    last_provision_error = substr(rtrim(last_provision_error, replace(last_provision_error, '—', '')), 1,
        length(rtrim(last_provision_error, replace(last_provision_error, '—', ''))) - 2),
    last_provision_remedy = substr(last_provision_error,
        length(rtrim(last_provision_error, replace(last_provision_error, '—', ''))) + 2)
WHERE substr(last_provision_error,
    length(rtrim(last_provision_error, replace(last_provision_error, '—', ''))) - 1, 3) = ' — ';

ALTER TABLE agents ADD COLUMN offline_remedy TEXT;
UPDATE agents SET
    offline_cause = substr(rtrim(offline_cause, replace(offline_cause, '—', '')), 1,
        length(rtrim(offline_cause, replace(offline_cause, '—', ''))) - 2),
    offline_remedy = substr(offline_cause, length(rtrim(offline_cause, replace(offline_cause, '—', ''))) + 2)
WHERE substr(offline_cause, length(rtrim(offline_cause, replace(offline_cause, '—', ''))) - 1, 3) = ' — ';

-- The request that caused the job, as its answer and its log lines name it.
ALTER TABLE jobs ADD COLUMN request_id TEXT;
