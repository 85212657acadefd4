-- SPDX-License-Identifier: MIT
-- The view with one column more at its end.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE VIEW people AS SELECT id, name, email FROM users WHERE id > 0;
