-- revision: f8ff2ab1fdfa
-- down_revision: a9ef987fd631
-- message: add phone number to users
-- created: 2025-09-16T18:49:48Z

-- migrate:up
ALTER TABLE users ADD COLUMN phone_number varchar(20);

-- migrate:down
ALTER TABLE users DROP COLUMN phone_number;
