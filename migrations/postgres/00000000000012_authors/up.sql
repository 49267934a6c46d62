-- Who wrote, decided and took back what.

-- No foreign keys to people and agents: what somebody did outlives them.
ALTER TABLE board_memory ADD COLUMN agent_id uuid;
ALTER TABLE board_memory ADD COLUMN user_id uuid;
ALTER TABLE board_group_memory ADD COLUMN agent_id uuid;
ALTER TABLE board_group_memory ADD COLUMN user_id uuid;

-- Every decision about an approval; `pending` takes back the one before.
CREATE TABLE approval_decisions (
    id uuid NOT NULL,
    approval_id uuid NOT NULL,
    status text NOT NULL,
    user_id uuid,
    reason text,
    created_at timestamp NOT NULL,
    CONSTRAINT approval_decisions_pkey PRIMARY KEY (id),
    CONSTRAINT approval_decisions_approval_id_fkey FOREIGN KEY (approval_id) REFERENCES approvals (id) ON DELETE CASCADE
);
CREATE INDEX ix_approval_decisions_approval_id ON approval_decisions (approval_id);

-- The last one is all that is known of those before. One that waits again was decided once and taken back later.
INSERT INTO approval_decisions (id, approval_id, status, user_id, reason, created_at)
SELECT id, id, status, resolved_by_user_id, decision_reason, coalesce(resolved_at, created_at)
FROM approvals
WHERE status <> 'pending' OR resolved_at IS NOT NULL;

-- Counts the proposals, so that a person confirms the one that was shown.
ALTER TABLE board_onboarding_sessions ADD COLUMN draft_version integer NOT NULL DEFAULT 0;
UPDATE board_onboarding_sessions SET draft_version = 1 WHERE draft_goal IS NOT NULL;
