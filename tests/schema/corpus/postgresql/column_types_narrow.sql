-- SPDX-License-Identifier: MIT
-- Narrower types of users.
CREATE TABLE users (
    id smallint PRIMARY KEY,
    name varchar(10) NOT NULL,
    email text,
    score smallint,
    born text
);
