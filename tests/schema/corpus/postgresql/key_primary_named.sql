-- SPDX-License-Identifier: MIT
-- A primary key with a name and more.
CREATE TABLE users (
    id bigint,
    name text,
    CONSTRAINT pk_users PRIMARY KEY (id) INCLUDE (name) WITH (fillfactor = 90)
);
