-- The first floor: who is who, which summit, who was asked, who promised what, and what came of it.
create extension if not exists citext;

-- Facts of the installation itself (the demo's clock, for one).
create table installation (
  key text primary key,
  value jsonb not null
);

-- People ---------------------------------------------------------------------------------------

create table person (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  zone text,
  is_administrator boolean not null default false,
  -- The sign-in library's user; a person exists before they ever sign in.
  auth_user_id text unique,
  created_at timestamptz not null,
  erased_at timestamptz
);

-- How a person is known outside: one person, several addresses and handles.
create table person_identity (
  kind text not null check (kind in ('email', 'github')),
  value citext not null check (value <> ''),
  person_id uuid not null references person,
  is_primary boolean not null default true,
  verified_at timestamptz,
  primary key (kind, value)
);
create index person_identity_person on person_identity (person_id);

-- Summits --------------------------------------------------------------------------------------

create table series (
  slug text primary key check (slug ~ '^[a-z0-9_]+$'),
  title text not null
);

create table summit (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9_]+$'),
  series_slug text not null references series,
  state text not null default 'draft' check (state in ('draft', 'announced', 'archived')),
  -- The definition as data, and the text of summit.yaml that says the same with its comments.
  definition jsonb not null,
  source text not null,
  revision integer not null default 1,
  -- Repeated from the definition because the database itself guards the cap.
  seats integer not null check (seats >= 0),
  copied_from uuid references summit,
  announced_at timestamptz,
  created_at timestamptz not null
);

create table summit_revision (
  summit_id uuid not null references summit,
  revision integer not null,
  source text not null,
  definition jsonb not null,
  by_person uuid references person,
  at timestamptz not null,
  primary key (summit_id, revision)
);

-- What a copied edition still says from last year, until someone confirms or changes it.
create table carried_value (
  summit_id uuid not null references summit,
  path text not null,
  kind text not null check (kind in ('date', 'count', 'name', 'prose')),
  value jsonb not null,
  settled_at timestamptz,
  settled_by uuid references person,
  settled_how text check (settled_how in ('confirmed', 'changed')),
  primary key (summit_id, path),
  check ((settled_at is null) = (settled_how is null))
);

create table role (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  role text not null check (role in ('organiser', 'treasurer', 'participant', 'guest')),
  granted_at timestamptz not null,
  granted_by uuid references person,
  primary key (summit_id, person_id, role)
);
create index role_person on role (person_id);

create table person_community (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  community text not null,
  primary key (summit_id, person_id, community)
);

-- Mail -----------------------------------------------------------------------------------------

-- Every mail that was meant to go out, kept whether or not a mail server is configured.
create table mail (
  id uuid primary key default gen_random_uuid(),
  -- What makes a repeat harmless: the same key is the same mail.
  key text not null unique,
  summit_id uuid references summit,
  person_id uuid references person,
  recipient text not null,
  subject text not null,
  body text not null,
  attachments jsonb not null default '[]',
  state text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'failed', 'cancelled')),
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index mail_summit on mail (summit_id, created_at desc);
create index mail_person on mail (person_id);

-- Invitations ----------------------------------------------------------------------------------

create table invitation (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  state text not null default 'drafted' check (
    state in ('drafted', 'sent', 'opened', 'accepted', 'unsure', 'declined', 'expired', 'withdrawn')
  ),
  seat_kind text not null default 'funded' check (seat_kind in ('funded', 'self_funded', 'sponsored', 'host')),
  -- SHA-256 of the link's secret; a new one each time the invitation is sent anew.
  token_hash bytea unique,
  -- The first opening proves the mailbox; later ones ask to sign in.
  token_spent_at timestamptz,
  expires_at timestamptz,
  note text not null default '',
  drafted_at timestamptz not null,
  sent_at timestamptz,
  opened_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  reminders integer not null default 0,
  reminded_at timestamptz,
  unique (summit_id, person_id)
);
create index invitation_open on invitation (expires_at) where state in ('sent', 'opened', 'unsure');

create table send_batch (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  purpose text not null check (purpose in ('invitation', 'reminder')),
  subject text not null,
  body text not null,
  state text not null default 'running' check (state in ('running', 'paused', 'done')),
  created_by uuid references person,
  created_at timestamptz not null,
  finished_at timestamptz
);

create table send_item (
  batch_id uuid not null references send_batch,
  invitation_id uuid not null references invitation,
  state text not null default 'queued' check (state in ('queued', 'sent', 'skipped')),
  reason text not null default '',
  at timestamptz,
  primary key (batch_id, invitation_id)
);
create index send_item_queued on send_item (batch_id) where state = 'queued';

-- Agreement ------------------------------------------------------------------------------------

create table agreement_version (
  summit_id uuid not null references summit,
  version integer not null check (version > 0),
  text text not null,
  obligations jsonb not null,
  created_at timestamptz not null,
  created_by uuid references person,
  primary key (summit_id, version)
);

create table agreement_acceptance (
  summit_id uuid not null,
  person_id uuid not null references person,
  version integer not null,
  accepted_at timestamptz not null,
  -- By which sign-in: the method, and the sign-in library's session it happened in.
  sign_in_method text not null,
  session_id text,
  primary key (summit_id, person_id, version),
  foreign key (summit_id, version) references agreement_version
);

-- Seats ----------------------------------------------------------------------------------------

create table seat (
  summit_id uuid not null references summit,
  number integer not null check (number > 0),
  person_id uuid not null references person,
  kind text not null check (kind in ('funded', 'self_funded', 'sponsored', 'host')),
  taken_at timestamptz not null,
  primary key (summit_id, number),
  unique (summit_id, person_id)
);

-- The last guard of the cap: whatever the code above does, seat 41 of 40 cannot be stored.
create function seat_within_cap() returns trigger language plpgsql as $$
declare cap integer;
begin
  select seats into cap from summit where id = new.summit_id for share;
  if new.number > cap then
    raise exception 'seat % is above the cap of % seats', new.number, cap using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger seat_within_cap before insert or update on seat
  for each row execute function seat_within_cap();

create table waiting (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  -- The organiser's order; gaps are fine, ties are not.
  position integer not null,
  reason text not null default '',
  seat_kind text not null check (seat_kind in ('funded', 'self_funded', 'sponsored', 'host')),
  -- How many days' notice this person needs to come; null: not said.
  notice_days integer check (notice_days >= 0),
  joined_at timestamptz not null,
  primary key (summit_id, person_id),
  unique (summit_id, position) deferrable initially deferred
);

create table seat_offer (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'open') = (closed_at is null))
);
create unique index seat_offer_open on seat_offer (summit_id, person_id) where state = 'open';
create index seat_offer_due on seat_offer (expires_at) where state = 'open';

-- Promises -------------------------------------------------------------------------------------

create table evidence (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  kind text not null check (kind in ('attendance', 'contribution', 'review', 'presence', 'update')),
  -- What it was evidence of, for ever the same for the same fact: `meeting:february`, `day:2023-05-22`.
  subject text not null,
  at timestamptz not null,
  source text not null check (source in ('organiser', 'csv', 'self', 'lead', 'git', 'github', 'system')),
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid references person
);
create unique index evidence_once on evidence (summit_id, person_id, kind, subject) where withdrawn_at is null;

create table excuse (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  obligation text not null,
  reason text not null check (reason <> ''),
  by_person uuid not null references person,
  at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index excuse_once on excuse (summit_id, person_id, obligation) where withdrawn_at is null;

-- What a person chose to show the public; no row means nothing is shown.
create table listing (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  fields text[] not null default '{}',
  updated_at timestamptz not null,
  primary key (summit_id, person_id)
);

-- Publishing -----------------------------------------------------------------------------------

-- SEQUENCE and LAST-MODIFIED of each calendar entry (RFC 5545 §3.8.7) live here; the entry itself
-- is always made from the definition.
create table calendar_entry (
  uid text primary key,
  summit_id uuid not null references summit,
  key text not null,
  sequence integer not null default 0,
  content jsonb not null,
  status text not null check (status in ('CONFIRMED', 'TENTATIVE', 'CANCELLED')),
  last_modified timestamptz not null,
  unique (summit_id, key)
);

create table feed (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  secret_hash bytea not null unique,
  name text not null,
  created_at timestamptz not null,
  last_read_at timestamptz,
  revoked_at timestamptz
);

-- Doors ----------------------------------------------------------------------------------------

create table api_token (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  name text not null,
  secret_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table sign_in_attempt (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  method text not null,
  outcome text not null,
  person_id uuid references person,
  -- A keyed hash, so that repeated tries show and the address does not.
  address_hash text,
  network text
);
create index sign_in_attempt_at on sign_in_attempt (at desc);

-- Events ---------------------------------------------------------------------------------------

-- Who did what, when, through which door. Ids only: erasing a person keeps the numbers.
create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  summit_id uuid references summit,
  person_id uuid references person,
  actor_id uuid references person,
  door text not null check (door in ('web', 'api', 'cli', 'mail', 'job', 'git')),
  data jsonb not null default '{}'
);
create index event_summit on event (summit_id, id desc);
create index event_person on event (person_id, id desc);

create function event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only';
end $$;
create trigger event_is_append_only before update or delete on event
  for each row execute function event_is_append_only();
