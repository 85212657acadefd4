-- SPDX-License-Identifier: MIT
-- Other row security.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users FOR UPDATE USING (name = current_user);
