-- revision: 46d0f8b91a2e
-- down_revision: b7e2910d4c6f
-- message: archive training runs
-- created: 2025-11-19T09:58:51Z

-- migrate:up
ALTER TABLE training_runs ADD COLUMN archived_at timestamp;
CREATE VIEW active_runs AS
	SELECT id, name, model, status, created_at
	FROM training_runs
	WHERE archived_at IS NULL;

-- migrate:down
DROP VIEW active_runs;
ALTER TABLE training_runs DROP COLUMN archived_at;
