-- revision: 7b30c5d8e14f
-- down_revision: f8ff2ab1fdfa
-- message: link training runs to users
-- created: 2025-10-01T11:02:37Z

-- migrate:up dialect:sqlite
-- SQLite takes the reference with the column.
ALTER TABLE training_runs
	ADD COLUMN started_by varchar(36) REFERENCES users (id);
CREATE INDEX ix_training_runs_started_by ON training_runs (started_by);

-- migrate:up dialect:postgresql
-- PostgreSQL would look at every row under a lock that stops writers, so the
-- constraint comes first and is checked after.
ALTER TABLE training_runs ADD COLUMN started_by varchar(36);
ALTER TABLE training_runs
	ADD CONSTRAINT training_runs_started_by_fkey
	FOREIGN KEY (started_by) REFERENCES users (id) NOT VALID;
ALTER TABLE training_runs
	VALIDATE CONSTRAINT training_runs_started_by_fkey;
CREATE INDEX ix_training_runs_started_by ON training_runs (started_by);

-- migrate:down
DROP INDEX ix_training_runs_started_by;
ALTER TABLE training_runs DROP COLUMN started_by;
