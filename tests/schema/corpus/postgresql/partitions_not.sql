-- SPDX-License-Identifier: MIT
-- The table without partitions.
CREATE TABLE lone (
    id bigint,
    at date
);
