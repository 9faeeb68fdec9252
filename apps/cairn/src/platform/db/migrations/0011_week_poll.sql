-- The week poll: which of the candidate weeks suits whom, while nothing is fixed yet.

create table week_poll (
  summit_id uuid primary key references summit,
  state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'chosen', 'abandoned')),
  -- What a candidate week is: so many days of work in this range, from this weekday on (ISO, 1 is Monday).
  range_from date not null,
  range_until date not null,
  days integer not null check (days between 1 and 31),
  weekday integer not null check (weekday between 1 and 7),
  arrival_days integer not null check (arrival_days between 0 and 14),
  departure_days integer not null check (departure_days between 0 and 14),
  lead_months integer not null check (lead_months between 0 and 36),
  intro text not null default '',
  -- The last day for answers, in the summit's zone; and how many days before it the silent are reminded.
  closes_on date,
  remind_days integer[] not null default '{}',
  hide_until_closed boolean not null default true,
  -- Of the extra costs of weeks.
  currency text check (currency ~ '^[A-Z]{3}$'),
  chosen_start date,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  chosen_at timestamptz,
  check (range_from <= range_until),
  check ((state = 'chosen') = (chosen_start is not null)),
  check (state <> 'open' or closes_on is not null)
);
create index week_poll_open on week_poll (closes_on) where state = 'open';

-- Whose public holidays count, and whether a week with one is left out or only says so.
create table week_country (
  summit_id uuid not null references week_poll,
  country text not null check (country ~ '^[A-Z]{2}$'),
  effect text not null check (effect in ('excludes', 'mentions')),
  primary key (summit_id, country)
);

create table week_blackout (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references week_poll,
  kind text not null check (kind in ('holiday', 'conference', 'graduation', 'venue', 'busy', 'other')),
  effect text not null check (effect in ('excludes', 'mentions')),
  from_day date not null,
  until_day date not null,
  title text not null check (title <> ''),
  source text not null check (source in ('typed', 'holidays', 'ics')),
  country text,
  check (from_day <= until_day),
  check ((source = 'holidays') = (country is not null))
);
create index week_blackout_summit on week_blackout (summit_id, from_day);

-- What organisers say of one week; a week without a row is as the range makes it.
create table week_window (
  summit_id uuid not null references week_poll,
  start date not null,
  offered_anyway boolean not null default false,
  removed boolean not null default false,
  extra_cost bigint,
  note text not null default '',
  primary key (summit_id, start)
);

create table week_guest (
  summit_id uuid not null references week_poll,
  person_id uuid not null references person,
  is_needed boolean not null default false,
  weight integer not null default 1 check (weight between 1 and 9),
  -- What this person says to all weeks together.
  remark text not null default '',
  added_at timestamptz not null,
  asked_at timestamptz,
  opened_at timestamptz,
  answered_at timestamptz,
  reminded_at timestamptz,
  -- Somebody else holds the link, by their own words.
  disowned_at timestamptz,
  -- No longer asked. What they said stays, and counts again when they are asked again.
  withdrawn_at timestamptz,
  primary key (summit_id, person_id)
);

-- An answer is to a week by its day, not to a line of a form: whatever becomes of range and
-- blackouts, it stays, and counts again when its week comes back.
create table week_answer (
  summit_id uuid not null references week_poll,
  start date not null,
  person_id uuid not null references person,
  answer text check (answer in ('yes', 'if_need_be', 'no')),
  note text not null default '',
  answered_at timestamptz not null,
  primary key (summit_id, start, person_id)
);
create index week_answer_person on week_answer (person_id);

-- Links to answer by, without an account. All that were sent stay valid until they are revoked, so
-- that a reminder does not spoil the first mail.
create table week_link (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references week_poll,
  person_id uuid not null references person,
  -- SHA-256 of the link's secret.
  token_hash bytea not null unique,
  made_at timestamptz not null,
  revoked_at timestamptz
);
create index week_link_person on week_link (summit_id, person_id);

-- Whom the chosen week does not suit, or who never said, and what they want to do.
create table week_concern (
  summit_id uuid not null references week_poll,
  start date not null,
  person_id uuid not null references person,
  why text not null check (why in ('no', 'unanswered')),
  asked_at timestamptz not null,
  reply text check (reply in ('come', 'part', 'decline', 'talk')),
  note text not null default '',
  replied_at timestamptz,
  primary key (summit_id, start, person_id),
  check ((reply is null) = (replied_at is null))
);
create index week_concern_person on week_concern (person_id);
