-- What organisers brought into a timetable from other tools, with what of it was not understood: it is
-- kept until they say that they are done with it.
create table timetable_import (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  kind text not null check (kind in ('schedule', 'sessions', 'rooms')),
  -- As it was called where it came from; empty for what was pasted.
  file_name text not null default '',
  -- The draft of what had a place.
  draft_id uuid references timetable_draft,
  -- Numbers of rooms, sessions and blocks, new and known.
  counts jsonb not null,
  -- What was not understood: where, as it stands in the file, a sentence, whether the rest was taken.
  rest jsonb not null default '[]',
  -- The first row of the table in which what was not taken can be corrected.
  header text not null default '',
  imported_at timestamptz not null,
  imported_by uuid references person,
  settled_at timestamptz
);
create index timetable_import_summit on timetable_import (summit_id, imported_at desc);
