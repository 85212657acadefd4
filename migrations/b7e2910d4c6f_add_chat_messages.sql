-- revision: b7e2910d4c6f
-- down_revision: e4971f0c8b3a
-- message: add chat messages
-- created: 2025-11-13T17:21:09Z

-- migrate:up
CREATE TABLE chat_messages (
	session_id varchar(36) NOT NULL REFERENCES chat_sessions (id),
	number integer NOT NULL,
	author varchar(20) NOT NULL
		CHECK (author IN ('user', 'assistant')),
	body text NOT NULL,
	sent_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
	PRIMARY KEY (session_id, number)
);

-- migrate:down
DROP TABLE chat_messages;
