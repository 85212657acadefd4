-- revision: a9ef987fd631
-- down_revision: 3d5c8f0a71e4
-- message: add users
-- created: 2025-09-09T07:31:20Z

-- migrate:up
CREATE TABLE users (
	id varchar(36) NOT NULL PRIMARY KEY,
	email varchar(255) NOT NULL,
	full_name varchar(120),
	role varchar(20) DEFAULT 'viewer' NOT NULL
		CHECK (role IN ('viewer', 'scientist', 'admin')),
	password_hash varchar(255) NOT NULL,
	is_active boolean DEFAULT true NOT NULL,
	created_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX ix_users_email ON users (lower(email));

-- migrate:down
DROP TABLE users;
