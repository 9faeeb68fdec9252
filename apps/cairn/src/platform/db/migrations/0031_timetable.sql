-- From interest to groups to a timetable that lives through the week. Times of the timetable are local
-- times of the summit's zone, as text `HH:MM`: they are future meetings, and stay on their wall clock.

-- The frame: what the days of a summit are cut into.
create table timetable_frame (
  summit_id uuid primary key references summit,
  -- Sessions begin at multiples of it after a stretch of work begins, and last multiples of it.
  slot_minutes integer not null default 30 check (slot_minutes between 5 and 240),
  -- How long a session is that says nothing else.
  session_minutes integer not null default 90 check (session_minutes between 5 and 1440),
  -- Rises with every change of days, blocks, rooms and closures.
  revision integer not null default 0
);

create table timetable_day (
  summit_id uuid not null references timetable_frame,
  date date not null,
  starts text not null check (starts ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ends text not null check (ends ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'),
  primary key (summit_id, date),
  check (starts < ends)
);

-- What spans all rooms: nothing else runs beside it.
create table timetable_block (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references timetable_frame,
  date date not null,
  starts text not null check (starts ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ends text not null check (ends ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'),
  kind text not null check (kind in ('plenary', 'check_in', 'closing', 'meal', 'break', 'free')),
  title text not null,
  -- Which meal, for those that are one; and whether it is provided or each finds a restaurant.
  meal text check (meal in ('breakfast', 'lunch', 'dinner')),
  is_provided boolean not null default false,
  -- Where: one of the rooms, or in words.
  room_id uuid,
  place text not null default '',
  text text not null default '',
  check (starts < ends),
  check ((kind = 'meal') = (meal is not null))
);
create index timetable_block_day on timetable_block (summit_id, date, starts);

create table timetable_room (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references timetable_frame,
  -- In addresses and feeds, for ever.
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  name text not null,
  capacity integer check (capacity > 0),
  -- Equipment: `screen`, `video` (people can join from afar), `whiteboard`, `quiet` ...
  features text[] not null default '{}',
  -- How to get there, for those who see a map and those who do not.
  directions text not null default '',
  link text,
  position integer not null default 0,
  removed_at timestamptz,
  unique (summit_id, key)
);
alter table timetable_block add foreign key (room_id) references timetable_room;

-- When a room cannot be used: it is somebody else's in the afternoon, or it floods.
create table room_closure (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references timetable_room,
  date date not null,
  starts text not null,
  ends text not null,
  reason text not null default '',
  check (starts < ends)
);
create index room_closure_room on room_closure (room_id, date);

-- When somebody is there: what they or an organiser said. Nobody who said nothing is taken for absent.
create table presence (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  arrives_on date,
  arrives_at text,
  leaves_on date,
  leaves_at text,
  is_remote boolean not null default false,
  note text not null default '',
  said_by uuid references person,
  said_at timestamptz not null,
  primary key (summit_id, person_id)
);

-- Groups: several groupings, each for the week or for one day; one of them holds for a day.
create table grouping (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  title text not null,
  -- The day that it is for; the whole week where there is none.
  date date,
  state text not null default 'draft' check (state in ('draft', 'set', 'dropped')),
  least integer not null default 2 check (least >= 1),
  most integer not null default 10 check (most >= least),
  -- The earlier grouping that it was made from, to move few people.
  from_id uuid references grouping,
  seed integer not null default 1,
  -- How far it is proven to be best, and what was short, in sentences.
  statement jsonb not null default '[]',
  revision integer not null default 0,
  created_at timestamptz not null,
  created_by uuid references person,
  set_at timestamptz
);
create index grouping_summit on grouping (summit_id);

create table work_group (
  id uuid primary key default gen_random_uuid(),
  grouping_id uuid not null references grouping,
  -- In addresses and feeds; stays the same for a topic from grouping to grouping.
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  title text not null,
  topic_number integer,
  least integer,
  most integer,
  -- It was made by hand, or is to stay though few wish it.
  is_pinned boolean not null default false,
  position integer not null default 0,
  unique (grouping_id, key)
);

create table group_member (
  grouping_id uuid not null references grouping,
  person_id uuid not null references person,
  -- In no group where there is none: they opted out, or nothing was left.
  group_id uuid references work_group,
  is_out boolean not null default false,
  is_lead boolean not null default false,
  -- Set by hand, so the next solve keeps it.
  is_pinned boolean not null default false,
  -- Why they are here, in sentences, as of when it was made.
  why jsonb not null default '[]',
  primary key (grouping_id, person_id)
);
create index group_member_group on group_member (group_id);

-- Who must be in a group, whatever they wished.
create table group_needed (
  group_id uuid not null references work_group,
  person_id uuid not null references person,
  primary key (group_id, person_id)
);

-- Somebody asks somebody to change places.
create table group_swap (
  id uuid primary key default gen_random_uuid(),
  grouping_id uuid not null references grouping,
  asked_by uuid not null references person,
  asked_of uuid not null references person,
  state text not null default 'open' check (state in ('open', 'agreed', 'declined', 'withdrawn', 'void')),
  asked_at timestamptz not null,
  settled_at timestamptz
);
create index group_swap_grouping on group_swap (grouping_id);

-- What is to be put into the timetable, and what somebody put into free space.
create table timetable_session (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  kind text not null default 'work' check (kind in ('work', 'plenary', 'open')),
  title text not null,
  text text not null default '',
  topic_number integer,
  -- The group whose session it is, by its key, so that it outlives a grouping.
  group_key text,
  minutes integer not null check (minutes between 5 and 1440),
  -- Places that it needs; the size of its group where there is none.
  size integer check (size > 0),
  needs text[] not null default '{}',
  track text not null default '',
  is_optional boolean not null default false,
  created_at timestamptz not null,
  created_by uuid references person,
  removed_at timestamptz
);
create index timetable_session_summit on timetable_session (summit_id) where removed_at is null;

create table session_person (
  session_id uuid not null references timetable_session,
  person_id uuid not null references person,
  part text not null check (part in ('lead', 'needed')),
  primary key (session_id, person_id)
);

-- What must or should hold of sessions besides, by the kinds of the timetabling library.
create table session_rule (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  kind text not null check (
    kind in ('before', 'consecutive', 'together', 'apart', 'same-day', 'other-day', 'same-room', 'slot-wish', 'room-wish')
  ),
  -- In the order in which it speaks of them.
  sessions uuid[] not null,
  -- Of slot-wish: local times `2023-05-22T09:30`; of room-wish: rooms.
  at text[] not null default '{}',
  wish text check (wish in ('in', 'out')),
  is_hard boolean not null default true,
  created_at timestamptz not null
);
create index session_rule_summit on session_rule (summit_id);

-- Timetables being made.
create table timetable_draft (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  name text not null,
  -- Rises with every change; what an editor saw is said with what they change.
  revision integer not null default 0,
  -- `hand`, `search` or `repair`, and of the latter two: seed, iterations, values, bounds, sentences.
  origin text not null default 'hand' check (origin in ('hand', 'search', 'repair', 'import')),
  made jsonb not null default '{}',
  created_at timestamptz not null,
  created_by uuid references person,
  discarded_at timestamptz
);
create index timetable_draft_summit on timetable_draft (summit_id) where discarded_at is null;

create table draft_placement (
  draft_id uuid not null references timetable_draft,
  session_id uuid not null references timetable_session,
  date date not null,
  starts text not null,
  room_id uuid references timetable_room,
  is_pinned boolean not null default false,
  primary key (draft_id, session_id)
);

-- What was changed, so that it can be undone: placements before and after, by session.
create table draft_step (
  draft_id uuid not null references timetable_draft,
  revision integer not null,
  before jsonb not null,
  after jsonb not null,
  by_person uuid references person,
  at timestamptz not null,
  undone_by integer,
  undoes integer,
  primary key (draft_id, revision)
);

create table timetable_search (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  seed integer not null,
  seconds integer not null,
  -- How far it is and how good: for those who wait.
  progress jsonb not null default '{}',
  -- What it cannot find, and why, in sentences; the drafts that it made are drafts.
  result jsonb,
  asked_by uuid references person,
  asked_at timestamptz not null,
  ended_at timestamptz
);
create index timetable_search_summit on timetable_search (summit_id, asked_at desc);

-- What was made public, whole: days, rooms, blocks, sessions with their places.
create table timetable_release (
  summit_id uuid not null references summit,
  version integer not null,
  name text not null,
  note text not null default '',
  draft_id uuid references timetable_draft,
  content jsonb not null,
  released_at timestamptz not null,
  released_by uuid references person,
  primary key (summit_id, version)
);

-- Who was told of a release, and that they were: nobody is told twice.
create table release_told (
  summit_id uuid not null,
  version integer not null,
  person_id uuid not null references person,
  told_at timestamptz not null,
  primary key (summit_id, version, person_id),
  foreign key (summit_id, version) references timetable_release
);

-- Where and when sessions of kind `open` are: at once, without a release.
create table open_session (
  session_id uuid primary key references timetable_session,
  summit_id uuid not null references summit,
  room_id uuid not null references timetable_room,
  date date not null,
  starts text not null,
  claimed_by uuid references person,
  claimed_at timestamptz not null,
  withdrawn_at timestamptz
);
create index open_session_day on open_session (summit_id, date) where withdrawn_at is null;

-- What somebody put into their own agenda, or left out of it.
create table agenda_mark (
  session_id uuid not null references timetable_session,
  person_id uuid not null references person,
  goes boolean not null,
  marked_at timestamptz not null,
  primary key (session_id, person_id)
);

create table venue_map (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  title text not null,
  -- What it shows, in words.
  description text not null,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null,
  height integer not null,
  content bytea not null,
  position integer not null default 0,
  added_at timestamptz not null
);

-- What a group or a session did on a day.
create table worklog_entry (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  date date not null,
  -- Whose: the group's, by its key, or a session's.
  group_key text,
  session_id uuid references timetable_session,
  did text not null default '',
  links text not null default '',
  blocked text not null default '',
  next text not null default '',
  revision integer not null default 1,
  written_by uuid references person,
  written_at timestamptz not null,
  -- Made up by the browser that wrote it, perhaps offline: the same entry never comes twice.
  client_key uuid unique,
  check (num_nonnulls(group_key, session_id) = 1)
);
create index worklog_entry_day on worklog_entry (summit_id, date);
