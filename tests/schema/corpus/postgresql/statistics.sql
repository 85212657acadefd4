-- SPDX-License-Identifier: MIT
-- Extended statistics.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE STATISTICS together (ndistinct, dependencies) ON name, email FROM users;
CREATE STATISTICS odd ON lower(name), (id % 10) FROM users;
COMMENT ON STATISTICS together IS 'go together';
