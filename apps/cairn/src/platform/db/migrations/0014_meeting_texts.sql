-- Agendas and notes of calls, written by several people at once.

-- One text: of a whole call (track '') or of one of its tracks. Which calls and tracks there are is
-- said by the summit's definition, so keys are text; a text whose call was taken out stays.
create table meeting_text (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  meeting text not null check (meeting <> ''),
  track text not null default '',
  kind text not null check (kind in ('agenda', 'notes')),
  body text not null,
  revision integer not null check (revision > 0),
  updated_at timestamptz not null,
  unique (summit_id, meeting, track, kind)
);

-- Every state that a text was in. Old ones are what later saves are merged with.
create table meeting_text_revision (
  text_id uuid not null references meeting_text,
  revision integer not null,
  body text not null,
  -- Nobody for what Cairn wrote: a box that it ticked.
  by_person uuid references person,
  at timestamptz not null,
  -- What the writer had sent, where merging made something else of it.
  sent text,
  -- Told by the writer's page: a save that was sent twice is known by it.
  save_key text,
  primary key (text_id, revision)
);
create index meeting_text_revision_key on meeting_text_revision (text_id, save_key)
  where save_key is not null;
create index meeting_text_revision_person on meeting_text_revision (by_person);

-- Who was asked for notes that are missing: once each.
create table meeting_text_asked (
  summit_id uuid not null references summit,
  meeting text not null,
  track text not null,
  whom text not null check (whom in ('lead', 'organiser')),
  at timestamptz not null,
  primary key (summit_id, meeting, track, whom)
);
