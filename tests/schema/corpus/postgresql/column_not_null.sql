-- SPDX-License-Identifier: MIT
-- Columns that are and are not null.
CREATE TABLE users (
    id bigint NOT NULL,
    name text,
    email varchar(50) NOT NULL
);
