-- SPDX-License-Identifier: MIT
-- A view with everything in it.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text,
    boss bigint
);
CREATE VIEW tree AS WITH RECURSIVE up AS (SELECT id, boss, 1 AS depth FROM users WHERE boss IS NULL UNION ALL SELECT u.id, u.boss, up.depth + 1 FROM users u JOIN up ON u.boss = up.id) SELECT id, depth, row_number() OVER (PARTITION BY depth ORDER BY id DESC) AS place, CASE WHEN depth > 3 THEN 'deep' ELSE 'flat' END AS shape, (SELECT count(*) FILTER (WHERE x.id > 1) FROM users x WHERE x.boss = up.id) AS below FROM up WHERE id = ANY (ARRAY[1, 2]) OR EXISTS (SELECT 1 FROM users y WHERE y.id BETWEEN 3 AND 4) ORDER BY depth, id LIMIT 10;
