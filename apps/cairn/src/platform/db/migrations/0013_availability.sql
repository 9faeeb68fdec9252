-- What a person can in an ordinary week, once for all polls and summits. `cells` has one character
-- for each hour from Monday 00:00 by the clock of `zone`: 0 no, 1 if need be, 2 yes.
create table weekly_availability (
  person_id uuid primary key references person,
  zone text not null,
  cells text not null check (cells ~ '^[012]{168}$'),
  updated_at timestamptz not null
);

-- A calendar that a person gave once. Only when they are busy is kept, merged: neither titles nor
-- where it was read from. `busy` holds pairs of minutes since 1970-01-01T00:00Z, begin and end, sorted.
create table busy_source (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  name text not null,
  covers_from timestamptz not null,
  covers_until timestamptz not null check (covers_from < covers_until),
  busy integer[] not null check (cardinality(busy) % 2 = 0),
  events integer not null,
  skipped integer not null,
  read_at timestamptz not null,
  unique (person_id, name)
);
