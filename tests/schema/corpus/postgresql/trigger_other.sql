-- SPDX-License-Identifier: MIT
-- Triggers with other events.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touched AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER told AFTER DELETE ON users REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION touch('a', 'b');
