-- SPDX-License-Identifier: MIT
-- The columns of users in another order.
CREATE TABLE users (
    email varchar(100),
    name text NOT NULL,
    id bigint PRIMARY KEY
);
