-- SPDX-License-Identifier: MIT
-- An event trigger.
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('CREATE CAST', 'DROP CAST') EXECUTE FUNCTION watch();
CREATE EVENT TRIGGER off ON sql_drop EXECUTE FUNCTION watch();
ALTER EVENT TRIGGER off DISABLE;
COMMENT ON EVENT TRIGGER off IS 'rests';
