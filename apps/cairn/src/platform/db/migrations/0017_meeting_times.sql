-- What a person wants of a track of the planning meetings: to lead it, to work in it, or to learn.
-- No row is no interest.
create table track_interest (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  track text not null,
  level text not null check (level in ('lead', 'work', 'learn')),
  why text not null default '',
  said_at timestamptz not null,
  primary key (summit_id, person_id, track)
);

-- A search for the times of planning meetings: what was wished for, how far it is, and what it found.
-- Wishes and result hold ids, keys and moments only.
create table time_search (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  wishes jsonb not null,
  state text not null default 'queued'
    check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress jsonb,
  result jsonb,
  created_by uuid references person,
  created_at timestamptz not null,
  finished_at timestamptz,
  applied jsonb,
  applied_at timestamptz,
  check ((state = 'done') = (result is not null)),
  check ((applied is null) = (applied_at is null))
);
create index time_search_of_summit on time_search (summit_id, created_at desc);
