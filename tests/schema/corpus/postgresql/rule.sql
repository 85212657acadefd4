-- SPDX-License-Identifier: MIT
-- Rules.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE RULE no_delete AS ON DELETE TO users DO INSTEAD NOTHING;
CREATE VIEW people AS SELECT id, name FROM users;
CREATE RULE put AS ON INSERT TO people DO INSTEAD (INSERT INTO users (id, name) VALUES (NEW.id, NEW.name); SELECT 1);
COMMENT ON RULE no_delete ON users IS 'kept';
