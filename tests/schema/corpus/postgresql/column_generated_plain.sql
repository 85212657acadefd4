-- SPDX-License-Identifier: MIT
-- The same, not generated.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    shout text
);
