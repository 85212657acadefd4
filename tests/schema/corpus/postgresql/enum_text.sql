-- SPDX-License-Identifier: MIT
-- Text where the enum was.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    mood text DEFAULT 'ok' NOT NULL,
    moods text[]
);
