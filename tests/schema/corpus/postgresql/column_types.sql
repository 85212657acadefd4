-- SPDX-License-Identifier: MIT
-- Types of users.
CREATE TABLE users (
    id integer PRIMARY KEY,
    name varchar(20) NOT NULL,
    email text,
    score integer,
    born text
);
