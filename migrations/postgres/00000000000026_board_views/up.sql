-- What a board is looked at by: named, and a member's own or, without a member, shared with everybody who sees the board.
CREATE TABLE board_views (
    id uuid NOT NULL,
    board_id uuid NOT NULL,
    member_id uuid,
    name text NOT NULL,
    filter text,
    sort text,
    group_by text,
    layout text NOT NULL,
    table_columns json,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    CONSTRAINT board_views_pkey PRIMARY KEY (id),
    CONSTRAINT board_views_board_id_fkey FOREIGN KEY (board_id) REFERENCES boards (id) ON DELETE CASCADE,
    CONSTRAINT board_views_member_id_fkey FOREIGN KEY (member_id) REFERENCES organization_members (id) ON DELETE CASCADE
);
CREATE INDEX ix_board_views_board_id ON board_views (board_id);
CREATE INDEX ix_board_views_member_id ON board_views (member_id);
