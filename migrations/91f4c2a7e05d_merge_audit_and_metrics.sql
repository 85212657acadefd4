-- revision: 91f4c2a7e05d
-- down_revision: 0e8b4f73a2c5, c8175e3b6d94
-- message: merge audit and metrics
-- created: 2025-11-03T09:00:26Z

-- migrate:up

-- migrate:down
