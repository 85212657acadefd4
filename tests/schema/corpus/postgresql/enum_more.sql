-- SPDX-License-Identifier: MIT
-- The enum with more labels.
CREATE TYPE mood AS ENUM ('awful', 'sad', 'so so', 'ok', 'happy', 'it''s great');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    mood mood DEFAULT 'ok' NOT NULL,
    moods mood[]
);
