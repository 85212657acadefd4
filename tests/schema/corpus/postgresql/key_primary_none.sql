-- SPDX-License-Identifier: MIT
-- No primary key.
CREATE TABLE users (
    id bigint,
    name text,
    email varchar(100)
);
