-- SPDX-License-Identifier: MIT
-- Other types of users.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(200),
    score numeric(12,2),
    born varchar(30)
);
