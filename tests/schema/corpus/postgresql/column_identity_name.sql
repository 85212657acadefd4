-- SPDX-License-Identifier: MIT
-- An identity whose sequence has a name.
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME user_numbers MINVALUE 10)
);
