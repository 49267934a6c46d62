-- What a board is looked at by: named, and a member's own or, without a member, shared with everybody who sees the board.
CREATE TABLE board_views (
    id TEXT NOT NULL,
    board_id TEXT NOT NULL,
    member_id TEXT,
    name TEXT NOT NULL,
    filter TEXT,
    sort TEXT,
    group_by TEXT,
    layout TEXT NOT NULL,
    table_columns TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT board_views_pkey PRIMARY KEY (id),
    CONSTRAINT board_views_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE,
    CONSTRAINT board_views_member_id_fkey FOREIGN KEY (member_id) REFERENCES organization_members (id) ON DELETE CASCADE
);
CREATE INDEX ix_board_views_board_id ON board_views (board_id);
CREATE INDEX ix_board_views_member_id ON board_views (member_id);
