ALTER TABLE jobs DROP COLUMN request_id;

UPDATE agents SET offline_cause = offline_cause || ' — ' || offline_remedy WHERE offline_remedy IS NOT NULL;
ALTER TABLE agents DROP COLUMN offline_remedy;

UPDATE agents SET last_provision_error = last_provision_error || ' — ' || last_provision_remedy
WHERE last_provision_remedy IS NOT NULL;
ALTER TABLE agents DROP COLUMN last_provision_remedy;

UPDATE agent_messages SET error = error || E'\nNext: ' || remedy WHERE remedy IS NOT NULL;
ALTER TABLE agent_messages DROP COLUMN remedy;

UPDATE gateway_circuits SET last_error = last_error || E'\nNext: ' || remedy WHERE remedy IS NOT NULL;
ALTER TABLE gateway_circuits DROP COLUMN remedy;

UPDATE jobs SET last_error = last_error || E'\nNext: ' || remedy WHERE remedy IS NOT NULL;
ALTER TABLE jobs DROP COLUMN remedy;
