-- Several people write the same entry of a worklog, some of them offline: each state is kept, so that what
-- came of one can be merged with what came of another, and no word is lost.

create unique index worklog_entry_group on worklog_entry (summit_id, date, group_key)
  where group_key is not null;
create unique index worklog_entry_session on worklog_entry (summit_id, date, session_id)
  where session_id is not null;

create table worklog_revision (
  entry_id uuid not null references worklog_entry,
  revision integer not null,
  did text not null,
  links text not null,
  blocked text not null,
  next text not null,
  -- What the writer sent, where others' words came in besides: the same four texts.
  sent jsonb,
  -- Made up by the browser that wrote it, perhaps offline: the same save never counts twice.
  client_key uuid,
  by_person uuid references person,
  at timestamptz not null,
  primary key (entry_id, revision)
);
create index worklog_revision_key on worklog_revision (entry_id, client_key) where client_key is not null;

-- A save has the key, and an entry comes of many.
alter table worklog_entry drop column client_key;
