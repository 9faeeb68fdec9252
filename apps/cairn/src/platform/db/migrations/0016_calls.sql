-- Recurring calls that go on after the summit, in calendars as communities keep them.

create table call_calendar (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  -- Names the calendar in addresses, for ever: a retired one's stays taken.
  key text not null check (key ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  name text not null check (name <> ''),
  -- The YAML of the calendar, byte for byte: what is in it and not understood stays in it.
  source text not null,
  revision integer not null,
  -- Where it was read from, to be read again.
  imported_from text,
  -- Organisers are warned so many days, or so many calls, before one of its calls runs out.
  warn_days integer not null default 42 check (warn_days between 0 and 730),
  warn_times integer not null default 2 check (warn_times between 0 and 100),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  retired_at timestamptz,
  unique (summit_id, key)
);

-- What feeds have told of a call: one that is taken out stays, cancelled, because calendar programs
-- keep what they were once told.
create table recurring_call (
  id uuid primary key default gen_random_uuid(),
  calendar_id uuid not null references call_calendar,
  uid text not null unique,
  position integer not null,
  content jsonb not null,
  -- The last time on the wall clock of the call (ISO 8601, local); null where it never ends.
  runs_out text,
  sequence integer not null,
  last_modified timestamptz not null,
  cancelled_at timestamptz,
  -- The `runs_out` that organisers were warned of: once for each.
  warned_for text
);
create index recurring_call_calendar on recurring_call (calendar_id, position);

-- Whether what a call links to is still there. `unknown`: not looked at yet, or could not be seen.
create table call_link (
  call_id uuid not null references recurring_call on delete cascade,
  url text not null,
  state text not null default 'unknown' check (state in ('unknown', 'ok', 'broken')),
  since timestamptz,
  checked_at timestamptz,
  detail text,
  primary key (call_id, url)
);
create index call_link_checked on call_link (checked_at nulls first);

create table call_subscription (
  calendar_id uuid not null references call_calendar,
  person_id uuid not null references person,
  since timestamptz not null,
  primary key (calendar_id, person_id)
);
create index call_subscription_person on call_subscription (person_id);
