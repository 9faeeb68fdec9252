-- The day that an entry speaks of, where somebody wrote it down later: when a funder said yes, when a sum was moved.
-- Null: the day on which it was written.
alter table journal_entry add column on_date date;
