-- Whom a release told: those whose sessions it moved, all who come, or nobody.
alter table timetable_release
  add column tell text not null default 'moved' check (tell in ('moved', 'everybody', 'nobody'));
