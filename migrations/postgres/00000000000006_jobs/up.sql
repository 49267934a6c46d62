-- What a job is about, which form its payload has, and whether somebody wants it stopped.
ALTER TABLE jobs ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE jobs ADD COLUMN agent_id uuid;
ALTER TABLE jobs ADD COLUMN board_id uuid;
ALTER TABLE jobs ADD COLUMN gateway_id uuid;
ALTER TABLE jobs ADD COLUMN cancel_requested_at timestamp;
-- Attempts that ended with their worker, not with an answer.
ALTER TABLE jobs ADD COLUMN deaths integer NOT NULL DEFAULT 0;
CREATE INDEX ix_jobs_organization_id_created_at ON jobs (organization_id, created_at);
CREATE INDEX ix_jobs_finished_at ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX ix_jobs_queued_gateway_id_run_at ON jobs (gateway_id, run_at) WHERE state = 'queued';
CREATE INDEX ix_jobs_queued_group_key_created_at ON jobs (group_key, created_at) WHERE state = 'queued';

-- Periodic jobs: when each ran last and runs next.
CREATE TABLE schedules (
    name text NOT NULL,
    cron text NOT NULL,
    next_run_at timestamp NOT NULL,
    last_run_at timestamp,
    last_job_id uuid,
    CONSTRAINT schedules_pkey PRIMARY KEY (name)
);

-- Gateways that failed several jobs in a row: their bulk jobs wait until open_until, then one tries.
CREATE TABLE gateway_circuits (
    gateway_id uuid NOT NULL,
    failures integer NOT NULL,
    open_until timestamp,
    last_error text NOT NULL,
    failing_since timestamp NOT NULL,
    CONSTRAINT gateway_circuits_pkey PRIMARY KEY (gateway_id)
);
