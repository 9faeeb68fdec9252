-- What a grouping was asked for besides sizes, and how each person came to where they are.
alter table grouping
  -- Each group should have people of so many different projects.
  add column different integer not null default 1 check (different >= 1),
  -- It was asked to move few people away from the earlier one.
  add column keeps_places boolean not null default false;

alter table group_member
  -- Who put them there: the search, an organiser by hand, they themselves, or two who changed places.
  add column came_by text not null default 'search' check (came_by in ('search', 'hand', 'self', 'swap')),
  -- Whether they lead was said by hand; else it follows from the topic and from interest.
  add column is_lead_set boolean not null default false;

-- Nobody asks the same person twice at a time.
create unique index group_swap_open on group_swap (grouping_id, asked_by, asked_of) where state = 'open';
