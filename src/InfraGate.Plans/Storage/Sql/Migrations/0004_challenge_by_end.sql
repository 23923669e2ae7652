-- Links that are long over are deleted, and must be found without reading all that are not.
CREATE INDEX challenge_by_end ON challenge (expires_at);
