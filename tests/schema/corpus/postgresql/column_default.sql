-- SPDX-License-Identifier: MIT
-- Defaults as the server prints them.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text DEFAULT 'it''s',
    n integer DEFAULT -1,
    at timestamptz DEFAULT now(),
    since timestamptz DEFAULT '2020-01-01 10:00:00+05',
    tags text[] DEFAULT '{}',
    flag boolean DEFAULT true NOT NULL,
    big numeric DEFAULT 1.50,
    doc jsonb DEFAULT '{"a": 1}'
);
