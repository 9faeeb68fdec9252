-- What somebody is to do. Each comes from somewhere: so far from a line of a call's notes.
create table task (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  title text not null check (title <> ''),
  due_on date,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  origin_kind text not null check (origin_kind in ('meeting_text')),
  origin_id uuid not null,
  -- How the place is called, and its page below the summit's.
  origin_title text not null,
  origin_page text not null,
  -- The line as it was when it was last read: by it the line is known again. No number: it is gone.
  origin_text text not null,
  origin_line integer,
  origin_done boolean not null,
  -- When it was changed elsewhere than in its line.
  touched_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index task_summit on task (summit_id, state);
create index task_origin on task (origin_kind, origin_id);

create table task_owner (
  task_id uuid not null references task,
  person_id uuid not null references person,
  -- When they were told by mail that it is theirs.
  told_at timestamptz,
  primary key (task_id, person_id)
);
create index task_owner_person on task_owner (person_id);
