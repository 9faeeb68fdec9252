-- Of a decision: when its present window opened, a short name of what it decides (so that a change of
-- substance is known from a change of spelling in the front matter), and when it was last told.
alter table plan_decision
  add column opened_at timestamptz,
  add column substance text not null default '',
  add column told_at timestamptz,
  add column reminded_at timestamptz;
create index plan_decision_open on plan_decision (closes_at) where state = 'provisional';

-- What somebody has against a provisional decision. It stands until it is withdrawn or answered; whoever
-- raised it may say that it stands all the same.
create table plan_objection (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  reason text not null check (reason <> ''),
  at timestamptz not null,
  answer text not null default '',
  answered_by uuid references person,
  answered_at timestamptz,
  upheld_at timestamptz,
  withdrawn_at timestamptz,
  foreign key (summit_id, number) references plan_decision
);
create index plan_objection_decision on plan_objection (summit_id, number, at);
create index plan_objection_person on plan_objection (person_id);

-- A version of the work plan that was frozen: the commit of main, and the signed tag on it.
create table plan_freeze (
  summit_id uuid not null references plan_repository,
  version integer not null check (version > 0),
  name text not null,
  commit text not null check (commit ~ '^[0-9a-f]{40}$'),
  tag_object text not null check (tag_object ~ '^[0-9a-f]{40}$'),
  frozen_at timestamptz not null,
  frozen_by uuid references person,
  primary key (summit_id, version)
);

-- From how many topics on somebody has too much. No row: nobody is said to.
create table plan_load (
  summit_id uuid primary key references plan_repository,
  most_topics integer not null check (most_topics between 1 and 50),
  most_led integer not null check (most_led between 1 and 50)
);

-- First tasks of planned topics are tasks as those of notes are.
alter table plan_topic add column task_origin uuid not null default gen_random_uuid();
alter table task drop constraint task_origin_kind_check;
alter table task add constraint task_origin_kind_check check (origin_kind in ('meeting_text', 'topic'));
