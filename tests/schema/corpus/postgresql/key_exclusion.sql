-- SPDX-License-Identifier: MIT
-- Exclusion constraints.
CREATE TABLE bookings (
    room integer,
    during tsrange,
    EXCLUDE USING gist (during WITH &&) WHERE (room > 0),
    CONSTRAINT rooms EXCLUDE (room WITH =)
);
