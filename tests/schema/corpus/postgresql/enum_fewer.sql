-- SPDX-License-Identifier: MIT
-- The enum with fewer labels, in another order.
CREATE TYPE mood AS ENUM ('happy', 'ok');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    mood mood DEFAULT 'ok' NOT NULL,
    moods mood[]
);
CREATE INDEX users_mood ON users (id) WHERE mood = 'happy';
CREATE VIEW happy AS SELECT id FROM users WHERE mood = 'happy';
