-- revision: 7b30c5d8e14f
-- down_revision: f8ff2ab1fdfa
-- message: link training runs to users
-- created: 2025-10-01T11:02:37Z

-- migrate:up
ALTER TABLE training_runs
	ADD COLUMN started_by varchar(36) REFERENCES users (id);
CREATE INDEX ix_training_runs_started_by ON training_runs (started_by);

-- migrate:down
DROP INDEX ix_training_runs_started_by;
ALTER TABLE training_runs DROP COLUMN started_by;
