-- SPDX-License-Identifier: MIT
-- A primary key of two columns.
CREATE TABLE users (
    id bigint,
    name text,
    email varchar(100),
    PRIMARY KEY (name, id)
);
