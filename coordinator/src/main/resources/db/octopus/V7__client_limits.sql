-- What a client holds plugins to, and how: an object of words; null from an older client.
ALTER TABLE clients ADD COLUMN limits TEXT;
