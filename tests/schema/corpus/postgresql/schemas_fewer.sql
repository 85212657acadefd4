-- SPDX-License-Identifier: MIT
-- One of the schemas.
CREATE SCHEMA audit;
CREATE TABLE audit.events (
    id bigserial PRIMARY KEY,
    what text
);
