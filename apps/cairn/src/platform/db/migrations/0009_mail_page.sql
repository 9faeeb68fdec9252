-- The page, as a path, where the reader of a mail acts. Who writes the mail does not know the public
-- address; the worker that handles it writes the whole address under the text, and empties this.
alter table mail add column page text;
