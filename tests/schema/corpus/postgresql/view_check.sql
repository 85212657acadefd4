-- SPDX-License-Identifier: MIT
-- Views with options and defaults.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE VIEW people AS SELECT id, name FROM users WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW safe WITH (security_invoker = true, security_barrier = true) AS SELECT id FROM users;
ALTER VIEW people ALTER name SET DEFAULT 'nobody';
