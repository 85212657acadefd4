-- SPDX-License-Identifier: MIT
-- A table without columns.
CREATE TABLE nothing ();
