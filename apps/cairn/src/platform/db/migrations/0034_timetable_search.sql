-- A search finds timetables, or mends one after a change.
alter table timetable_search
  add column kind text not null default 'find' check (kind in ('find', 'repair')),
  -- What it begins from, and what is to be few: ids and numbers.
  add column wishes jsonb not null default '{}';
