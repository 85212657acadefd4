CREATE TABLE account (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, balance INT NOT NULL DEFAULT 0 CHECK (balance >= 0)) STRICT;
CREATE TABLE transfer (id INTEGER PRIMARY KEY, source INT NOT NULL REFERENCES account DEFERRABLE INITIALLY DEFERRED, target INT NOT NULL REFERENCES account DEFERRABLE INITIALLY DEFERRED, amount INT NOT NULL, CHECK (source <> target), CONSTRAINT positive CHECK (amount > 0)) STRICT;
CREATE INDEX transfer_source ON transfer (source);
CREATE INDEX transfer_target ON transfer (target) WHERE amount > 1000;
CREATE TRIGGER transfer_move AFTER INSERT ON transfer BEGIN
  UPDATE account SET balance = balance - new.amount WHERE id = new.source;
  UPDATE account SET balance = balance + new.amount WHERE id = new.target;
END;
