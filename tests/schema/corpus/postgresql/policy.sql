-- SPDX-License-Identifier: MIT
-- Row security.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (name = current_user) WITH CHECK (id > 0);
CREATE POLICY reading ON users AS RESTRICTIVE FOR SELECT TO CURRENT_USER, PUBLIC USING (true);
CREATE POLICY adding ON users FOR INSERT TO pg_monitor, pg_signal_backend WITH CHECK (email IS NOT NULL);
COMMENT ON POLICY own ON users IS 'mine';
