-- SPDX-License-Identifier: MIT
-- One table.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
