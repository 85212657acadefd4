-- SPDX-License-Identifier: MIT
-- A check with a comment.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    CONSTRAINT positive CHECK (id > 0)
);
COMMENT ON CONSTRAINT positive ON users IS 'no zero';
