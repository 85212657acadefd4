-- SPDX-License-Identifier: MIT
-- A view.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE VIEW people AS SELECT id, name FROM users;
COMMENT ON VIEW people IS 'short';
COMMENT ON COLUMN people.name IS 'theirs';
