-- Planning meetings: what a definition does not say of them. Times, titles and tracks stand in the
-- definition; here is who leads, who asked to be excused, and what a video tool's list left open.

-- Who leads a track, where that is a person of the summit. Their name is not written into the
-- definition, which is kept for ever.
create table track_lead (
  summit_id uuid not null references summit,
  meeting text not null,
  track text not null,
  person_id uuid not null references person,
  primary key (summit_id, meeting, track)
);
create index track_lead_person on track_lead (person_id);

-- How attendance is taken in a summit; no row means what attendance-settings-rules.ts proposes.
create table meeting_settings (
  summit_id uuid primary key references summit,
  -- Minutes before the start from which, and after the end until which, people check themselves in.
  check_in_before integer not null check (check_in_before between 0 and 1440),
  check_in_after integer not null check (check_in_after between 0 and 10080),
  -- How much of a meeting somebody must have stayed, in hundredths, to count in a video tool's list.
  least_share integer not null check (least_share between 0 and 100),
  -- Days before a meeting from which those who must come are warned, and hours before it for the reminder.
  warn_days integer not null check (warn_days between 0 and 365),
  remind_hours integer not null check (remind_hours between 0 and 336)
);

alter table evidence drop constraint evidence_source_check;
alter table evidence add constraint evidence_source_check check
  (source in ('organiser', 'csv', 'self', 'lead', 'recording', 'git', 'github', 'system'));

-- An excuse waives a whole promise, or the absence from one occasion: `meeting:february`.
alter table excuse alter column obligation drop not null;
alter table excuse add column occasion text;
alter table excuse add constraint excuse_of_one_thing check ((obligation is null) <> (occasion is null));
create unique index absence_once on excuse (summit_id, person_id, occasion) where withdrawn_at is null;

-- Somebody asks to be excused from one meeting. The reason is the person's own words.
create table absence_request (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  meeting text not null,
  reason text not null,
  at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references person,
  decision text check (decision in ('granted', 'declined', 'withdrawn')),
  check ((decided_at is null) = (decision is null))
);
create unique index absence_request_open on absence_request (summit_id, person_id, meeting) where decision is null;
create index absence_request_person on absence_request (person_id);

-- What somebody wrote of a recording that they watched, so that it is more than a tick.
create table recording_watched (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  meeting text not null,
  sentence text not null,
  at timestamptz not null,
  primary key (summit_id, person_id, meeting)
);
create index recording_watched_person on recording_watched (person_id);

-- Rows of a video tool's list that could not be recorded; kept until somebody says who it was.
create table attendance_row (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  meeting text not null,
  -- The address, handle or folded name: the same participant in the same meeting is one row.
  who text not null,
  name text not null,
  email text not null,
  github text not null,
  minutes integer,
  reason text not null check (reason in ('unknown', 'doubtful', 'too_short')),
  added_at timestamptz not null,
  added_by uuid references person,
  settled_at timestamptz,
  settled_how text check (settled_how in ('matched', 'dropped')),
  person_id uuid references person,
  unique (summit_id, meeting, who),
  check ((settled_at is null) = (settled_how is null))
);
create index attendance_row_person on attendance_row (person_id);
