-- SPDX-License-Identifier: MIT
-- Storage and compression.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text,
    doc jsonb COMPRESSION pglz
);
ALTER TABLE users ALTER name SET STORAGE EXTERNAL;
