-- Calendar invitations: whom Cairn has written to about which entry of a summit's calendar, and what
-- they said. An answer is a sign, not a promise.

create table calendar_invite (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  -- The entry: summit, meeting.february.
  key text not null,
  person_id uuid not null references person,
  answer text not null default 'NEEDS-ACTION'
    check (answer in ('NEEDS-ACTION', 'ACCEPTED', 'TENTATIVE', 'DECLINED')),
  -- An answer is to a time: when the entry moves it waits, and counts again when the time comes back.
  answered_time jsonb,
  -- To which mail's SEQUENCE, and when by the answerer's clock, so that a late reply changes nothing.
  answered_sequence integer,
  answered_stamp timestamptz,
  answered_at timestamptz,
  answered_by text check (answered_by in ('link', 'mail', 'page', 'organiser')),
  comment text not null default '',
  unique (summit_id, key, person_id),
  check ((answer = 'NEEDS-ACTION') = (answered_at is null))
);
create index calendar_invite_person on calendar_invite (person_id);

-- Every mail: what it said, and the hash of the link in it. All links stay valid, and know from their
-- own mail what has changed since.
create table calendar_told (
  invite_id uuid not null references calendar_invite on delete cascade,
  sequence integer not null check (sequence >= 0),
  method text not null check (method in ('REQUEST', 'CANCEL')),
  uid text not null,
  -- The SEQUENCE of the calendar's entry at that time; the mail's own is higher for who left and came back.
  entry_sequence integer not null,
  content jsonb not null,
  at timestamptz not null,
  token_hash bytea unique,
  primary key (invite_id, sequence)
);
create index calendar_told_uid on calendar_told (uid);
create index calendar_told_at on calendar_told (at);

-- Changes are told once they have settled, so that five edits in a row are one mail.
create table calendar_due (
  summit_id uuid primary key references summit,
  first_at timestamptz not null,
  send_at timestamptz not null
);

-- Replies by mail that fit nobody who was invited; kept until an organiser has looked.
create table calendar_reply (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  received_at timestamptz not null,
  key text not null,
  sequence integer not null,
  attendee text not null,
  sender text,
  answer text not null check (answer in ('ACCEPTED', 'TENTATIVE', 'DECLINED')),
  comment text not null default '',
  stamp timestamptz,
  why text not null check (why in ('unknown-attendee', 'other-sender')),
  settled_at timestamptz,
  settled_how text check (settled_how in ('counted', 'dropped')),
  check ((settled_at is null) = (settled_how is null))
);
create index calendar_reply_open on calendar_reply (summit_id) where settled_at is null;
