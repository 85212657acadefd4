-- SPDX-License-Identifier: MIT
-- The domain over another type.
CREATE DOMAIN email AS varchar(200) COLLATE "C";
CREATE DOMAIN work_email AS email CHECK (VALUE <> '');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email email,
    work work_email
);
