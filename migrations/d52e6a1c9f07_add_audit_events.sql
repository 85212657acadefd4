-- revision: d52e6a1c9f07
-- down_revision: 7b30c5d8e14f
-- branch_labels: audit
-- message: add audit events
-- created: 2025-10-14T15:20:11Z

-- migrate:up dialect:sqlite
CREATE TABLE audit_events (
	id INTEGER PRIMARY KEY,
	happened_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	user_id varchar(36) REFERENCES users (id),
	subject varchar(60) NOT NULL,
	subject_id varchar(80) NOT NULL,
	action varchar(40) NOT NULL,
	details text CHECK (details IS NULL OR json_valid(details))
);
CREATE INDEX ix_audit_events_subject ON audit_events (subject, subject_id);

-- migrate:up dialect:postgresql
CREATE TABLE audit_events (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	happened_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	user_id varchar(36) REFERENCES users (id),
	subject varchar(60) NOT NULL,
	subject_id varchar(80) NOT NULL,
	action varchar(40) NOT NULL,
	details jsonb
);
CREATE INDEX ix_audit_events_subject ON audit_events (subject, subject_id);
COMMENT ON TABLE audit_events IS 'kept for ten years; rows are never changed';

-- migrate:down
DROP TABLE audit_events;
