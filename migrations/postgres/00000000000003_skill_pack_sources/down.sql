-- Packs from elsewhere cannot stay; their skills remain in the catalogue.
DELETE FROM skill_packs WHERE source_url NOT LIKE 'https://github.com/%/%';
ALTER TABLE skill_packs
    ADD CONSTRAINT ck_skill_packs_source_url_github CHECK (source_url LIKE 'https://github.com/%/%');
