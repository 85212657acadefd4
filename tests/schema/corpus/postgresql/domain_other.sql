-- SPDX-License-Identifier: MIT
-- The domain with other rules.
CREATE DOMAIN email AS text CONSTRAINT short CHECK (length(VALUE) < 50);
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email email
);
