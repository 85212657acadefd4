CREATE VIRTUAL TABLE mail USING fts4(subject, body, prefix="2,4");
