-- SPDX-License-Identifier: MIT
-- An enum and its column.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    mood mood DEFAULT 'ok' NOT NULL,
    moods mood[]
);
