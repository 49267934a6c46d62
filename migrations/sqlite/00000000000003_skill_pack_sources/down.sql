-- Packs from elsewhere cannot stay; their skills remain in the catalogue.
DELETE FROM skill_packs WHERE source_url NOT LIKE 'https://github.com/%/%';
CREATE TABLE skill_packs_new (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    source_url TEXT NOT NULL,
    branch TEXT NOT NULL DEFAULT 'main',
    metadata TEXT NOT NULL DEFAULT '{}',
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT skill_packs_pkey PRIMARY KEY (id),
    CONSTRAINT uq_skill_packs_org_source_url UNIQUE (organization_id, source_url),
    CONSTRAINT ck_skill_packs_source_url_github CHECK (source_url LIKE 'https://github.com/%/%'),
    CONSTRAINT skill_packs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id)
);
INSERT INTO skill_packs_new SELECT * FROM skill_packs;
DROP TABLE skill_packs;
ALTER TABLE skill_packs_new RENAME TO skill_packs;
CREATE INDEX ix_skill_packs_organization_id ON skill_packs (organization_id);
