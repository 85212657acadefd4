-- SPDX-License-Identifier: MIT
-- Nulls that are not distinct.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email varchar(100),
    UNIQUE NULLS NOT DISTINCT (email)
);
