CREATE TABLE "My Table" (a);
CREATE TRIGGER "my trigger" AFTER UPDATE ON "My Table" BEGIN UPDATE [My Table] SET a = 1; END;
