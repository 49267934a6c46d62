-- Where skill packs may come from is configured (SKILL_PACK_SOURCES), no longer a constraint.
ALTER TABLE skill_packs DROP CONSTRAINT IF EXISTS ck_skill_packs_source_url_github;
