-- revision: 63af9d20be71
-- down_revision: 7b30c5d8e14f
-- message: keep run metrics per data split
-- message: Until now every metric was measured on the validation images.
-- created: 2025-10-16T13:08:42Z

-- migrate:up dialect:sqlite
-- SQLite cannot change a primary key in place: the table is made anew.
CREATE TABLE run_metrics_new (
	run_id varchar(36) NOT NULL,
	round_number integer NOT NULL,
	split varchar(20) DEFAULT 'validation' NOT NULL,
	name varchar(60) NOT NULL,
	value double precision NOT NULL,
	recorded_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	CONSTRAINT run_metrics_pkey
		PRIMARY KEY (run_id, round_number, split, name),
	CONSTRAINT run_metrics_round_fkey FOREIGN KEY (run_id, round_number)
		REFERENCES rounds (run_id, number)
);
INSERT INTO run_metrics_new (run_id, round_number, name, value, recorded_at)
	SELECT run_id, round_number, name, value, recorded_at
	FROM run_metrics;
DROP TABLE run_metrics;
ALTER TABLE run_metrics_new RENAME TO run_metrics;

-- migrate:up dialect:postgresql
ALTER TABLE run_metrics
	ADD COLUMN split varchar(20) DEFAULT 'validation' NOT NULL,
	DROP CONSTRAINT run_metrics_pkey,
	ADD CONSTRAINT run_metrics_pkey
		PRIMARY KEY (run_id, round_number, split, name);

-- migrate:down dialect:sqlite
-- Metrics of the other splits have no place in the old table.
CREATE TABLE run_metrics_old (
	run_id varchar(36) NOT NULL,
	round_number integer NOT NULL,
	name varchar(60) NOT NULL,
	value double precision NOT NULL,
	recorded_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	CONSTRAINT run_metrics_pkey PRIMARY KEY (run_id, round_number, name),
	CONSTRAINT run_metrics_round_fkey FOREIGN KEY (run_id, round_number)
		REFERENCES rounds (run_id, number)
);
INSERT INTO run_metrics_old (run_id, round_number, name, value, recorded_at)
	SELECT run_id, round_number, name, value, recorded_at
	FROM run_metrics WHERE split = 'validation';
DROP TABLE run_metrics;
ALTER TABLE run_metrics_old RENAME TO run_metrics;

-- migrate:down dialect:postgresql
DELETE FROM run_metrics WHERE split <> 'validation';
ALTER TABLE run_metrics
	DROP CONSTRAINT run_metrics_pkey,
	DROP COLUMN split,
	ADD CONSTRAINT run_metrics_pkey
		PRIMARY KEY (run_id, round_number, name);
