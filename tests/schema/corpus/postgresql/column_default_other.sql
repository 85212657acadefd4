-- SPDX-License-Identifier: MIT
-- Other defaults.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text DEFAULT 'new',
    n integer,
    at timestamptz,
    flag boolean DEFAULT false
);
