-- revision: 3d5c8f0a71e4
-- down_revision:
-- message: baseline of the training service
-- message: What the service had when its schema came under version control:
-- message: hospitals train one model together, round by round, and no image
-- message: leaves its hospital.
-- created: 2025-06-02T09:14:05Z

-- migrate:up
CREATE TABLE training_runs (
	id varchar(36) NOT NULL PRIMARY KEY,
	name varchar(120) NOT NULL,
	model varchar(80) NOT NULL,
	status varchar(20) DEFAULT 'pending' NOT NULL,
	rounds_planned integer NOT NULL CHECK (rounds_planned > 0),
	parameters text DEFAULT '{}' NOT NULL,
	created_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	finished_at timestamp
);
CREATE INDEX ix_training_runs_status ON training_runs (status);

CREATE TABLE clients (
	id varchar(36) NOT NULL PRIMARY KEY,
	hospital varchar(120) NOT NULL,
	address varchar(255) NOT NULL UNIQUE,
	status varchar(20) DEFAULT 'offline' NOT NULL,
	images integer DEFAULT 0 NOT NULL,
	last_seen_at timestamp
);

CREATE TABLE rounds (
	run_id varchar(36) NOT NULL REFERENCES training_runs (id),
	number integer NOT NULL,
	status varchar(20) DEFAULT 'waiting' NOT NULL,
	clients_asked integer DEFAULT 0 NOT NULL,
	clients_answered integer DEFAULT 0 NOT NULL,
	started_at timestamp,
	finished_at timestamp,
	PRIMARY KEY (run_id, number)
);

CREATE TABLE run_metrics (
	run_id varchar(36) NOT NULL,
	round_number integer NOT NULL,
	name varchar(60) NOT NULL,
	value double precision NOT NULL,
	recorded_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	CONSTRAINT run_metrics_pkey PRIMARY KEY (run_id, round_number, name),
	CONSTRAINT run_metrics_round_fkey FOREIGN KEY (run_id, round_number)
		REFERENCES rounds (run_id, number)
);

CREATE TABLE server_evaluations (
	run_id varchar(36) NOT NULL,
	round_number integer NOT NULL,
	loss double precision,
	accuracy double precision,
	dice double precision,
	evaluated_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	PRIMARY KEY (run_id, round_number),
	FOREIGN KEY (run_id, round_number) REFERENCES rounds (run_id, number)
);

CREATE TABLE chat_sessions (
	id varchar(36) NOT NULL PRIMARY KEY,
	run_id varchar(36) REFERENCES training_runs (id),
	title varchar(200) DEFAULT 'New chat' NOT NULL,
	started_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE INDEX ix_chat_sessions_run_id ON chat_sessions (run_id);

-- migrate:down
DROP TABLE chat_sessions;
DROP TABLE server_evaluations;
DROP TABLE run_metrics;
DROP TABLE rounds;
DROP TABLE clients;
DROP TABLE training_runs;
