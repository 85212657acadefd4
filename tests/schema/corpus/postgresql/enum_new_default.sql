-- SPDX-License-Identifier: MIT
-- The enum with a label that is used at once.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'new');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    mood mood DEFAULT 'new' NOT NULL,
    moods mood[]
);
