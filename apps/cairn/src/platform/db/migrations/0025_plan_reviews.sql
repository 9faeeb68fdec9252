-- A comment on several lines names the first; the last is in `line`. Null where it is on one.
alter table plan_line_comment add column first_line integer
  check (first_line > 0 and first_line <= line);
-- The version that was made by applying what the comment suggests.
alter table plan_line_comment add column applied_in integer;

-- A comment on a line that waits until its writer sends the review that it belongs to. Nobody else
-- reads it before.
create table plan_line_draft (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  version integer not null,
  path text not null,
  side text not null check (side in ('old', 'new')),
  first_line integer check (first_line > 0 and first_line <= line),
  line integer not null check (line > 0),
  blob text not null,
  body text not null check (body <> ''),
  created_at timestamptz not null,
  foreign key (summit_id, number, version) references plan_version
);
create index plan_line_draft_person on plan_line_draft (person_id, summit_id, number);

-- What a person has read of a proposal: up to which version, and which files as they then were.
create table plan_read_version (
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  version integer not null,
  at timestamptz not null,
  primary key (summit_id, number, person_id),
  foreign key (summit_id, number, version) references plan_version
);
create index plan_read_version_person on plan_read_version (person_id);

create table plan_read_file (
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  path text not null,
  -- Of the content that was read; empty for a file that the proposal takes away.
  blob text not null,
  at timestamptz not null,
  primary key (summit_id, number, person_id, path),
  foreign key (summit_id, number) references plan_proposal
);
create index plan_read_file_person on plan_read_file (person_id);
