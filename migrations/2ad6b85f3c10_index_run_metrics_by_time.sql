-- revision: 2ad6b85f3c10
-- down_revision: 91f4c2a7e05d
-- message: index run metrics by time
-- created: 2025-11-06T16:33:14Z

-- migrate:up
CREATE INDEX ix_run_metrics_recorded_at ON run_metrics (recorded_at);

-- migrate:up dialect:postgresql transaction:false
-- The table is large and always written to: PostgreSQL builds the index next
-- to the writers, which cannot be done in a transaction.  What an interrupted
-- build leaves behind is not valid, so it goes first.
DROP INDEX CONCURRENTLY IF EXISTS ix_run_metrics_recorded_at;
CREATE INDEX CONCURRENTLY ix_run_metrics_recorded_at
	ON run_metrics (recorded_at);

-- migrate:down
DROP INDEX ix_run_metrics_recorded_at;

-- migrate:down dialect:postgresql transaction:false
DROP INDEX CONCURRENTLY IF EXISTS ix_run_metrics_recorded_at;
