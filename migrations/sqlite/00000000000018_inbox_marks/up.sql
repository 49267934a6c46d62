-- What a member has done with in the inbox, by the name that clients give it.
CREATE TABLE inbox_marks (
    member_id TEXT NOT NULL,
    item TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT inbox_marks_pkey PRIMARY KEY (member_id, item),
    CONSTRAINT inbox_marks_member_id_fkey FOREIGN KEY (member_id) REFERENCES organization_members (id) ON DELETE CASCADE
);
CREATE INDEX ix_inbox_marks_member_id_created_at ON inbox_marks (member_id, created_at);
