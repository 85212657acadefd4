-- revision: c8175e3b6d94
-- down_revision: 63af9d20be71
-- message: copy server evaluations into run metrics
-- message: The charts read one table from here on.  server_evaluations stays
-- message: for the reports that still ask for it.
-- created: 2025-10-23T10:17:03Z

-- migrate:up
INSERT INTO run_metrics
	(run_id, round_number, split, name, value, recorded_at)
SELECT run_id, round_number, 'server', 'loss', loss, evaluated_at
	FROM server_evaluations WHERE loss IS NOT NULL
UNION ALL
SELECT run_id, round_number, 'server', 'accuracy', accuracy, evaluated_at
	FROM server_evaluations WHERE accuracy IS NOT NULL
UNION ALL
SELECT run_id, round_number, 'server', 'dice', dice, evaluated_at
	FROM server_evaluations WHERE dice IS NOT NULL;

-- migrate:down
DELETE FROM run_metrics WHERE split = 'server';
