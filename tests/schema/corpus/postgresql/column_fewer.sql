-- SPDX-License-Identifier: MIT
-- Users with fewer columns.
CREATE TABLE users (
    id bigint PRIMARY KEY
);
