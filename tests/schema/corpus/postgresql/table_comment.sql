-- SPDX-License-Identifier: MIT
-- Comments on a table and its columns.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
COMMENT ON TABLE users IS 'who may log in';
COMMENT ON COLUMN users.email IS E'it''s a \\ path\nand a line';
