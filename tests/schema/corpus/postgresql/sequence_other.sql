-- SPDX-License-Identifier: MIT
-- The sequences with other options.
CREATE SEQUENCE numbers AS integer START WITH 50 INCREMENT BY 10;
CREATE SEQUENCE down AS smallint INCREMENT BY -2 START WITH -3;
CREATE TABLE users (
    id bigint DEFAULT nextval('numbers') PRIMARY KEY,
    name text
);
ALTER SEQUENCE numbers OWNED BY users.id;
